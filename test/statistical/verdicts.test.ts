// The verdicts of `meander reproduce` can fail: each notices an error of 10% in the theory or in the simulator.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunTasks } from '#experiment';
import {
  claimReport,
  claims,
  evidenceOf,
  judgeClaim,
  prepareClaim,
  simulatePoints,
  type ClaimReport,
  type PreparedClaim,
} from '#reproduce';
import { loadExperiment } from '../../src/cli/load.js';
import { root } from '../support/meander.js';
import { runHere } from '../support/run-here.js';
import { remembering, withDecayScaled, withDiffusionScaled } from '../support/sabotage.js';

const setting = { mode: 'quick', seed: 1, version: 'test', commit: null } as const;

async function prepared(id: string): Promise<PreparedClaim> {
  const claim = claims.find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`there is no claim ${id}`);
  const { experiment } = await loadExperiment(join(root, 'presets', claim.preset));
  return prepareClaim(claim, experiment, 'quick', setting.seed);
}

async function judged(claim: PreparedClaim, runTasks: RunTasks): Promise<ClaimReport> {
  const findings = await simulatePoints(claim.points, runTasks);
  const evidence = evidenceOf(claim, findings, null);
  return claimReport(claim, judgeClaim(claim, evidence), evidence, setting);
}

// One claim about a single rate and its course, one about exponents, one about many modes; bench/sabotage.ts tries all.
describe.each(['2', '3a', '3e'])('claim %s', (id) => {
  const reports: Record<'honest' | 'theory' | 'simulator', ClaimReport> = {} as never;
  beforeAll(async () => {
    const claim = await prepared(id);
    const runTasks = remembering(runHere);
    reports.honest = await judged(claim, runTasks);
    reports.theory = await judged(withDiffusionScaled(claim, 1.1), runTasks);
    reports.simulator = await judged(claim, withDecayScaled(runHere, 1.1));
  });

  it('passes every check', () => {
    expect(reports.honest.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(reports.honest.passed).toBe(true);
  });

  it("fails where the theory's D is 10% too large, and nowhere but in D", () => {
    const failed = reports.theory.checks.filter(({ passed }) => !passed);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.filter(({ quantity }) => !/^(D |mean z²)/.test(quantity))).toEqual([]);
    expect(failed.filter(({ quantity }) => quantity.includes(' together'))).toHaveLength(1);
  });

  it("fails where the simulator's weight decay is 10% too large, in F and in D", () => {
    const failed = reports.simulator.checks.filter(({ passed }) => !passed).map(({ quantity }) => quantity.slice(0, 2));
    expect(failed).toContain('F ');
    expect(failed).toContain('D ');
  });
});

// Those of the claims about decay rates that the kernel simulates; the checks of all of them have unit tests.
describe.each(['11', '12'])('claim %s', (id) => {
  it("passes every check, and fails where the theory's D is 10% too large, in D of all settings together", async () => {
    const claim = await prepared(id);
    const runTasks = remembering(runHere);
    const failed = ({ checks }: ClaimReport) => checks.filter(({ passed }) => !passed).map(({ quantity }) => quantity);
    expect(failed(await judged(claim, runTasks))).toEqual([]);
    expect(failed(await judged(withDiffusionScaled(claim, 1.1), runTasks))).toEqual([
      expect.stringMatching(/^D of \d+ settings together/),
      expect.stringMatching(/^mean z²/),
    ]);
  });
});
