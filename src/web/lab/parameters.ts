import { InvalidInputError } from '#core';

/** The inputs that the lab offers. */
export const presets = {
  isotropic: 'Isotropic',
  'power-law': 'Power law',
  frequency: 'Stimulus and background',
  dictionary: 'Dictionary',
  digits: 'Handwritten digits',
} as const;
export type Preset = keyof typeof presets;

/** The tasks that the lab offers. */
export const targets = { identity: 'Reproduce the input', graded: 'Graded: 1 down to 1/2' } as const;
export type Target = keyof typeof targets;

/** Every number of the lab. */
export interface Numbers {
  readonly n: number;
  readonly f: number;
  readonly exponent: number;
  readonly hiddenUnits: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly batchSize: number;
  readonly replicas: number;
  readonly seed: number;
}
export type NumberKey = keyof Numbers;

/** Everything that a link restores: with an own file, only its text. */
export interface Parameters extends Numbers {
  readonly preset: Preset;
  readonly target: Target;
}

/** A number that can be set: its range, and how a slider moves through it. */
interface Field {
  readonly label: string;
  readonly symbol: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly scale: 'linear' | 'log';
  /** Presets that use it; all unless given. */
  readonly presets?: readonly Preset[];
  readonly hint: string;
}

const field = (
  label: string,
  symbol: string,
  unit: string,
  [least, most]: readonly [number, number],
  hint: string,
  rest: Partial<Field> = {},
): Field => ({ label, symbol, unit, least, most, hint, whole: false, scale: 'linear', ...rest });

export const fields: Readonly<Record<NumberKey, Field>> = {
  n: field('Input size', 'n', 'dimensions', [2, 24], 'How many numbers a stimulus has.', {
    whole: true,
    presets: ['isotropic', 'power-law', 'frequency'],
  }),
  f: field(
    'Frequency',
    'f',
    'of the steps',
    [0, 0.9],
    'How often stimulus 1 is presented; the background comes else.',
    {
      presets: ['frequency'],
    },
  ),
  exponent: field('Spectrum exponent', 'α', '', [0, 1.5], 'The variance of input k is 1.2 times k to the power −α.', {
    presets: ['power-law'],
  }),
  hiddenUnits: field('Hidden units', 'p', 'units', [1, 1000], 'More than inputs and outputs together cost nothing.', {
    whole: true,
    scale: 'log',
  }),
  learningRate: field('Learning rate', 'η', 'per step', [0.0001, 0.1], 'Constant, forever.', { scale: 'log' }),
  weightDecay: field(
    'Weight decay',
    'γ',
    '',
    [0.005, 0.9],
    'Without it the minimum is larger than a sphere of rotations.',
    {
      scale: 'log',
    },
  ),
  labelNoiseVariance: field(
    'Label noise',
    'σ²',
    'variance',
    [0, 2],
    'Variance of the noise on every output of the teacher.',
  ),
  batchSize: field('Batch size', 'B', 'samples', [1, 64], 'Samples averaged in a step.', { whole: true, scale: 'log' }),
  replicas: field('Replicas', '', 'networks', [4, 1024], 'Independent networks; error bars come from their scatter.', {
    whole: true,
    scale: 'log',
  }),
  seed: field('Seed', '', '', [0, 999_999], 'Fixes every random number.', { whole: true }),
};

export const numberKeys = Object.keys(fields) as NumberKey[];

const common: Parameters = {
  preset: 'isotropic',
  target: 'identity',
  n: 3,
  f: 0,
  exponent: 0.5,
  hiddenUnits: 3,
  learningRate: 0.01,
  weightDecay: 0.2,
  labelNoiseVariance: 0.3,
  batchSize: 1,
  replicas: 256,
  seed: 1,
};

/** Positions of a slider before those that mean the same number are taken together. */
const POSITIONS = 300;
const stops = new Map<NumberKey, readonly number[]>();

/** The numbers that a slider stops at, in two or three digits: what a hand on a slider means. Every position is another number. */
export function stopsOf(key: NumberKey): readonly number[] {
  const known = stops.get(key);
  if (known) return known;
  const { least, most, whole, scale } = fields[key];
  const numbers = Array.from({ length: POSITIONS + 1 }, (_, k) => {
    const part = k / POSITIONS;
    const value = scale === 'log' ? least * (most / least) ** part : least + part * (most - least);
    const short = scale === 'log' ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100;
    return whole ? Math.round(short) : short;
  });
  const found = [...new Set(numbers)];
  stops.set(key, found);
  return found;
}

/** Where each preset begins: with noise enough that something is seen to move within seconds, and rates low enough for theory. */
export const presetDefaults: Readonly<Record<Preset, Parameters>> = {
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
    // No mode stands at the threshold at any round f.
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
};

/** Whether a preset has a use for a number. */
export const applies = (key: NumberKey, preset: Preset): boolean => fields[key].presets?.includes(preset) ?? true;

/** The number that a text means. Throws InvalidInputError with what was found and what would be accepted. */
export function readNumber(key: NumberKey, text: string): number {
  const { label, least, most, whole } = fields[key];
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const found = text.trim() === '' ? 'nothing' : `“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;
  throw new InvalidInputError(
    `${label}: found ${found}, expected a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
  );
}

/** How the simulation is looked at: this changes none of its numbers. */
export interface ViewState {
  /** Most samples in a second. */
  readonly maxSampleRate: number;
  /** The stimulus whose courses are shown, from 0. */
  readonly selectedProbe: number;
}

export const defaultViewState: ViewState = { maxSampleRate: Infinity, selectedProbe: 0 };

/** Samples a second that can be chosen. */
export const maxSampleRates: ReadonlyMap<number, string> = new Map([
  [Infinity, 'as fast as it goes'],
  [30, '30 samples a second'],
  [5, '5 samples a second'],
  [1, '1 sample a second'],
]);

/** The state as the part of a link after #. */
export function toHash(parameters: Parameters, { maxSampleRate, selectedProbe }: ViewState): string {
  const { preset, target } = parameters;
  const used = numberKeys.filter((key) => applies(key, preset) && parameters[key] !== presetDefaults[preset][key]);
  const entries: [string, string][] = [
    ['preset', preset],
    ...(target === 'identity' ? [] : [['target', target] as [string, string]]),
    ...used.map((key): [string, string] => [key, `${parameters[key]}`]),
    ...(maxSampleRate === defaultViewState.maxSampleRate ? [] : [['pace', `${maxSampleRate}`] as [string, string]]),
    ...(selectedProbe === defaultViewState.selectedProbe
      ? []
      : [['follow', `${selectedProbe + 1}`] as [string, string]]),
  ];
  return new URLSearchParams(entries).toString();
}

/** The state of a link. Throws InvalidInputError for an unknown key, a wrong type, or a number out of its range. */
export function fromHash(hash: string): ViewState & { readonly parameters: Parameters } {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const preset = oneOf(presets, 'preset', given.get('preset') ?? 'isotropic');
  const known = ['preset', 'target', ...numberKeys, 'pace', 'follow'];
  const numbers: Partial<Record<NumberKey, number>> = {};
  for (const [key, text] of given) {
    if (!known.includes(key)) throw new InvalidInputError(`the link has ${key}, expected only ${known.join(', ')}`);
    if (isNumberKey(key)) numbers[key] = readNumber(key, text);
  }
  const target = oneOf(targets, 'target', given.get('target') ?? 'identity');
  const maxSampleRate = Number(given.get('pace') ?? defaultViewState.maxSampleRate);
  if (!maxSampleRates.has(maxSampleRate)) {
    throw new InvalidInputError(
      `the link has pace ${given.get('pace')}, expected ${[...maxSampleRates.keys()].join(', ')}`,
    );
  }
  const follow = given.get('follow') ?? '1';
  if (!/^[1-9]\d{0,3}$/.test(follow)) {
    throw new InvalidInputError(
      `the link has follow ${follow.slice(0, 30)}, expected the number of a stimulus, from 1`,
    );
  }
  return {
    parameters: { ...presetDefaults[preset], target, ...numbers },
    maxSampleRate,
    selectedProbe: Number(follow) - 1,
  };
}

const isNumberKey = (key: string): key is NumberKey => Object.hasOwn(fields, key);

function oneOf<Key extends string>(values: Readonly<Record<Key, string>>, what: string, found: string): Key {
  if (isKey(values, found)) return found;
  throw new InvalidInputError(`the link has ${what} ${found.slice(0, 30)}, expected ${Object.keys(values).join(', ')}`);
}

const isKey = <Key extends string>(values: Readonly<Record<Key, string>>, key: string): key is Key =>
  Object.hasOwn(values, key);
