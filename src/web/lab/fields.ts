import { InvalidInputError } from '#core';

/** Every number that the page can set. */
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

const field = (
  label: string,
  symbol: string,
  unit: string,
  [min, max]: readonly [number, number],
  hint: string,
  rest: Partial<Field> = {},
): Field => ({ label, symbol, unit, min, max, hint, integer: false, scale: 'linear', ...rest });

export const fields: Readonly<Record<NumberKey, Field>> = {
  n: field('Input size', 'n', 'dimensions', [2, 24], 'Number of input dimensions.', { integer: true }),
  f: field(
    'Frequency',
    'f',
    'of the steps',
    [0, 0.9],
    'Fraction of the steps that present stimulus 1; all others present the background.',
  ),
  exponent: field('Spectrum exponent', 'α', '', [0, 1.5], 'The variance of input k is 1.2 times k to the power −α.'),
  hiddenUnits: field(
    'Hidden units',
    'p',
    'units',
    [1, 1000],
    'Units beyond the number of inputs and outputs cost no time.',
    {
      integer: true,
      scale: 'log',
    },
  ),
  learningRate: field('Learning rate', 'η', 'per step', [0.0001, 0.1], 'It stays constant forever.', { scale: 'log' }),
  weightDecay: field('Weight decay', 'γ', '', [0.005, 0.9], 'Without it, minima would differ by more than rotations.', {
    scale: 'log',
  }),
  labelNoiseVariance: field(
    'Label noise',
    'σ²',
    'variance',
    [0, 2],
    'Variance of the noise added to every target output.',
  ),
  batchSize: field('Batch size', 'B', 'samples', [1, 64], 'Samples that are averaged in each step.', {
    integer: true,
    scale: 'log',
  }),
  replicas: field('Replicas', '', 'networks', [4, 1024], 'Independent networks, whose scatter gives the error bars.', {
    integer: true,
    scale: 'log',
  }),
  seed: field('Seed', '', '', [0, 999_999], 'Determines every random number.', { integer: true }),
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
