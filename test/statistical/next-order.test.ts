// The next order of the learning rate against simulation at a finite rate, where the leading order fails visibly: the vector v and D.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scale, solve, dot } from '#linalg';
import type { NextOrderPrediction } from '#theory';
import {
  ExperimentDocument,
  prepare,
  resolveExperiment,
  type PointRecord,
  type RunReport,
} from '../../src/experiment/index.js';
import { temporaryFile } from '../support/directory.js';
import { meanderJson, root } from '../support/meander.js';
import { experimentOf, type ReferenceCase } from '../support/reference-cases.js';
import { withDiffusionFactor, withVelocityTurned } from '../support/sabotage.js';

const cases = JSON.parse(readFileSync(join(root, 'test/fixtures/next-order-cases.json'), 'utf8')) as ReferenceCase[];
const reference = cases.find(({ name }) => name === 'dictionary.yaml, label noise 0.05');

describe('the next order of a dictionary at learning rate 0.02', () => {
  let point: PointRecord;
  let next: NextOrderPrediction;
  beforeAll(async () => {
    if (!reference) throw new Error('the case is missing');
    const simulation = { replicas: 64, seed: 11, targetError: 0.007 };
    const text = experimentOf(reference, 0.02, { simulation });
    const file = temporaryFile('case.json', text);
    point = (await meanderJson<RunReport>(['run', file, '--order', 'next'])).points[0];
    const experiment = await resolveExperiment(new ExperimentDocument('case.json', text), () => {
      throw new Error('no data file is named');
    });
    const [prepared] = prepare(experiment, 'next');
    if (!prepared.next) throw new Error('prepared without the next order');
    next = prepared.next;
  });

  /**
   * Chi-square of the mean turn in the six planes. All replicas together have the covariance K / (their steps). Its 99.9% point is 22.5.
   */
  function chiSquare(velocity: Float64Array): number {
    const covariance = scale(next.drift.diffusion.dense(), 1 / (point.plan.duration * point.replicas));
    const deviation = Float64Array.from(
      point.directedVelocity,
      ({ simulation }, plane) => simulation.value - velocity[plane],
    );
    return dot(deviation, solve(covariance, { rows: deviation.length, cols: 1, data: deviation }).data);
  }
  const SURPRISE = 22.5;

  /** Mean over the probes of simulation / prediction of D; the standard error is less than that of one. */
  const meanRatio = (diffusions: readonly number[]): number =>
    point.probes.reduce((sum, { simulation }, k) => sum + simulation.diffusion.value / diffusions[k], 0) /
    point.probes.length;
  const diffusions = (): number[] => next.probes.map(({ diffusion }) => diffusion);
  const DEVIATION = 0.025;

  it('measures D to 1%, so that these tests can fail', () => {
    for (const { ratio } of point.probes) expect(ratio.diffusion?.se).toBeLessThan(0.01);
  });

  it('has the vector v of the simulation, which the leading order has not', () => {
    expect(chiSquare(next.drift.velocity)).toBeLessThan(SURPRISE);
    expect(chiSquare(Float64Array.from(point.directedVelocity, ({ theory }) => theory))).toBeGreaterThan(2 * SURPRISE);
  });

  it('has D of the simulation, which the leading order has not', () => {
    expect(Math.abs(meanRatio(diffusions()) - 1)).toBeLessThan(DEVIATION);
    expect(Math.abs(meanRatio(point.probes.map(({ diffusion }) => diffusion)) - 1)).toBeGreaterThan(DEVIATION);
  });

  it('would fail with D off by 5%, or with v turned by 20 degrees or 10% longer', () => {
    const larger = withDiffusionFactor(next, 1.05).probes.map(({ diffusion }) => diffusion);
    expect(Math.abs(meanRatio(larger) - 1)).toBeGreaterThan(DEVIATION);
    expect(chiSquare(withVelocityTurned(next, 20).drift.velocity)).toBeGreaterThan(SURPRISE);
    expect(chiSquare(next.drift.velocity.map((value) => 1.1 * value))).toBeGreaterThan(SURPRISE);
  });
});
