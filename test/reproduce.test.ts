// `meander reproduce`: verdicts that can fail, the same bytes for the same seed, and going on after an interruption.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunTasks } from '#experiment';
import {
  claimReport,
  claims,
  evidenceOf,
  prepareClaim,
  simulatePoint,
  type ClaimReport,
  type PreparedClaim,
  type ReproductionReport,
} from '#reproduce';
import { loadExperiment } from '../src/cli/load.js';
import { meander, root } from './meander.js';
import { inDirectory } from './support/directory.js';
import { runHere } from './support/run-here.js';
import { remembering, withDecayScaled, withDiffusionScaled } from './support/sabotage.js';
import { begin } from './support/sweeps.js';

const setting = { mode: 'quick', seed: 1, version: 'test', commit: null } as const;

async function prepared(id: string): Promise<PreparedClaim> {
  const claim = claims.find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`there is no claim ${id}`);
  const { experiment } = await loadExperiment(join(root, 'presets', claim.preset));
  return prepareClaim(claim, experiment, 'quick', setting.seed);
}

async function judged(claim: PreparedClaim, runTasks: RunTasks): Promise<ClaimReport> {
  const results = await Promise.all(claim.points.map((point) => simulatePoint(point, runTasks)));
  return claimReport(claim, claim.claim.judge(evidenceOf(claim, results, null)), 0, setting);
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

  it('passes', () => {
    expect(reports.honest.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(reports.honest.passed).toBe(true);
  });

  it("fails where the theory's D is 10% too large, and nowhere but in D", () => {
    const failed = reports.theory.checks.filter(({ passed }) => !passed);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.filter(({ quantity }) => !quantity.startsWith('D '))).toEqual([]);
  });

  it("fails where the simulator's weight decay is 10% too large, in F and in D", () => {
    const failed = reports.simulator.checks.filter(({ passed }) => !passed).map(({ quantity }) => quantity.slice(0, 2));
    expect(failed).toContain('F ');
    expect(failed).toContain('D ');
  });
});

const quick = ['reproduce', '--claims', '2,3a', '--out', 'out'];
const readReport = async (directory: string): Promise<string> => readFile(join(directory, 'out/report.json'), 'utf8');

describe('the command', () => {
  it('writes the same report for the same seed, whatever the number of workers and interruptions', async () => {
    const uninterrupted = await inDirectory({}, async (directory) => {
      const { code, stdout, stderr } = await meander([...quick, '--workers', '2'], directory);
      expect(code, stderr).toBe(0);
      expect(stdout).toContain('every claim passes; out/report.html has the figures');
      const figures = await readdir(join(directory, 'out/figures'));
      expect(figures.sort()).toEqual([
        '2-fluctuation-and-diffusion.png',
        '2-fluctuation-and-diffusion.svg',
        '3a-learning-rate.png',
        '3a-learning-rate.svg',
      ]);
      expect(await readdir(join(directory, 'out'))).not.toContain('unfinished');
      const page = await readFile(join(directory, 'out/report.html'), 'utf8');
      // Self-contained: nothing is fetched.
      expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<link|@import|url\(/);
      expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(4);
      const verdicts = await readFile(join(directory, 'out/tables/verdicts.csv'), 'utf8');
      const report = JSON.parse(await readReport(directory)) as ReproductionReport;
      expect(verdicts.trim().split('\n')).toHaveLength(1 + report.claims.flatMap(({ checks }) => checks).length);
      const again = await meander(quick, directory);
      expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('out: is not empty') as string });
      return readReport(directory);
    });
    await inDirectory({}, async (directory) => {
      const run = begin([...quick, '--workers', '1'], directory);
      const unfinished = join(directory, 'out/unfinished');
      while ((await recordsIn(unfinished)).length < 20) await delay(50);
      run.kill('SIGKILL');
      expect((await run.ended).signal).toBe('SIGKILL');
      const other = await meander([...quick, '--seed', '2'], directory);
      expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('of another setting') as string });
      const { tasks } = JSON.parse((await meander(['status', unfinished, '--json'], directory)).stdout) as {
        tasks: { total: number; finished: number };
      };
      expect(tasks.finished).toBeGreaterThanOrEqual(20);
      expect(tasks.finished).toBeLessThan(tasks.total);
      const { code, stderr } = await meander(quick, directory);
      expect(code, stderr).toBe(0);
      expect(await readReport(directory)).toBe(uninterrupted);
      expect(await readdir(join(directory, 'out'))).not.toContain('unfinished');
    });
  });

  it.each([
    [['--claims', '3z'], 'there is no claim 3z, expected some of 1,2,3a'],
    [['--claims', ''], 'there is no claim (nothing)'],
    [['--seed', '-1'], '--seed -1: expected a whole number'],
    [['--quick', '--full'], '--quick and --full exclude each other'],
    [['--workers', '0'], '--workers 0: expected a whole number'],
  ])('refuses %j', async (args, message) => {
    await inDirectory({}, async (directory) => {
      const { code, stderr } = await meander(['reproduce', ...args], directory);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
      expect(await readdir(directory)).toEqual([]);
    });
  });

  it('refuses a file as its directory before anything is computed', async () => {
    await inDirectory({ out: 'mine' }, async (directory) => {
      const { code, stderr } = await meander(['reproduce', '--out', 'out'], directory);
      expect(stderr).toContain('out: cannot be used as output directory');
      expect(stderr).not.toContain('claims');
      expect(code).toBe(2);
      expect(await readFile(join(directory, 'out'), 'utf8')).toBe('mine');
    });
  });

  it('ends with 130 on Ctrl-C, keeps what is finished, and refuses it when it was damaged', async () => {
    await inDirectory({}, async (directory) => {
      const args = ['reproduce', '--claims', '3a', '--out', 'out'];
      const run = begin(args, directory);
      const unfinished = join(directory, 'out/unfinished');
      while ((await recordsIn(unfinished)).length < 2) await delay(50);
      run.kill('SIGINT');
      const { code, stderr } = await run.ended;
      expect(code, stderr).toBe(130);
      expect(stderr).toContain('interrupted; out/unfinished keeps what was done, and the same command goes on');
      const [first] = await recordsIn(unfinished);
      await writeFile(first, (await readFile(first)).subarray(0, 1000));
      const again = await meander(args, directory);
      expect(again.stderr).toMatch(/\.record: is cut short: 1000 of \d+ bytes/);
      expect(again.code).toBe(2);
      expect((await readdir(join(directory, 'out'))).sort()).toEqual(['unfinished']);
    });
  });
});

/** Records of finished tasks in a run directory of less than a thousand. */
async function recordsIn(run: string): Promise<string[]> {
  const shard = join(run, 'records/000000');
  const names = await readdir(shard).catch(() => []);
  return names.filter((name) => name.endsWith('.record')).map((name) => join(shard, name));
}
