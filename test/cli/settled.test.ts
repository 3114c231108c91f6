import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../../src/cli/load.js';
import { prepare, type PreparedPoint, type RunReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson } from '../support/meander.js';

/** Three modes, of which the last is near its threshold: it relaxes 10 times as slowly as the others. */
const model = {
  hiddenUnits: 3,
  input: [{ kind: 'gaussian', covariance: [1.2, 0.9, 0.13] }],
  learningRate: 0.002,
  weightDecay: 0.1,
};
const file = (simulation: object): Record<string, string> => ({
  'file.json': JSON.stringify({ model, probes: [[1, 1, 0.3]], simulation: { replicas: 32, seed: 3, ...simulation } }),
});
const withFile = async <T>(simulation: object, use: (directory: string) => Promise<T>): Promise<T> =>
  inDirectory(file(simulation), use);

const preparedFile = async (simulation: object): Promise<PreparedPoint> =>
  withFile(simulation, async (directory) => {
    const { experiment } = await loadExperiment(`${directory}/file.json`);
    return prepare(experiment, 'leading')[0];
  });
const reportOf = (simulation: object): Promise<RunReport> =>
  withFile(simulation, (directory) => meanderJson<RunReport>(['run', 'file.json'], directory));

/** What asks for so many increments that no one would wait for them. */
const unaffordable = { targetError: 1e-4 };

describe('what short times leave of D and F', () => {
  it('is what simulations with a short lag have too much of D, 38% here, within 5% and 2 standard errors', async () => {
    const { prediction } = await preparedFile({});
    const bias = prediction.settling?.().ofLag(200) ?? NaN;
    expect(bias).toBeGreaterThan(0.3);
    const { points } = await reportOf({ lag: 200, burnIn: 20_000, duration: 200_000 });
    const { value, se } = points[0].probes[0].ratio.diffusion ?? { value: NaN, se: NaN };
    expect(se).toBeLessThan(0.05);
    expect(Math.abs(value - (1 + bias))).toBeLessThan(0.05 + 2 * se);
  });

  it('is what simulations with a short burn-in miss of F, within 3 standard errors and 8%', async () => {
    const { prediction } = await preparedFile({});
    const missing = prediction.settling?.().ofFluctuation(200) ?? NaN;
    expect(missing).toBeGreaterThan(0.2);
    const { points } = await reportOf({ replicas: 800, lag: 2, burnIn: 200, duration: 4 });
    const { value, se } = points[0].probes[0].ratio.fluctuation ?? { value: NaN, se: NaN };
    expect(se).toBeLessThan(0.03);
    expect(Math.abs(value - (1 - missing))).toBeLessThan(Math.min(3 * se, 0.08));
  });
});

describe('a plan', () => {
  it('waits for every mode where that is affordable, and otherwise for those that D depends on', async () => {
    const { plan: usual, prediction } = await preparedFile({});
    expect(usual).toMatchObject({ burnIn: Math.round(5 * prediction.relaxationTime) });
    expect(usual.unsettled).toBeUndefined();
    const { plan } = await preparedFile(unaffordable);
    expect(plan.lag).toBeLessThan(usual.lag / 5);
    expect(plan.burnIn).toBeLessThan(usual.burnIn / 2);
    expect(plan.unsettled).toMatchObject({ modes: 1, ofModes: 9, learnedModes: [3] });
    expect(plan.unsettled?.diffusion).toBeGreaterThan(0.001);
    expect(plan.unsettled?.diffusion).toBeLessThan(0.0051);
    const settling = prediction.settling?.();
    expect(settling?.ofLag(plan.lag)).toBeLessThan(0.0026);
    expect(settling?.ofBurnIn(plan.burnIn, (plan.samples - 1) * plan.lag)).toBeLessThan(0.0026);
  });

  it('keeps to the times that are given, and waits for a start from random weights', async () => {
    for (const given of [{ burnIn: 7 }, { lag: 50 }, { start: { random: 0.1 } }]) {
      const { plan } = await preparedFile({ ...unaffordable, ...given });
      expect(plan.unsettled).toBeUndefined();
    }
  });

  it('says which modes it leaves to their own, and what that is worth', async () => {
    await withFile(unaffordable, async (directory) => {
      const { stdout } = await meander(['run', 'file.json', '--plan'], directory);
      expect(stdout).toContain('1 of 9 normal modes, among them learned mode 3, relaxes too slowly');
    });
  });
});
