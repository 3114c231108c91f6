import { TheoryDomainError } from '#core';
import type { Model } from '#model';

// The domain of validity. Each function throws TheoryDomainError where the theory makes no prediction; the message names
// the number at fault and what would be accepted.

/** Below this fraction of the largest, a number that ought to be positive counts as zero. */
export const DEGENERATE = 1e-9;

/** gamma > 0: without it the manifold of minima is larger than the rotations. */
export function assertWeightDecay(model: Model): void {
  if (model.weightDecay > 0) return;
  throw new TheoryDomainError(
    `without weight decay (weightDecay ${model.weightDecay}) the minimum-loss manifold is larger than the rotations ` +
      'of the hidden layer and the theory makes no prediction; give weightDecay a positive value',
    ['model', 'weightDecay'],
  );
}

/** Below this learning rate D, a power of it, and the relaxation time leave the range of numbers. */
const LOWEST_LEARNING_RATE = 1e-100;

/** The learning rate is far enough from zero for what depends on it to be a number. */
export function assertLearns({ learningRate }: Pick<Model, 'learningRate'>): void {
  if (learningRate >= LOWEST_LEARNING_RATE) return;
  throw new TheoryDomainError(
    `a learning rate of ${learningRate} is too small to compute with: D and the relaxation time leave the range of ` +
      `numbers; expected at least ${LOWEST_LEARNING_RATE}`,
    ['model', 'learningRate'],
  );
}

/** At least one mode is learned; otherwise `strongest` gives the largest singular value of A Sigma, for the message. */
export function assertRepresented(model: Model, learned: boolean, strongest: () => number): void {
  if (learned) return;
  throw new TheoryDomainError(
    `weightDecay ${model.weightDecay} switches every mode off, nothing is represented: it must be below ` +
      `${strongest().toPrecision(4)}, the largest singular value of the target times the second moment of the input`,
    ['model', 'weightDecay'],
  );
}

/**
 * No mode at the threshold: learning it would cost nothing, and the manifold would be flat in one more direction.
 * `strength` is the largest singular value of the residual correlation (A - M) Sigma outside the learned modes.
 */
export function assertOffThreshold(model: Model, strength: number): void {
  const gamma = model.weightDecay;
  if (strength <= gamma * (1 - DEGENERATE)) return;
  throw new TheoryDomainError(
    `a mode of strength ${strength.toPrecision(10)} (target times second moment of the input) stands at the threshold of ` +
      `weightDecay ${gamma}, neither learned nor not; change weightDecay`,
    ['model', 'weightDecay'],
  );
}

/** The bottleneck keeps a mode that reduces the loss by more than the best of those it drops (lambda s^2 of both). */
export function assertUniqueCut(model: Model, kept: number, dropped: number): void {
  if (kept - dropped > DEGENERATE * kept) return;
  throw new TheoryDomainError(
    `${model.hiddenUnits} hidden units cut the spectrum between two modes that reduce the loss equally (lambda s^2 = ` +
      `${kept.toPrecision(6)} and ${dropped.toPrecision(6)}): the minimum-loss manifold is larger than the rotations of the ` +
      'hidden layer; change hiddenUnits or split the degenerate eigenvalue of the input',
    ['model', 'hiddenUnits'],
  );
}

/** Some start under a bottleneck has led to a minimum. */
export function assertFound<T>(minimum: T | null, units: number): asserts minimum is T {
  if (minimum !== null) return;
  throw new TheoryDomainError(`no minimum with a finite loss was found under the bottleneck of ${units} hidden units`, [
    'model',
    'hiddenUnits',
  ]);
}

/** With hidden units to spare, the residual correlation (A - M) Sigma has no singular value above gamma at the minimum. */
export function assertConverged(model: Model, residual: number): void {
  const gamma = model.weightDecay;
  if (residual <= gamma * (1 + 1e-7)) return;
  throw new TheoryDomainError(
    `the minimum was not reached: the residual correlation is ${residual.toPrecision(10)}, above weightDecay ${gamma}; ` +
      'the input is too ill-conditioned',
    ['model', 'input'],
  );
}

/** Curvatures of the Hessian at the minimum. */
interface Curvatures {
  /** Of all directions, rotations included: 0 up to rounding. */
  readonly lowest: number;
  /** Smallest and largest of the normal directions. */
  readonly smallest: number;
  readonly largest: number;
}

/** The loss is flat along the rotations of the hidden layer and nowhere else. */
export function assertCurved(
  { weightDecay, hiddenUnits }: Pick<Model, 'weightDecay' | 'hiddenUnits'>,
  { lowest, smallest, largest }: Curvatures,
): void {
  if (lowest >= -1e-8 * largest && smallest >= DEGENERATE * largest) return;
  throw new TheoryDomainError(
    `the loss is flat beyond the rotations of the hidden layer: a normal direction has the curvature ` +
      `${Math.min(lowest, smallest).toPrecision(4)} (the largest is ${largest.toPrecision(4)}), so the minimum-loss manifold ` +
      `is larger than the theory assumes; a mode at the threshold of weightDecay ${weightDecay}, or ${hiddenUnits} hidden ` +
      'units that cut between equal modes, does this',
    ['model', 'weightDecay'],
  );
}

/** Beyond which learning rate the mean squared displacement from the manifold grows with every step. */
export interface StabilityLimit {
  readonly learningRate: number;
  /** Otherwise the limit is at most this. */
  readonly exact: boolean;
}

/**
 * The learning rate is below the limit of mean-square stability, which is at most 2 / mu at the largest curvature mu: beyond it each step
 * overshoots, in the mean or by its noise.
 */
export function assertStable(
  { learningRate }: Pick<Model, 'learningRate'>,
  { learningRate: limit, exact }: StabilityLimit,
): void {
  if (learningRate < limit) return;
  const shown = roundedDown(limit);
  throw new TheoryDomainError(
    `learningRate ${learningRate} is beyond stability: from ${exact ? '' : 'less than '}${shown} on, the mean squared distance from ` +
      `the minimum-loss manifold grows with every step; give a learningRate ${exact ? '' : 'well '}below ${shown}`,
    ['model', 'learningRate'],
  );
}

/** Four digits, not above the value. */
function roundedDown(value: number): string {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  return String(Number((Math.floor(value / unit) * unit).toPrecision(4)));
}
