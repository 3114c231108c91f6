import type { Activity } from '../similarity/class-gram.js';
import { HALVES, meanOf, overlapOf, populationAxes, type FrameCodes } from './frame-codes.js';

/** Population axes of every session: [session], K x N. */
export type Frames = readonly Activity[];

/** The same frames from two halves of the trials; the same object twice where there is no trial noise. */
export type FramePair = readonly [Frames, Frames];

export interface UnitFrames {
  readonly size: number;
  readonly neurons: number;
  readonly sessions: number;
  /** Of all trials. */
  readonly whole: Frames;
  /** Of two halves of them, in each of the ways to part four groups. */
  readonly pairs: readonly FramePair[];
}

/**
 * Frames u_k(s) = v_k' h(s) / (γ_s L_k^(1/2)) of unit strength, trial noise left out: L_k is the mean strength over sessions, γ_s² the mean over axes of
 * the session's strength in parts of it, its gain.
 */
export function unitFrames({ mean, groups, neurons, sessions }: FrameCodes, axes: readonly Float64Array[]): UnitFrames {
  const size = axes.length;
  const project = (parts: readonly Activity[]): Frames => parts.map((code) => populationAxes(code, axes, neurons));
  const whole = project(mean);
  const projected = groups?.map(project);
  const pairs = projected
    ? HALVES.map(([one, two]): FramePair => {
        const half = (of: readonly number[]): Frames => projected.map((own) => meanOf(of.map((g) => own[g])));
        return [half(one), half(two)];
      })
    : [[whole, whole] as const];
  const strengths = whole.map((_, s) =>
    Float64Array.from({ length: size }, (_, k) =>
      meanOverPairs(pairs, ([one, two]) => overlapOf(one[s], k, two[s], k, neurons)),
    ),
  );
  const means = meanOf(strengths);
  const gains = strengths.map((own) => own.reduce((sum, value, k) => sum + value / means[k], 0) / size);
  return scaledFrames({ size, neurons, sessions, whole, pairs }, (s, k) => 1 / Math.sqrt(means[k] * gains[s]));
}

export function scaledFrames(frames: UnitFrames, factor: (session: number, axis: number) => number): UnitFrames {
  const { size, neurons, whole, pairs } = frames;
  const factors = whole.map((_, s) => Float64Array.from({ length: size }, (_, k) => factor(s, k)));
  const scaled = (own: Frames): Frames =>
    own.map((code, s) => code.map((value, at) => value * factors[s][Math.floor(at / neurons)]));
  const all = scaled(whole);
  return {
    ...frames,
    whole: all,
    pairs: pairs.map(([one, two]): FramePair => (one === two ? [all, all] : [scaled(one), scaled(two)])),
  };
}

const meanOverPairs = (pairs: readonly FramePair[], of: (pair: FramePair) => number): number =>
  pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;

/** Mean over axes of u_k(a).u_k(b), S x S: trials of two sessions have no noise in common; 1 on the diagonal. */
export function sessionOverlaps({ whole, size, neurons, sessions }: UnitFrames): Float64Array {
  const result = new Float64Array(sessions * sessions).fill(1);
  for (let a = 0; a < sessions; a++) {
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += overlapOf(whole[a], k, whole[b], k, neurons);
      result[a * sessions + b] = result[b * sessions + a] = sum / size;
    }
  }
  return result;
}
