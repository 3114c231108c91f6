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
}

/** Makes a stepper for the replicas with the given identities, started at the given states. */
export type CreateStepper = (
  model: import('./model.js').Model,
  seed: number,
  replicas: readonly number[],
  starts: readonly Matrix[],
) => Stepper;
