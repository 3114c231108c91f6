import { GROUPS } from '../codes/codes.js';
import { classGram, meanGram, type Activity, type ClassGram, type Classes } from './class-gram.js';

/** The Gram matrix G = h h' of a session over chosen neurons, before centring, free of the bias of trial noise. */
export interface SessionGram {
  readonly gram: ClassGram;
  /** f(G, G) of any bilinear f, without the bias of trial noise, is sum factor f(first, second). */
  readonly squares: readonly Square[];
  /** Whether both matrices of every square are from different trials, or free of noise. */
  readonly shareNone: boolean;
}

interface Square {
  readonly factor: number;
  readonly first: ClassGram;
  readonly second: ClassGram;
}

/** The three ways to part four groups into two pairs. */
const PARTITIONS = [
  [0, 1, 2, 3],
  [0, 2, 1, 3],
  [0, 3, 1, 2],
] as const;

/** From four groups of trials: G from all pairs of groups, its squares from pairs that share none. */
export function gramOfFourGroups(groups: readonly Activity[], size: number, classes: Classes): SessionGram {
  const pairs: ClassGram[][] = groups.map(() => []);
  for (let g = 0; g < GROUPS; g++) {
    for (let h = g + 1; h < GROUPS; h++) pairs[g][h] = classGram(groups[g], groups[h], size, classes);
  }
  return {
    gram: meanGram(pairs.flatMap((own) => Object.values(own))),
    squares: PARTITIONS.map(([a, b, c, d]) => ({ factor: 1 / 3, first: pairs[a][b], second: pairs[c][d] })),
    shareNone: true,
  };
}

/**
 * From K = 2 or 3 trials, whose <G, G> cannot be had from different trials alone: with L = sym(h e'), q = sym(e e'') the noise of pairs of trials,
 *   E <Ĝ, Ĝ> = <G, G> + (4/K) E|L|² + 2/(K(K-1)) E|q|².
 * E|L|² + E|q|² comes from products of a trial with a difference d of two trials of another session, E|q|² from two such differences: noise is
 * taken to be alike in both sessions.
 */
export function gramOfFewTrials(
  trials: readonly Activity[],
  otherSession: readonly Activity[],
  size: number,
  classes: Classes,
): SessionGram {
  const count = trials.length;
  const gram = meanGram(
    trials.flatMap((trial, k) => trials.slice(k + 1).map((other) => classGram(trial, other, size, classes))),
  );
  const difference = subtract(trials[0], trials[1]);
  const otherDifference = subtract(otherSession[0], otherSession[1]);
  const square = (factor: number, matrix: ClassGram): Square => ({
    factor,
    first: matrix,
    second: matrix,
  });
  return {
    gram,
    squares: [
      square(1, gram),
      ...trials.map((trial) => square(-2 / (count * count), classGram(trial, otherDifference, size, classes))),
      square((4 / count - 2 / (count * (count - 1))) / 4, classGram(difference, otherDifference, size, classes)),
    ],
    shareNone: false,
  };
}

/** Without trial noise, or where one trial does not tell it. */
export function gramOfMeans(mean: Activity, size: number, classes: Classes): SessionGram {
  const gram = classGram(mean, mean, size, classes);
  return { gram, squares: [{ factor: 1, first: gram, second: gram }], shareNone: true };
}

const subtract = (a: Activity, b: Activity): Activity => a.map((value, k) => value - b[k]);
