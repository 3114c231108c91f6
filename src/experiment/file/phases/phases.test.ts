import { expect, it } from 'vitest';
import { isTwoLayer } from '#model';
import { readExperiment } from '../read.js';
import { firstPhase, protocolsOf } from './phase.js';

const text = `
model:
  hiddenUnits: 4
  input:
    - { weight: 0.9, kind: gaussian, covariance: [1.3, 1.0] }
    - { weight: rest, kind: point, stimulus: [1, 0] }
  learningRate: 0.01
  weightDecay: 0.1
probes: stimuli
simulation: { lag: 40 }
phases:
  - { name: exposure, weights: [rest, 0.4], steps: 5000, lag: 10 }
  - { name: rest, learningRate: 0.002, labelNoiseVariance: 0.5, target: [[2, 0], [0, 1]], transient: 7 }
sweep: { model.learningRate: [0.01, 0.02], phases.1.labelNoiseVariance: [0.5, 0] }
`;

it('the phases of each point of a sweep say what they change of its model', async () => {
  const { points } = await readExperiment(text);
  const told = points.map(({ phase, model, simulation: { lag } }) => {
    if (!isTwoLayer(model)) throw new Error('another rule');
    const { learningRate, labelNoiseVariance, input, target } = model;
    return [phase?.name, learningRate, labelNoiseVariance, input.probabilities[0].toFixed(3), target.data[0], lag];
  });
  expect(told).toEqual(
    [0.01, 0.02].flatMap((rate) =>
      [0.5, 0].flatMap((noise) => [
        ['exposure', rate, 0, '0.400', 1, 10],
        ['rest', 0.002, noise, '0.100', 2, 40],
      ]),
    ),
  );
  expect(points.map(({ phase }) => phase).slice(2, 4)).toEqual([
    { name: 'exposure', index: 0, count: 2, steps: 5000, transient: 'auto' },
    { name: 'rest', index: 1, count: 2, steps: 'auto', transient: 7 },
  ]);
});

it('the phases of one experiment are kept together, and all follow the probes of the experiment itself', async () => {
  const { points } = await readExperiment(text);
  expect([...protocolsOf(points.map((point) => ({ point })))].map(({ length }) => length)).toEqual([2, 2, 2, 2]);
  expect(points.map((point, position) => firstPhase(position, point))).toEqual([0, 0, 2, 2, 4, 4, 6, 6]);
  expect(points.every(({ probes }) => probes.length === 1 && probes[0][0] === 1)).toBe(true);
  const never = await readExperiment(text.replace('weights: [rest, 0.4]', 'weights: [1, 0]'));
  expect(never.points[0].probes).toHaveLength(1);
});

it('all phases have the same networks where one of them adds synaptic noise', async () => {
  const noisy = text.replace('name: rest,', 'name: rest, synapticNoise: { variance: 1e-4 },').replace(/sweep: .*/, '');
  const { points } = await readExperiment(noisy);
  expect(points.map(({ model: { rule, synapticNoise } }) => [rule, synapticNoise?.variance])).toEqual([
    ['deepLinear', 0],
    ['deepLinear', 1e-4],
  ]);
});
