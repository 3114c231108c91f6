import type { Operation, ProgramArray } from '#linalg';

/**
 * What is known of the entries of a square array in every run, bit by bit: that (i, j) is (j, i), or that all above the
 * diagonal are 0, without a sign.
 */
export type Structure = 'general' | 'symmetric' | 'lower';

/** Where the numbers of an array of a compiled step come from, or go to. */
export type Region =
  /** The weights of the pair of replicas. */
  | 'state'
  /** Normals of the step, in the order in which they are drawn. */
  | 'drawn'
  /** The input of the sample, where it is no function of normals alone. */
  | 'input'
  /** Sums over the batch. */
  | 'sums';

/** An array in vectors of two replicas, row by row. */
export interface Placement {
  readonly array: ProgramArray;
  readonly region: Region;
  /** Vectors before its first entry. */
  readonly first: number;
  /** Whether only the entries on and above the diagonal are there, row by row. */
  readonly packed?: boolean;
  /** What is known of its entries before the first operation. */
  readonly structure: Structure;
}

/** A program whose inputs are read, and whose outputs are written, in place. */
export interface Section {
  readonly operations: readonly Operation[];
  readonly inputs: readonly Placement[];
  readonly outputs: readonly Placement[];
  /** Arrays whose numbers are finite in every run, so that 0 times them is 0. */
  readonly finite: readonly ProgramArray[];
}
