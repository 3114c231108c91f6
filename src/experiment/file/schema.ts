import { z } from 'zod';
import {
  parameters,
  ruleParameters,
  samplingParameters,
  type Parameter,
  type ParameterName,
  type RuleParameterName,
} from '../parameters.js';
import { phasesSchema } from './phases/phase-schema.js';
import { deepKeys, networkKeys } from './rules/network-keys.js';
import { MAX_VALUES, linspace, logspace, powerLaw } from './spaced.js';

// The message of every check is the phrase for what would be accepted; explain.ts puts what was found before it. Messages
// and descriptions (Markdown) make the tables of docs/experiment-file.md and the JSON Schema for editors:
// `npm run docs:reference` writes both.

/** Larger numbers overflow in the fourth powers of the theory. */
export const LARGEST = 1e30;
const SIZE = `a number of size at most ${LARGEST}`;

const number = (phrase = 'a number') => z.number(phrase).min(-LARGEST, SIZE).max(LARGEST, SIZE);
const numberAbove = (limit: number) => number(`a number above ${limit}`).gt(limit, `a number above ${limit}`);
const numberFrom = (limit: number) =>
  number(`a number of at least ${limit}`).min(limit, `a number of at least ${limit}`);

export function whole(least: number, most: number, phrase = `a whole number from ${least} to ${most}`) {
  return z.int(phrase).min(least, phrase).max(most, phrase);
}

/** A map with these keys and no others; the message about an unknown key lists the known ones. */
export function section<Shape extends z.core.$ZodLooseShape>(phrase: string, shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : phrase) });
}

/** A number of the registry that an experiment must give. */
export function required(name: ParameterName | RuleParameterName) {
  const registry: Readonly<Record<string, Parameter>> = { ...parameters, ...ruleParameters };
  const { isInteger, min, max = LARGEST, description, isAbove = false } = registry[name];
  return (isInteger ? whole(min, max) : isAbove ? numberAbove(min) : numberFrom(min)).describe(description);
}

/** The same for one that has a default. */
const optional = (name: DefaultedName) =>
  required(name).default(parameters[name].default).describe(parameters[name].description);

type DefaultedName = {
  [Name in ParameterName]: (typeof parameters)[Name] extends { default: number } ? Name : never;
}[ParameterName];

const text = z.string('a text').min(1, 'a text of at least one letter');
const flag = z.boolean('true or false');
const fileName = z.string('a file name').min(1, 'a file name');
const file = section('{file: NAME.npy}', { file: fileName });
const vector = z.array(number(), 'a list of numbers').min(1, 'a list of at least one number');
const rows = z.array(vector, 'a list of rows').min(1, 'a list of at least one row');
export const matrix = z.union([rows, file], 'a matrix as a list of rows, or {file: NAME.npy}');

const count = whole(2, MAX_VALUES);
const SPACED = 'a list of three numbers: the first value, the last, and how many';
const geometric = z.tuple([numberAbove(0), numberAbove(0), count], SPACED);
const linear = z.tuple([number(), number(), count], SPACED);

interface Spaced {
  readonly logspace?: [number, number, number] | undefined;
  readonly linspace?: [number, number, number] | undefined;
}

/** Evenly spaced values, written out; undefined where there are none. */
const spacedValues = ({ logspace: ratios, linspace: differences }: Spaced): number[] | undefined =>
  ratios ? logspace(...ratios) : differences && linspace(...differences);

const isOne = (alternatives: readonly unknown[]): boolean =>
  alternatives.filter((given) => given !== undefined).length === 1;

const COVARIANCE =
  'a list of variances, a matrix as a list of rows, {file: NAME.npy}, {powerLaw: {dimensions: 20, exponent: 1}}, ' +
  '{logspace: [FIRST, LAST, COUNT]} or {linspace: [FIRST, LAST, COUNT]}';

/** A covariance, with spectra written out as their variances. */
const covariance = z.union(
  [
    vector,
    rows,
    section(COVARIANCE, {
      file: fileName.optional(),
      powerLaw: section('{dimensions: 20, exponent: 1, scale: 1}', {
        dimensions: whole(1, MAX_VALUES),
        exponent: numberFrom(0),
        scale: numberAbove(0).default(1),
      }).optional(),
      logspace: geometric.optional(),
      linspace: linear.optional(),
    })
      .refine((given) => isOne(Object.values(given)), COVARIANCE)
      .transform((given): number[] | { file: string } =>
        given.file === undefined
          ? (spacedValues(given) ?? (given.powerLaw ? powerLaw(given.powerLaw) : []))
          : { file: given.file },
      ),
  ],
  COVARIANCE,
);

const FRACTION = 'a number from 0 to 1';
const fraction = z.number(FRACTION).min(0, FRACTION).max(1, FRACTION);
const WEIGHT = `${FRACTION}, or the word rest`;
const weight = z
  .union([z.number(WEIGHT).min(0, WEIGHT).max(1, WEIGHT), z.literal('rest')], WEIGHT)
  .default('rest')
  .describe('Probability of the component; `rest`: what the others leave of 1. At most one component may have it.');

const sampling = z
  .enum(['independent', 'epochs'], 'independent or epochs')
  .default('independent')
  .describe('`epochs`: each stimulus comes once before any comes again; simulated and measured, not predicted.');

/** One part of the input distribution. */
const component = z.discriminatedUnion(
  'kind',
  [
    section('a gaussian component', {
      kind: z.literal('gaussian').describe('Gaussian inputs of mean 0.'),
      weight,
      covariance: covariance.describe(
        'Covariance of the inputs, symmetric and positive semidefinite; a list of n variances is a diagonal one. ' +
          '`powerLaw`: the variances scale / k^exponent, k = 1 to dimensions (scale 1 unless given); `logspace` and ' +
          '`linspace`: COUNT variances with equal ratios or differences.',
      ),
    }),
    section('a point component', {
      kind: z.literal('point').describe('One stimulus, always the same.'),
      weight,
      stimulus: vector.describe('Its n coordinates.'),
    }),
    section('a dictionary component', {
      kind: z.literal('dictionary').describe('A finite set of stimuli.'),
      weight,
      stimuli: matrix.describe('One stimulus in each row.'),
      probabilities: z
        .array(fraction, 'a list of numbers that sum to 1')
        .optional()
        .describe('How often each stimulus comes, one number for each; all equally often unless given.'),
      sampling,
    }),
    section('a dataset component', {
      kind: z.literal('dataset').describe('The rows of a table, all equally often.'),
      weight,
      file: fileName.describe('A .npy or .csv file, one stimulus in each row.'),
      center: flag.default(true).describe('Subtract the mean of every column.'),
      components: whole(1, 1_000_000)
        .optional()
        .describe('Turn the stimuli onto so many leading principal components; unless given they stay as they are.'),
      sampling,
    }),
  ],
  'a kind of input: gaussian, point, dictionary or dataset',
);

const dataRows = z
  .array(whole(0, 1e9), 'a list of row numbers, counted from 0')
  .min(1, 'a list of at least one row number');
const LABEL = 'a text of 1 to 200 letters';
const label = z.string(LABEL).min(1, LABEL).max(200, LABEL);
const labels = z.array(label, 'a list of texts, one for each probe').optional();
const PROBE = 'a list of numbers, or {stimulus: [1, 0], label: TEXT}';
const labelled = section(PROBE, { stimulus: vector, label });
const probeRows = z.array(z.union([vector, labelled], PROBE), 'a list of rows').min(1, 'a list of at least one row');
const probes = z.union(
  [
    z.literal('axes'),
    z.literal('stimuli'),
    probeRows,
    section('{file: NAME.npy}, with project: true or without', {
      file: fileName,
      project: flag.default(false),
      labels,
    }),
    section('{rows: [0, 1, 2]}', { rows: dataRows, labels }),
  ],
  'axes, stimuli, a list of vectors, {file: NAME.npy}, {file: NAME.npy, project: true} or {rows: [0, 1, 2]}',
);

/** Steps of the registry; they are chosen unless given. */
function steps(name: 'burnIn' | 'lag' | 'duration') {
  const { min, max, description } = samplingParameters[name];
  const phrase = `a whole number of steps, at least ${min}, or the word auto`;
  return z
    .union([whole(min, max, phrase), z.literal('auto')], phrase)
    .default('auto')
    .describe(description);
}

/** Keys of the models of every learning rule. */
export const commonModelKeys = {
  input: z
    .array(component, 'a list of input components')
    .min(1, 'a list of at least one input component')
    .describe('The distribution of the input x: components, mixed by their weights.'),
  learningRate: required('learningRate'),
  synapticNoise: section('the keys of synaptic noise: variance, scaling, layers, symmetric', {
    variance: numberFrom(0).describe(
      'sigma², the variance of the noise that every step adds to a weight, times what `scaling` says.',
    ),
    scaling: z
      .enum(['sqrt', 'linear'], 'sqrt or linear')
      .default('sqrt')
      .describe('`sqrt`: eta sigma² a step; `linear`: eta² sigma² a step.'),
    layers: z
      .union(
        [z.literal('all'), z.array(text, 'a list of names').min(1, 'a list of at least one name')],
        'all, or a list of names such as W1',
      )
      .default('all')
      .describe('The arrays of weights that have it.'),
    symmetric: flag.default(true).describe('Whether symmetric arrays get symmetric noise.'),
  })
    .optional()
    .describe('Noise that every step adds to the weights themselves.'),
  noiseSource: z
    .enum(['both', 'learning', 'synaptic'], 'both, learning or synaptic')
    .optional()
    .describe(
      'Which noise acts: `both` (the default), `learning` or `synaptic` (steps by the mean of all samples) alone.',
    ),
};

/** The rule of a model where it is one of a file. */
export const ruleFileKey = section('{file: my-rule.ts}', { file: fileName });

/** A of a supervised task. */
const targetKey = z
  .union([z.literal('identity'), rows, file], 'identity, a matrix as a list of rows, or {file: NAME.npy}')
  .default('identity')
  .describe('A of the task y = A x + eps, outputs × inputs. `identity`: an autoencoder.');

export const modelSchema = section('the keys of a model', {
  rule: z
    .literal('sgd', 'sgd')
    .optional()
    .describe('The learning rule: stochastic gradient descent of a two-layer network.'),
  hiddenUnits: required('hiddenUnits'),
  target: targetKey,
  ...commonModelKeys,
  weightDecay: required('weightDecay'),
  labelNoiseVariance: optional('labelNoiseVariance'),
  batchSize: optional('batchSize'),
  ...networkKeys,
  ...deepKeys,
});

const { layer, targetError, trajectorySamples } = samplingParameters;
const TARGET_ERROR = `a number from ${targetError.min} to ${targetError.max}`;

export const simulationSchema = section('the keys of a simulation', {
  replicas: optional('replicas'),
  seed: optional('seed'),
  targetError: z
    .number(TARGET_ERROR)
    .min(targetError.min, TARGET_ERROR)
    .max(targetError.max, TARGET_ERROR)
    .default(targetError.default)
    .describe(targetError.description),
  burnIn: steps('burnIn'),
  lag: steps('lag'),
  duration: steps('duration'),
  trajectorySamples: whole(trajectorySamples.min, trajectorySamples.max)
    .default(trajectorySamples.default)
    .describe(trajectorySamples.description),
  start: z
    .union(
      [z.literal('manifold'), section('{random: STANDARD DEVIATION}', { random: numberAbove(0) })],
      'manifold, or {random: STANDARD DEVIATION}',
    )
    .default('manifold')
    .describe(
      'Where learning starts: on the minimum-loss manifold, or from random weights of the given standard deviation.',
    ),
  layer: whole(layer.min, layer.max).optional().describe(layer.description),
  reduceHiddenUnits: flag.default(true).describe('Simulate at most inputs + outputs rows instead of p; exact.'),
  precision: z
    .enum(['f64', 'f32'], 'f64 or f32')
    .default('f64')
    .describe(
      'Arithmetic of the simulation; `f32` for exploration: about 1.6 times as fast, relative error of a step 6e-8.',
    ),
});

const SWEEP =
  'lists of values, {logspace: [FIRST, LAST, COUNT]} or {linspace: [FIRST, LAST, COUNT]}, under paths with dots, like model.learningRate: [0.01, 0.005]';
const VALUES = 'a list of values, {logspace: [FIRST, LAST, COUNT]} or {linspace: [FIRST, LAST, COUNT]}';
const LISTED =
  'a list of values; logspace and linspace have no values around them: {logspace: [FIRST, LAST, COUNT], label: TEXT}';
/** The values of one swept key: a list, or evenly spaced values, which validation writes out. */
const values = z.union(
  [
    z.array(z.unknown(), VALUES).min(1, 'a list of at least one value'),
    section(VALUES, {
      values: z.array(z.unknown(), LISTED).min(1, 'a list of at least one value').optional(),
      logspace: geometric.optional(),
      linspace: linear.optional(),
      label: label.optional(),
    })
      .refine(({ values: listed, ...spaced }) => isOne([listed, spaced.logspace, spaced.linspace]), VALUES)
      .transform((given): unknown[] | { values: unknown[]; label: string } => {
        const listed = given.values ?? spacedValues(given) ?? [];
        return given.label === undefined ? listed : { values: listed, label: given.label };
      }),
  ],
  VALUES,
);

export const experimentSchema = section('an experiment: keys such as name, model, probes and simulation', {
  name: text.default('experiment').describe('Stands over the tables and in the report.'),
  description: text.optional().describe('A text for people.'),
  model: modelSchema.describe('The network, its task and how it learns; see below.'),
  probes: probes
    .default('axes')
    .describe(
      'The stimuli to follow. `axes`: one unit vector along each input; `stimuli`: those of the point and dictionary ' +
        'components; `{rows: …}`: rows of the data set, counted from 0; `{file: …}`: rows of a table, centred and ' +
        'projected as the data set is with `project: true`; `{stimulus: […], label: TEXT}` in place of a vector names a ' +
        'probe in tables and figures, `labels: […]` names those of `rows` and `file`.',
    ),
  simulation: simulationSchema.prefault({}).describe('How long and how often to simulate; see below.'),
  phases: phasesSchema
    .optional()
    .describe(
      'Phases that the same networks go through one after the other; each says what it changes of `model`. See below.',
    ),
  sweep: z
    .record(z.string(), values, SWEEP)
    .optional()
    .describe(
      'Values to go through instead of those in `model` and `simulation`: every combination, the last key fastest. ' +
        '`logspace`: COUNT values with equal ratios; `linspace`: with equal differences; `{values: […], label: TEXT}`: ' +
        'with a label for figures, which `logspace` and `linspace` may have too. Paths that are joined by commas take their ' +
        'values together, from lists with one for each of them.',
    ),
});

/** An experiment file after validation, before its data files are read. */
export type ExperimentSpec = z.infer<typeof experimentSchema>;
/** The keys of an experiment file as they are written, before defaults are filled in. */
export type ExperimentFile = z.input<typeof experimentSchema>;
export type ModelSpec = z.infer<typeof modelSchema>;
export type InputSpec = ModelSpec['input'][number];
export type SimulationSpec = z.infer<typeof simulationSchema>;
