import type { Matrix } from '#linalg';

/**
 * Advances a set of replicas by online learning. The conformance suite runs against every implementation:
 * the same seed gives the same trajectory.
 */
export interface Stepper {
  /** All replicas make `steps` steps. */
  advance(steps: number): void;
  /** Copies Theta of the i-th replica of this stepper (k x (n+m)) into `into`. */
  read(index: number, into: Matrix): void;
  /**
   * Everything that the steps to come depend on besides the model: weights, random streams, clock. A stepper made with
   * the same arguments and given it by `restore` makes the same numbers, bit by bit.
   */
  save(): Uint8Array;
  /** Throws RangeError when the bytes are not of a stepper of this kind and size. */
  restore(saved: Uint8Array): void;
}

/** Makes a stepper for the replicas with the given identities, started at the given states. */
export type CreateStepper = (
  model: import('./model.js').Model,
  seed: number,
  replicas: readonly number[],
  starts: readonly Matrix[],
) => Stepper;
