/**
 * Simulation / theory of D taken to the learning rate 0, for the rules of docs/rules.md: one row for each model, the mean over all planes
 * at each learning rate, and the limit of a straight line with its error, likely bias included, and chi-square.
 *
 *   npm run build; npx tsx bench/rule-limits.ts [--error 0.01] [--seed 1] [--only oja]
 *
 * --error is that of D of one plane at each learning rate. Ten minutes of processor time at 0.0055. It runs what was built, because worker
 * threads cannot load TypeScript.
 */
import { parseArgs } from 'node:util';
import { formatEstimate, type Estimate } from '#core';
import { extrapolateToZeroRate } from '#compare';
import { prepare, readExperiment, runExperiment, type PointRecord } from '#experiment';
import { withLocalPool } from '#execute';

const { values } = parseArgs({
  options: {
    error: { type: 'string', default: '0.01' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});

const RATES = [0.01, 0.005, 0.0025];
const gaussian = (...covariance: number[]): object[] => [{ kind: 'gaussian', covariance }];
const matching = { rule: 'similarityMatching', outputs: 3, input: gaussian(1.5, 1.1, 0.8, 0.3, 0.1) };
const deep = {
  ...{ rule: 'deepLinear', hiddenLayers: [3, 3], weightDecay: 0.15, input: gaussian(1.3, 1, 0.8) },
  target: [
    [1.2, 0, 0],
    [0, 1, 0],
    [0, 0, 0.9],
  ],
};

const twoLayers = { hiddenUnits: 3, weightDecay: 0.15, input: gaussian(1.3, 1, 0.8) };

/** Models, and what their simulation has of its own. */
const CASES: readonly (readonly [name: string, model: object, simulation?: object])[] = [
  ['oja, k = 3 of 5', { rule: 'oja', outputs: 3, input: gaussian(1.5, 1.1, 0.8, 0.3, 0.1) }],
  ['similarity matching, tau = 0.5', { ...matching, tau: 0.5 }],
  ['similarity matching, tau = 1', { ...matching, tau: 1 }],
  ['similarity matching, tau = 2', { ...matching, tau: 2 }],
  ['deep linear, hidden layer 1', deep, { layer: 1 }],
  ['deep linear, hidden layer 2', deep, { layer: 2 }],
  ['two-layer SGD with synaptic noise, p = 3', { ...twoLayers, synapticNoise: { variance: 1e-4 } }],
  ['two-layer SGD with synaptic noise, p = 6', { ...twoLayers, hiddenUnits: 6, synapticNoise: { variance: 1e-4 } }],
  ['two-layer SGD, layer rates 1 : 3', { ...twoLayers, layerRates: [0.5, 1.5] }],
  ['two-layer SGD, layer decays 1 : 3', { ...twoLayers, layerDecays: [0.5, 1.5] }],
  ['two-layer SGD, momentum 0.9', { ...twoLayers, momentum: 0.9 }],
  ['deep linear, layer rates 1 : 2 : 3, momentum 0.9', { ...deep, layerRates: [0.5, 1, 1.5], momentum: 0.9 }],
  [
    'similarity matching with synaptic noise, none of it symmetric',
    { ...matching, tau: 1, synapticNoise: { variance: 1e-3, symmetric: false } },
  ],
  // Symmetric noise of M depends on the orientation. With many replicas, for as short a time, it stays that of the theory.
  [
    'similarity matching with synaptic noise, that of M symmetric',
    { ...matching, tau: 1, synapticNoise: { variance: 1e-3 } },
    { replicas: 8192 },
  ],
  ['the same in all orientations', { ...matching, tau: 1, synapticNoise: { variance: 1e-3 } }],
];

for (const [name, model, simulation] of CASES.filter(([name]) => name.includes(values.only))) {
  // With momentum mu, learning is as fast at a rate of 1 - mu.
  const { momentum = 0 } = model as { momentum?: number };
  const rates = RATES.map((rate) => rate * (1 - momentum));
  const experiment = await readExperiment({
    name,
    model: { ...model, learningRate: rates[0] },
    simulation: { targetError: Number(values.error), seed: Number(values.seed), ...simulation },
    // D of it depends on each of the three planes alike.
    probes: [[1, 1, 1, 0, 0].slice(0, (model as { input: { covariance: number[] }[] }).input[0].covariance.length)],
    sweep: { 'model.learningRate': rates },
  });
  const { report } = await withLocalPool({}, (runTasks) => runExperiment(name, prepare(experiment), runTasks));
  const ratios = report.points.map(ratioOf);
  const line = extrapolateToZeroRate(ratios.map((ratio, i) => ({ learningRate: rates[i], ratio })));
  if (!line) throw new Error(`no line through the ratios of ${name}`);
  console.log(
    `${name}: ${ratios.map((ratio) => formatEstimate(ratio)).join(', ')}; limit ${formatEstimate(line.limit)}, ` +
      `chi^2 ${line.chiSquare.toFixed(1)}, curvature ${line.curvature.toFixed(3)}`,
  );
}

/** Simulation / theory of the trace of the rotation covariance over its principal directions: every plane counts alike. */
function ratioOf({ rotationDiffusion }: PointRecord): Estimate {
  // Silent units do not turn among themselves.
  const turning = rotationDiffusion.filter(
    ({ theory }) => theory > 1e-9 * Math.max(...rotationDiffusion.map((other) => other.theory)),
  );
  const parts = turning.map(({ theory, simulation }) => ({
    value: simulation.value / theory,
    se: simulation.se / theory,
  }));
  const value = parts.reduce((sum, part) => sum + part.value, 0) / parts.length;
  return { value, se: Math.hypot(...parts.map(({ se }) => se)) / parts.length };
}
