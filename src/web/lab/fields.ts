import { InvalidInputError } from '#core';
import { parameters, type ParameterName } from '#experiment';

/** Every number that the page can set. */
export type NumberKey = keyof typeof pageFields | ParameterName;
export type Numbers = Readonly<Record<NumberKey, number>>;

/** How a number is presented: its label, its range, and the scale of its slider. */
interface Field {
  readonly label: string;
  readonly symbol: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  readonly scale: 'linear' | 'log';
  readonly hint: string;
}

const pageFields = {
  n: {
    label: 'Input size',
    symbol: 'n',
    unit: 'dimensions',
    min: 2,
    max: 24,
    integer: true,
    scale: 'linear',
    hint: 'Number of input dimensions.',
  },
  f: {
    label: 'Frequency',
    symbol: 'f',
    unit: 'of the steps',
    min: 0,
    max: 0.9,
    integer: false,
    scale: 'linear',
    hint: 'Fraction of the steps that present the stimulus of probe 1; all others present the background.',
  },
  exponent: {
    label: 'Spectrum exponent',
    symbol: 'α',
    unit: '',
    min: 0,
    max: 1.5,
    integer: false,
    scale: 'linear',
    hint: 'The variance of input k is 1.2 times k to the power −α.',
  },
  outputs: {
    label: 'Outputs',
    symbol: 'k',
    unit: 'units',
    min: 1,
    max: 24,
    integer: true,
    scale: 'linear',
    hint: 'Units whose activity is the code; they learn as many principal directions of the input.',
  },
  tau: {
    label: 'Time constant of lateral weights',
    symbol: 'τ',
    unit: '',
    min: 0.1,
    max: 2,
    integer: false,
    scale: 'linear',
    hint: 'How slowly lateral weights learn, relative to those of the input.',
  },
  synapticNoise: {
    label: 'Synaptic noise',
    symbol: 'σₛ²',
    unit: '10⁻⁴, variance',
    min: 0,
    max: 10,
    integer: false,
    scale: 'linear',
    hint: 'Noise of every weight in every step, of variance η σₛ².',
  },
} as const satisfies Readonly<Record<string, Field>>;

/** The field of a parameter of the experiment file. */
function fieldOf(name: ParameterName): Field {
  const { name: words, symbol, unit, isInteger, slider, hint } = parameters[name];
  return { label: `${words[0].toUpperCase()}${words.slice(1)}`, symbol, unit, integer: isInteger, ...slider, hint };
}

/** The inputs of the presets are set here alone; everything else is a parameter of the experiment file. */
export const fields: Readonly<Record<NumberKey, Field>> = {
  ...pageFields,
  hiddenUnits: fieldOf('hiddenUnits'),
  learningRate: fieldOf('learningRate'),
  weightDecay: fieldOf('weightDecay'),
  labelNoiseVariance: fieldOf('labelNoiseVariance'),
  batchSize: fieldOf('batchSize'),
  replicas: fieldOf('replicas'),
  seed: fieldOf('seed'),
};

export const numberKeys = Object.keys(fields) as NumberKey[];

export const isNumberKey = (key: string): key is NumberKey => Object.hasOwn(fields, key);

/** Parses a number that was typed. Throws InvalidInputError with what was found and what would be accepted. */
export function readNumber(key: NumberKey, text: string): number {
  const { label, min, max, integer } = fields[key];
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value))) return value;
  const found = text.trim() === '' ? 'nothing' : `“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;
  throw new InvalidInputError(
    `${label}: found ${found}, expected a ${integer ? 'whole ' : ''}number from ${min} to ${max}`,
  );
}
