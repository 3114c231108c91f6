import { InvalidInputError } from '#core';
import type { CooperativeTask } from '../tasks/cooperative-task.js';
import type { CoupledCopies } from './coupled-copies.js';

/** What the coupled copies show of a rule's time scales, in steps. */
interface Relaxation {
  /** Time in which a displacement from the manifold falls to 1/e, by the slowest direction. */
  readonly relaxationTime: number;
  /** Time after which the loss is that of the stationary state, but for a fiftieth of the initial excess. */
  readonly learningTime: number;
}

/** The copies at one time. */
interface Observation {
  readonly steps: number;
  readonly logDistance: number;
  readonly loss: number;
}

/** The distance must fall by e to this power, and the second half of the fall is fitted: faster directions have died out. */
const FALL = 16;
/** Steps between observations are halved when the logarithm falls by more than the first, doubled below the second. */
const MAX_FALL = 3;
const MIN_FALL = 1;
/** Longest wait for the next observation, as a share of the steps so far. */
const MAX_WAIT = 1 / 8;
/** Share of the initial excess loss that may be left when learning counts as done. */
const LEARNED = 0.02;
/**
 * Follows coupled copies from their start until they have converged. `firstWait` is a guess of a short time in steps. Throws
 * InvalidInputError when they have not converged after `maxSteps`: some direction across the manifold is flat, or learning is
 * not stable. Takes about FALL relaxation times beyond learning.
 */
export function* measureRelaxation(
  copies: CoupledCopies,
  firstWait: number,
  maxSteps: number,
): CooperativeTask<Relaxation> {
  const observe = (steps: number): Observation => ({ steps, logDistance: copies.logDistance(), loss: copies.loss() });
  const observations = [observe(0)];
  let wait = Math.max(1, Math.round(firstWait));
  for (;;) {
    const before = observations[observations.length - 1];
    const saved = copies.save();
    yield* copies.advance(wait);
    const now = observe(before.steps + wait);
    if (!Number.isFinite(now.loss) || now.steps > maxSteps) throw notRelaxed(now.steps);
    const fall = before.logDistance - now.logDistance;
    if (fall > MAX_FALL && wait > 1) {
      copies.restore(saved);
      wait = Math.ceil(wait / 2);
      continue;
    }
    observations.push(now);
    if (observations[0].logDistance - now.logDistance > FALL) return relaxationFrom(observations);
    if (fall < MIN_FALL) wait = Math.max(wait, Math.min(2 * wait, Math.ceil(MAX_WAIT * now.steps)));
  }
}

const notRelaxed = (steps: number): InvalidInputError =>
  new InvalidInputError(
    `a pilot run of ${steps} steps found no relaxation towards a manifold; give burnIn, lag and duration`,
    ['simulation', 'burnIn'],
  );

function relaxationFrom(observations: readonly Observation[]): Relaxation {
  const last = observations[observations.length - 1];
  const far = observations.filter(({ logDistance }) => logDistance > last.logDistance + FALL / 2);
  const first = far[far.length - 1];
  const relaxationTime = (last.steps - first.steps) / (first.logDistance - last.logDistance);
  const stationary = mean(observations.filter(({ steps }) => steps >= first.steps).map(({ loss }) => loss));
  const limit = stationary + LEARNED * Math.abs(observations[0].loss - stationary);
  const learned = observations.find(({ loss }) => loss <= limit) ?? last;
  return { relaxationTime, learningTime: learned.steps };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
