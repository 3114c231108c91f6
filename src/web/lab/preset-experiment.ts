import type { PlainExperiment } from '../prediction/messages.js';
import type { Parameters } from './presets.js';

/** Stimuli that a preset measures, at most. */
const MAX_PROBES = 5;

/**
 * The experiment of a preset, as plain values. The probes of a Gaussian input all have the same length, so that their D
 * compare.
 */
export function presetExperiment(parameters: Parameters): PlainExperiment {
  const { preset, learningRate, synapticNoise } = parameters;
  const { input, probes, size } = inputOf(parameters);
  return {
    name: preset,
    model: {
      ...ruleOf(parameters, size ?? parameters.n),
      input,
      learningRate,
      ...(synapticNoise > 0 ? { synapticNoise: { variance: rounded(synapticNoise / 1e4), scaling: 'sqrt' } } : {}),
    },
    probes,
    simulation: { replicas: parameters.replicas, seed: parameters.seed },
  };
}

/** The keys of a model that are of its learning rule. */
function ruleOf(parameters: Parameters, size: number): Readonly<Record<string, unknown>> {
  const { preset, target, hiddenUnits, outputs, tau, weightDecay, labelNoiseVariance, batchSize } = parameters;
  const supervised = {
    ...(target === 'identity' ? {} : { target: graded(size) }),
    weightDecay,
    labelNoiseVariance,
    batchSize,
  };
  switch (preset) {
    case 'oja':
      return { rule: 'oja', outputs };
    case 'similarity-matching':
      return { rule: 'similarityMatching', outputs, tau };
    case 'deep-linear':
      return { rule: 'deepLinear', hiddenLayers: [hiddenUnits, hiddenUnits], ...supervised };
    default:
      return { hiddenUnits, ...supervised };
  }
}

function inputOf({ preset, n, f, exponent }: Parameters): { input: unknown[]; probes: unknown; size?: number } {
  const probeCount = Math.min(n, MAX_PROBES);
  switch (preset) {
    case 'turning':
    case 'isotropic':
      return { input: [{ kind: 'gaussian', covariance: listOf(n, () => 1) }], probes: axes(n, probeCount, 1) };
    case 'power-law':
    case 'oja':
    case 'similarity-matching':
    case 'deep-linear':
      return {
        input: [{ kind: 'gaussian', covariance: listOf(n, (k) => rounded(1.2 * (k + 1) ** -exponent)) }],
        probes: axes(n, probeCount, 1),
      };
    case 'frequency': {
      const covariance = listOf(n, (k) => rounded(1.2 - (0.45 * k) / (n - 1)));
      const [stimulus, ...others] = axes(n, probeCount, Math.sqrt(n));
      return {
        input: [
          { weight: 'rest', kind: 'gaussian', covariance },
          { weight: f, kind: 'point', stimulus: stimulus.stimulus },
        ],
        probes: [{ ...stimulus, label: 'stimulus' }, ...others],
      };
    }
    case 'dictionary':
      return { input: [{ kind: 'dictionary', stimuli, probabilities }], probes: 'stimuli', size: 4 };
    case 'digits':
      return {
        input: [{ kind: 'dataset', file: 'examples/data/digits.npy' }],
        probes: { file: 'examples/data/digits-class-means.npy', labels: listOf(10, (digit) => `digit ${digit}`) },
        size: 16,
      };
  }
}

/** Seven stimuli without any symmetry, so that their drift has a direction. */
const stimuli = [
  [1.1, 0.3, -0.2, 0.5],
  [-0.4, 1.2, 0.3, 0.1],
  [0.2, -0.6, 1, 0.4],
  [-0.9, 0.2, -0.5, 0.8],
  [1.6, 0.9, 0.7, -1.1],
  [-0.3, -0.8, 0.6, -0.7],
  [0.5, 0.4, -1.3, -0.2],
];
const probabilities = [0.2, 0.08, 0.11, 0.27, 0.06, 0.22, 0.06];

const listOf = <T>(length: number, value: (k: number) => T): T[] => Array.from({ length }, (_, k) => value(k));

/** Six digits: short to read, and still different for every n. */
const rounded = (value: number): number => Number(value.toPrecision(6));

interface LabelledProbe {
  readonly stimulus: readonly number[];
  readonly label: string;
}

/** `count` stimuli of the given length along axes from the first to the last, which they are named after. */
const axes = (n: number, count: number, length: number): LabelledProbe[] =>
  listOf(count, (k) => {
    const axis = count === 1 ? 0 : Math.round((k * (n - 1)) / (count - 1));
    return { stimulus: listOf(n, (j) => (j === axis ? length : 0)), label: `axis ${axis + 1}` };
  });

/** diag(1, …, 1/2), n x n. */
const graded = (n: number): number[][] =>
  listOf(n, (i) => listOf(n, (j) => (i === j ? rounded(1 - (0.5 * i) / Math.max(1, n - 1)) : 0)));
