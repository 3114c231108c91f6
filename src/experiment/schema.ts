import { z } from 'zod';

const finite = z.number('expected a number');
const nonNegative = finite.nonnegative('must not be negative');
const positiveInteger = z.int('expected a whole number').positive('must be at least 1');

const file = z.strictObject({ file: z.string('expected a file name').min(1) });
const vector = z.array(finite, 'expected a list of numbers').min(1, 'must not be empty');
const rows = z.array(vector, 'expected a list of rows').min(1, 'must not be empty');
const matrix = z.union([rows, file], 'expected a matrix as a list of rows, or {file: NAME.npy}');

const weight = z.union([nonNegative, z.literal('rest')], 'expected a number from 0 to 1, or the word rest');

/** One part of the input distribution. */
const component = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('gaussian'),
      weight: weight.default('rest'),
      covariance: z.union(
        [vector, rows, file],
        'expected a list of variances, a matrix as a list of rows, or {file: NAME.npy}',
      ),
    }),
    z.strictObject({ kind: z.literal('point'), weight: weight.default('rest'), stimulus: vector }),
    z.strictObject({
      kind: z.literal('dictionary'),
      weight: weight.default('rest'),
      stimuli: matrix,
      probabilities: z.array(nonNegative, 'expected a list of numbers').optional(),
    }),
    z.strictObject({
      kind: z.literal('dataset'),
      weight: weight.default('rest'),
      file: z.string('expected a file name').min(1),
      center: z.boolean('expected true or false').default(true),
      components: positiveInteger.optional(),
    }),
  ],
  'expected a kind of input: gaussian, point, dictionary or dataset',
);

const automatic = z.union([positiveInteger, z.literal('auto')], 'expected a whole number of steps, or auto');

export const modelSchema = z.strictObject({
  hiddenUnits: positiveInteger,
  target: z
    .union([z.literal('identity'), rows, file], 'expected identity, a matrix as a list of rows, or {file: NAME.npy}')
    .default('identity'),
  input: z.array(component, 'expected a list of input components').min(1, 'needs at least one component'),
  learningRate: finite.positive('must be above 0'),
  weightDecay: nonNegative,
  labelNoiseVariance: nonNegative.default(0),
  batchSize: positiveInteger.default(1),
});

export const simulationSchema = z.strictObject({
  /** Independent networks that learn in parallel; the errors come from their scatter. */
  replicas: z.int('expected a whole number').min(2, 'needs at least 2 for a standard error').default(64),
  /** Fixes every random number, together with the number of the replica. */
  seed: z.int('expected a whole number').nonnegative('must not be negative').default(1),
  /** Relative standard error of D that an automatic duration aims at. */
  targetError: finite.positive('must be above 0').max(1, 'must be at most 1').default(0.02),
  /** Steps before the first sample. */
  burnIn: automatic.default('auto'),
  /** Steps between samples. */
  lag: automatic.default('auto'),
  /** Steps of sampling, in each replica. */
  duration: automatic.default('auto'),
  /** On the minimum-loss manifold, or from random weights of the given standard deviation. */
  start: z
    .union(
      [z.literal('manifold'), z.strictObject({ random: finite.positive('must be above 0') })],
      'expected manifold, or {random: STANDARD DEVIATION}',
    )
    .default('manifold'),
  /** Simulate min(p, n+m) rows instead of p (exact). */
  reduceHiddenUnits: z.boolean('expected true or false').default(true),
});

export const experimentSchema = z.strictObject({
  name: z.string('expected a text').min(1).default('experiment'),
  description: z.string('expected a text').optional(),
  model: modelSchema,
  probes: z
    .union(
      [z.literal('axes'), z.literal('stimuli'), rows, file],
      'expected axes, stimuli, a list of vectors, or {file: NAME.npy}',
    )
    .default('axes'),
  simulation: simulationSchema.prefault({}),
  sweep: z.record(z.string(), z.array(z.unknown(), 'expected a list of values').min(1, 'must not be empty')).optional(),
});

/** An experiment file after validation, before its data files are read. */
export type ExperimentSpec = z.infer<typeof experimentSchema>;
export type ModelSpec = z.infer<typeof modelSchema>;
export type InputSpec = ModelSpec['input'][number];
export type SimulationSpec = z.infer<typeof simulationSchema>;
