import { GROUPS, type Codes } from '../codes/codes.js';
import type { Activity } from '../similarity/class-gram.js';

/** One population that is the same in every session: a frame has to be of the same neurons throughout. */
export interface FrameCodes {
  readonly sessions: number;
  readonly stimuli: number;
  /** Neurons with a value in every session, for every stimulus and in every group of trials. */
  readonly neurons: number;
  readonly times: readonly number[];
  /** Means over all trials of each session, stimuli x neurons. */
  readonly mean: readonly Activity[];
  /** Means over each of four groups of trials, [session][group]; null where activity is free of trial noise. */
  readonly groups: readonly (readonly Activity[])[] | null;
}

/** The codes of the neurons that were recorded in every session. `noiseFree`: groups of trials are not needed. */
export function frameCodes(codes: Codes, noiseFree: boolean): FrameCodes {
  const { sessions, stimuli, neurons, times, mean, groups } = codes;
  const cells = stimuli * neurons;
  const parts = groups && !noiseFree && groups.count === GROUPS ? groups : null;
  const complete = new Uint8Array(neurons).fill(1);
  for (const values of [mean, ...(parts ? [parts.mean] : [])]) {
    for (let c = 0; c < values.length; c++) if (Number.isNaN(values[c])) complete[c % neurons] = 0;
  }
  const kept = Array.from(complete.keys()).filter((n) => complete[n] === 1);
  const taken = (values: Float64Array, part: number): Activity => {
    const result = new Float64Array(stimuli * kept.length);
    for (let i = 0, k = 0; i < stimuli; i++) {
      const start = part * cells + i * neurons;
      for (const n of kept) result[k++] = values[start + n];
    }
    return result;
  };
  const each = Array.from({ length: sessions }, (_, s) => s);
  return {
    ...{ sessions, stimuli, times },
    neurons: kept.length,
    mean: each.map((s) => taken(mean, s)),
    groups: parts && each.map((s) => Array.from({ length: GROUPS }, (_, g) => taken(parts.mean, s * GROUPS + g))),
  };
}

/** The three ways to part four groups of trials into two halves. */
export const HALVES = [
  [
    [0, 1],
    [2, 3],
  ],
  [
    [0, 2],
    [1, 3],
  ],
  [
    [0, 3],
    [1, 2],
  ],
] as const;

/**
 * Population axes x_k = v_k' h of a session, K x N, for stimulus axes v_k (K x M, orthogonal to the constant, so that centring changes
 * nothing).
 */
export function populationAxes(code: Activity, axes: readonly Float64Array[], neurons: number): Activity {
  const result = new Float64Array(axes.length * neurons);
  axes.forEach((axis, k) => {
    const own = result.subarray(k * neurons, (k + 1) * neurons);
    axis.forEach((weight, i) => {
      const start = i * neurons;
      for (let n = 0; n < neurons; n++) own[n] += weight * code[start + n];
    });
  });
  return result;
}

/** x_k.y_l over neurons. */
export function overlapOf(x: Activity, k: number, y: Activity, l: number, neurons: number): number {
  let sum = 0;
  for (let n = 0; n < neurons; n++) sum += x[k * neurons + n] * y[l * neurons + n];
  return sum;
}

export const meanOf = (parts: readonly Activity[]): Activity =>
  parts[0].map((_, c) => parts.reduce((sum, own) => sum + own[c], 0) / parts.length);
