import type { RuleModel, State } from './rule.js';

/**
 * Advances a set of replicas by online learning. The conformance suite runs against every implementation: the same seed gives
 * the same trajectory.
 */
export interface Stepper {
  /** All replicas make `steps` steps. */
  advance(steps: number): void;
  /** Copies the state of the i-th replica of this stepper into `into`, which has its shape. */
  read(index: number, into: State): void;
  /**
   * Everything that the steps to come depend on besides the model: weights, random streams, clock. A stepper made with
   * the same arguments and given it by `restore` makes the same numbers, bit by bit.
   */
  save(): Uint8Array;
  /** Throws RangeError when the bytes are not those of a stepper of this kind and size. */
  restore(saved: Uint8Array): void;
}

/** Makes a stepper for the replicas with the given identities, started at the given states, all of one shape. */
export type CreateStepper<M extends RuleModel = RuleModel> = (
  model: M,
  seed: number,
  replicas: readonly number[],
  starts: readonly State[],
) => Stepper;
