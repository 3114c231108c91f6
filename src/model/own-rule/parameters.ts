import type { Matrix } from '#linalg';

/** Limits of every number of a parameter. */
interface Limits {
  /** Smallest value. */
  readonly min?: number;
  /** The value must be above this. */
  readonly above?: number;
  readonly max?: number;
}

interface Described extends Limits {
  /** What it is, for messages and readers. */
  readonly description?: string;
}

export interface NumberParameter extends Described {
  readonly kind: 'number';
  readonly default?: number;
}

/** A whole number. */
export interface IntegerParameter extends Described {
  readonly kind: 'integer';
  readonly default?: number;
}

export interface ListParameter extends Described {
  readonly kind: 'list';
  /** How many numbers; any number of them unless given. */
  readonly length?: number;
  readonly default?: readonly number[];
}

/** Rows in the experiment file, or the name of a .npy or .csv file; a matrix in the model. */
export interface MatrixParameter extends Described {
  readonly kind: 'matrix';
  readonly rows?: number;
  readonly cols?: number;
  readonly default?: readonly (readonly number[])[];
}

export type RuleParameter = NumberParameter | IntegerParameter | ListParameter | MatrixParameter;

/** The parameters of a rule, by their keys in the section `model` of an experiment file. */
export type RuleParameters = Readonly<Record<string, RuleParameter>>;

/** What a model holds for a parameter. */
type ValueOf<P extends RuleParameter> = P extends MatrixParameter
  ? Matrix
  : P extends ListParameter
    ? readonly number[]
    : number;

/** The parameters as a model holds them. */
export type ParameterValues<P extends RuleParameters> = { readonly [K in keyof P]: ValueOf<P[K]> };

type Options<P extends RuleParameter> = Omit<P, 'kind'>;

/** A number; an experiment must give it unless it has a default. */
export const number = (options: Options<NumberParameter> = {}): NumberParameter => ({ kind: 'number', ...options });

/** A whole number, of at least 0 unless `min` says otherwise. */
export const integer = (options: Options<IntegerParameter> = {}): IntegerParameter => ({
  kind: 'integer',
  min: 0,
  ...options,
});

/** A list of numbers, each within the limits. */
export const list = (options: Options<ListParameter> = {}): ListParameter => ({ kind: 'list', ...options });

/** A matrix, each number within the limits. */
export const matrix = (options: Options<MatrixParameter> = {}): MatrixParameter => ({ kind: 'matrix', ...options });
