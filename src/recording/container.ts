import type { NumericArray } from './arrays/numeric-array.js';

/** What an entry of a file may hold: an array, a list of arrays (cell array, array of structures), or lines of text. */
export type Content =
  | { readonly kind: 'array'; readonly array: NumericArray }
  | { readonly kind: 'list'; readonly shape: readonly number[]; readonly items: readonly NumericArray[] }
  | { readonly kind: 'text'; readonly lines: readonly string[] };

/** What a file holds under one name. */
export interface Entry {
  readonly name: string;
  /** Of a list: its own axes, then those of its arrays, with * where these differ. */
  readonly shape: readonly (number | '*')[];
  /** `other` is what no recording is made of; `what` names it. */
  readonly kind: Content['kind'] | 'other';
  readonly what: string;
  /** Names of the axes, where the file itself has them. */
  readonly axes?: readonly string[] | undefined;
  /** A part of another entry: it can be asked for, but is not listed. */
  readonly isPart?: boolean;
  /** MATLAB and Octave drop axes of size 1 at the end. */
  readonly dropsTrailingAxes?: boolean;
  /** Throws Error that says why it cannot be read. */
  read(): Content | Promise<Content>;
}

/** A file with arrays in it. */
export interface Container {
  readonly entries: readonly Entry[];
  /** What the entries are called in this format: `variable`, `dataset`, … */
  readonly noun: string;
  /** What files of this kind mostly hold instead of responses, and what makes responses of it; for messages. */
  readonly hint?: string;
  close?(): void;
}
