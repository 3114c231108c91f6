import type { NumberKey, Numbers } from './fields.js';

/** The inputs that the lab offers. */
export const presets = {
  turning: 'Three equal directions',
  isotropic: 'Three equal directions, precise',
  'power-law': 'Power law',
  frequency: 'Stimulus and background',
  dictionary: 'Dictionary',
  digits: 'Handwritten digits',
  oja: 'Oja’s rule',
  'similarity-matching': 'Similarity matching',
  'deep-linear': 'Three layers of weights',
} as const;
export type Preset = keyof typeof presets;

/** The tasks that the lab offers. */
export const targets = { identity: 'Reproduce the input', graded: 'Graded gains, 1 to 1/2' } as const;
export type Target = keyof typeof targets;

/** Everything that a link restores of an experiment. */
export interface Parameters extends Numbers {
  readonly preset: Preset;
  readonly target: Target;
}

/** Numbers that only some presets use. */
const presetsUsing: Readonly<Partial<Record<NumberKey, readonly Preset[]>>> = {
  n: ['turning', 'isotropic', 'power-law', 'frequency', 'oja', 'similarity-matching', 'deep-linear'],
  f: ['frequency'],
  exponent: ['power-law', 'oja', 'similarity-matching', 'deep-linear'],
  outputs: ['oja', 'similarity-matching'],
  tau: ['similarity-matching'],
  // With many hidden units its theory, by the definition of the rule, takes long.
  synapticNoise: ['turning', 'isotropic', 'dictionary', 'oja', 'similarity-matching', 'deep-linear'],
};

/** Those that have no target and no decay: the rules of neurons that learn without a teacher. */
const unsupervised: readonly Preset[] = ['oja', 'similarity-matching'];
const supervisedKeys: readonly string[] = ['hiddenUnits', 'weightDecay', 'labelNoiseVariance', 'batchSize'];

/** Whether the networks of a preset learn a task. */
export const isSupervised = (preset: Preset): boolean => !unsupervised.includes(preset);

/** Whether a preset uses a number. */
export const applies = (key: NumberKey, preset: Preset): boolean =>
  presetsUsing[key]?.includes(preset) ?? (isSupervised(preset) || !supervisedKeys.includes(key));

const common: Parameters = {
  preset: 'isotropic',
  target: 'identity',
  n: 3,
  f: 0,
  exponent: 0.5,
  outputs: 3,
  tau: 0.5,
  synapticNoise: 0,
  hiddenUnits: 3,
  learningRate: 0.01,
  weightDecay: 0.2,
  labelNoiseVariance: 0.3,
  batchSize: 1,
  replicas: 256,
  seed: 1,
};

/**
 * Where each preset starts: noisy enough that drift shows within seconds, at rates low enough for the theory to hold.
 */
export const presetDefaults: Readonly<Record<Preset, Parameters>> = {
  // Drift is fast, and the error from the learning rate large: what the next order is for.
  turning: {
    ...common,
    preset: 'turning',
    learningRate: 0.03,
    weightDecay: 0.4,
    labelNoiseVariance: 0,
    replicas: 64,
  },
  isotropic: common,
  'power-law': {
    ...common,
    preset: 'power-law',
    n: 6,
    hiddenUnits: 20,
    learningRate: 0.005,
    weightDecay: 0.1,
  },
  frequency: {
    ...common,
    preset: 'frequency',
    n: 10,
    f: 0.3,
    hiddenUnits: 30,
    learningRate: 0.002,
    // At no round f does this leave a mode at its threshold, where the theory makes no prediction.
    weightDecay: 0.13,
    labelNoiseVariance: 0,
  },
  dictionary: {
    ...common,
    preset: 'dictionary',
    n: 4,
    hiddenUnits: 5,
    learningRate: 0.01,
    weightDecay: 0.06,
    labelNoiseVariance: 0.05,
  },
  digits: {
    ...common,
    preset: 'digits',
    n: 16,
    hiddenUnits: 200,
    learningRate: 0.002,
    weightDecay: 0.1,
    labelNoiseVariance: 0,
    replicas: 64,
  },
  oja: { ...common, preset: 'oja', n: 6, learningRate: 0.02, replicas: 64 },
  'similarity-matching': { ...common, preset: 'similarity-matching', n: 6, replicas: 64 },
  'deep-linear': { ...common, preset: 'deep-linear', hiddenUnits: 6, replicas: 64 },
};
