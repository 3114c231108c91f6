import { describe, expect, it } from 'vitest';
import { zeros } from '#linalg';
import type { LabPoint } from '../prediction/messages.js';
import { canContinue, keepsNetworks, replicasOf } from './continuation.js';

const task = {
  replicas: [0, 1],
  start: 'manifold',
  reduceHiddenUnits: true,
  measurement: { frame: { rank: 4, referencePoint: [zeros(4, 6)] }, probes: 5 },
};
const pointWith = (change: object): LabPoint => ({ task: { ...task, ...change } as unknown }) as LabPoint;
const checkpoint = { states: [[zeros(4, 6)], [zeros(4, 6)]], trail: [new Float64Array(5 * 4)] };

describe('a change', () => {
  it('of the learning rate, the noise or the frequency keeps the networks', () => {
    expect(keepsNetworks(['learningRate', 'labelNoiseVariance', 'f'])).toBe(true);
  });

  it.each(['n', 'hiddenUnits', 'replicas', 'seed', 'target'])('of %s makes other networks', (key) => {
    expect(keepsNetworks(['learningRate', key])).toBe(false);
  });
});

describe('the networks of a checkpoint', () => {
  it('continue at a point of the same size', () => {
    expect(canContinue(pointWith({}), checkpoint)).toBe(true);
    expect(canContinue(pointWith({}), { ...checkpoint, trail: [] })).toBe(true);
  });

  it.each([
    ['learned modes', { measurement: { ...task.measurement, frame: { rank: 3, referencePoint: [zeros(3, 6)] } } }],
    ['inputs', { measurement: { ...task.measurement, frame: { rank: 4, referencePoint: [zeros(4, 8)] } } }],
    ['probes', { measurement: { ...task.measurement, probes: 4 } }],
    ['replicas', { replicas: [0, 1, 2] }],
    ['starts', { start: { random: 0.1 } }],
    ['hidden units that are not reduced', { reduceHiddenUnits: false }],
  ])('do not continue at a point with other %s', (_, change) => {
    expect(canContinue(pointWith(change), checkpoint)).toBe(false);
  });
});

it('every continuation has replicas, and so random numbers, of its own', () => {
  const point = pointWith({});
  const indices = [0, 1, 2].flatMap((continuations) => replicasOf(point, continuations));
  expect(indices.slice(0, 2)).toEqual([0, 1]);
  expect(new Set(indices).size).toBe(6);
});
