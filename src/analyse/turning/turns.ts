import type { Activity } from '../similarity/class-gram.js';
import { meanOf, overlapOf, type FrameCodes } from './frame-codes.js';
import { ratesOf, type IncrementProducts, type Rates } from './rates.js';
import { MIN_OVERLAP, type StimulusAxis } from './stimulus-axes.js';
import { scaledFrames, sessionOverlaps, unitFrames, type Frames, type UnitFrames } from './unit-frames.js';

/** Two axes k < l, from 0. */
interface PlaneTurns {
  readonly axes: readonly [number, number];
  /** Turn from each session to the next, rad, of all trials, with their noise. */
  readonly turns: Float64Array;
  readonly turn: IncrementProducts;
  /** Of the movement of either axis along the other: the antisymmetric and the symmetric part. */
  readonly across: readonly [IncrementProducts, IncrementProducts];
}

interface Turns {
  /** Weighted by the law of the axes over all neurons, which is known better than that of a plane. */
  readonly rates: Rates;
  readonly planes: readonly PlaneTurns[];
  /** Increments over all neurons, summed over axes, without what lies along an axis itself. */
  readonly drift: IncrementProducts;
  /** The first session of two neighbours that have less than half of the code in common; null where there are none. */
  readonly broken: number | null;
}

/**
 * How the frame of K population axes turns. Of C_ab = U_a U_b' (K x K, for frames u_k(s) = v_k' h(s) in parts of the root of their lasting strength) the
 * antisymmetric part A_ab = (C_ab - C_ab')/2 is the turn between two sessions. A fluctuation ξ that is new in each session adds differences to it,
 * and products ξ_a ξ_b', which belong to no session and would look like diffusion. Therefore each increment is seen from the mean frame U* of the sessions
 * near it, w_s = mean_c A_cs:
 *   δ_j(k,l) = (u*_k.(u_l(j+1) - u_l(j)) - u*_l.(u_k(j+1) - u_k(j))) / (2 |u*|),   rad.
 * It is linear in the code, so that it obeys the law of increments of any coordinate, E δ_i δ_j = D δ_ij dt_j + F (2 δ_ij - δ_(i,j±1)); the products go
 * into F, divided by the number of sessions. A session cancels in its own frame, so that no code turns by its own noise. Near is what overlaps with
 * both ends of the increment by half or more.
 *
 * The antisymmetric part, not the logarithm: it is linear, so that products from different trials are free of the bias of noise, which those of a
 * logarithm are not; of turns between overlapping sessions the two differ in third order. |u*|² is the mean over both axes: right where directions out
 * of the plane turn as fast as it, and to second order in turns where nothing else turns.
 */
export function turnsOf(codes: FrameCodes, dimensions: readonly StimulusAxis[]): Turns {
  const { times, sessions } = codes;
  const unit = unitFrames(
    codes,
    dimensions.map(({ axis }) => axis),
  );
  const overlaps = sessionOverlaps(unit);
  const broken = times.findIndex((_, j) => j + 1 < sessions && overlaps[j * sessions + j + 1] < MIN_OVERLAP);
  const ownDrift = driftOf(unit);
  const rates = ratesOf(times, ownDrift);
  // What lasts of an axis, over all neurons; not below what neighbouring sessions must have in common.
  const lasting = ownDrift.map((own) => Math.max(1 - rates.fluctuation(own), MIN_OVERLAP));
  const frames = scaledFrames(unit, (_, k) => 1 / Math.sqrt(lasting[k]));
  const near = windowsOf(overlaps, sessions);
  const references = referencesOf(frames, near);
  const moves = frames.pairs.map(([one, two]) => {
    const first = movesOf(one, frames, near, references);
    return [first, one === two ? first : movesOf(two, frames, near, references)] as const;
  });
  const all = movesOf(frames.whole, frames, near, references);
  const { size } = frames;
  const planes: PlaneTurns[] = [];
  for (let k = 0; k < size; k++) {
    for (let l = k + 1; l < size; l++) {
      const part = (of: readonly Float64Array[], sign: 1 | -1): Float64Array =>
        Float64Array.from(of, (move) => (move[k * size + l] + sign * move[l * size + k]) / 2);
      const turn = (of: readonly Float64Array[]): Float64Array =>
        part(of, -1).map((own, j) => own * turnFactor(references[j], k, l));
      const products = (coordinate: (of: readonly Float64Array[]) => Float64Array): IncrementProducts =>
        productsOf(moves.map((pair) => pair.map(coordinate)));
      planes.push({
        axes: [k, l],
        turns: turn(all),
        turn: products(turn),
        across: [products((of) => part(of, -1)), products((of) => part(of, 1))],
      });
    }
  }
  const along = dimensions.map((_, k) =>
    productsOf(moves.map((pair) => pair.map((of) => Float64Array.from(of, (move) => move[k * size + k])))),
  );
  const drift = driftOf(frames).map((own, k) => own.products.map((value, at) => value - along[k].products[at]));
  const summed = drift[0].map((_, at) => drift.reduce((sum, own) => sum + own[at], 0));
  return { planes, drift: { products: summed, noise: 0 }, rates, broken: broken < 0 ? null : broken };
}

/** For each increment the sessions from whose frames it is seen; its own two are always among them. */
const windowsOf = (overlaps: Float64Array, sessions: number): readonly (readonly number[])[] =>
  Array.from({ length: sessions - 1 }, (_, j) =>
    Array.from({ length: sessions }, (_, c) => c).filter((c) =>
      [j, j + 1].every((end) => [j, j + 1].includes(c) || overlaps[c * sessions + end] >= MIN_OVERLAP),
    ),
  );

type Windows = readonly (readonly number[])[];

const referenceOf = (frames: Frames, near: readonly number[]): Activity => meanOf(near.map((c) => frames[c]));

const stepOf = (frames: Frames, j: number): Activity => frames[j + 1].map((value, at) => value - frames[j][at]);

/** What a turn of 1 rad is in parts of the antisymmetric part of moves, inverted. */
const turnFactor = ({ square, along }: Reference, k: number, l: number): number => {
  const whole = square[k] + square[l];
  return Math.sqrt((2 * whole) / (whole + along[k] + along[l]));
};

/** How long the mean frame U* is that an increment is seen from, of each axis. */
interface Reference {
  /** |u*_k|², noise removed. */
  readonly square: Float64Array;
  /** u*_k.u_k of the frame that is seen, squared. */
  readonly along: Float64Array;
}

/** Of every increment. The frame that is seen is that of its two sessions, the mean over both; in its own frame an axis has length 1. */
function referencesOf({ whole, pairs, size, neurons }: UnitFrames, near: Windows): readonly Reference[] {
  return near.map((own, j) => {
    const parts = pairs.map((pair) => pair.map((frames) => referenceOf(frames, own)));
    const along = (k: number): number => {
      let sum = 0;
      for (const end of [j, j + 1]) {
        for (const c of own) sum += c === end ? 1 : overlapOf(whole[c], k, whole[end], k, neurons);
      }
      return sum / (2 * own.length);
    };
    return {
      square: Float64Array.from(
        { length: size },
        (_, k) => parts.reduce((sum, [one, two]) => sum + overlapOf(one, k, two, k, neurons), 0) / pairs.length,
      ),
      along: Float64Array.from({ length: size }, (_, k) => along(k) ** 2),
    };
  });
}

/** u*_k.(u_l(j+1) - u_l(j)) of each increment, over the root mean square length of u*_k and u*_l, K x K. */
function movesOf(
  frames: Frames,
  { size, neurons }: UnitFrames,
  near: Windows,
  references: readonly Reference[],
): readonly Float64Array[] {
  return near.map((own, j) => {
    const reference = referenceOf(frames, own);
    const step = stepOf(frames, j);
    const { square } = references[j];
    const result = new Float64Array(size * size);
    for (let k = 0; k < size; k++) {
      for (let l = 0; l < size; l++) {
        result[k * size + l] = overlapOf(reference, k, step, l, neurons) / Math.sqrt((square[k] + square[l]) / 2);
      }
    }
    return result;
  });
}

/** Products of increments from two halves of the trials, mean over the ways to part them. */
function productsOf(pairs: readonly (readonly Float64Array[])[]): IncrementProducts {
  const count = pairs[0][0].length;
  const products = new Float64Array(count * count);
  let noise = 0;
  for (const [one, two] of pairs) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        products[i * count + j] += (one[i] * two[j] + one[j] * two[i]) / (2 * pairs.length);
      }
      noise += (one[i] - two[i]) ** 2;
    }
  }
  // The difference of two halves has four times the variance of their mean, and an increment is a difference of two sessions.
  return { products, noise: noise / (8 * count * pairs.length) };
}

/** Products of increments of each axis, summed over neurons. */
function driftOf({ pairs, size, neurons, sessions }: UnitFrames): readonly IncrementProducts[] {
  const count = sessions - 1;
  const all = Array.from({ length: size }, () => new Float64Array(count * count));
  const steps = pairs.map((pair) => pair.map((frames) => Array.from({ length: count }, (_, j) => stepOf(frames, j))));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < size; k++) {
        for (const [one, two] of steps) {
          const value = overlapOf(one[i], k, two[j], k, neurons) / (2 * pairs.length);
          all[k][i * count + j] += value;
          all[k][j * count + i] += value;
        }
      }
    }
  }
  return all.map((products, k) => {
    let noise = 0;
    for (const [one, two] of steps) {
      for (let j = 0; j < count; j++) {
        for (let at = k * neurons; at < (k + 1) * neurons; at++) noise += (one[j][at] - two[j][at]) ** 2;
      }
    }
    return { products, noise: noise / (8 * count * pairs.length) };
  });
}
