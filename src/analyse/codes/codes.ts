import type { Recording } from '#recording';

/** Trials are dealt into so many groups at most, one after the other: products of different groups have no noise in common. */
export const GROUPS = 4;

/**
 * Codes: means over trials and what noise leaves in them. Arrays are [session, stimulus, neuron], row-major; NaN where a neuron has
 * no value, or fewer than the two trials that tell its noise.
 */
export interface Codes {
  readonly sessions: number;
  readonly stimuli: number;
  readonly neurons: number;
  readonly trials: number;
  readonly times: readonly number[];
  /** x̄, and the variance s²/K of x̄ by trial noise (0 where there is none, or where one trial does not tell). */
  readonly mean: Float64Array;
  readonly noise: Float64Array;
  /** Means over every fourth trial (fewer trials: each trial), [session, group, stimulus, neuron]; null for one trial or no noise. */
  readonly groups: { readonly count: number; readonly mean: Float64Array } | null;
  /** A session in parts: consecutive trials, means and their noise, [session, part, stimulus, neuron]; null for fewer than four trials. */
  readonly parts: Parts | null;
}

export interface Parts {
  readonly count: number;
  readonly mean: Float64Array;
  readonly noise: Float64Array;
}

/**
 * Whether each neuron was without activity in a session, [session, neuron]: 0 or no value in every trial and for every stimulus; and whether
 * it had no value at all.
 */
export function inactiveCells({ sessions, trials, stimuli, neurons, values }: Recording): {
  readonly silent: Uint8Array;
  readonly lost: Uint8Array;
} {
  const [silent, lost] = [new Uint8Array(sessions * neurons).fill(1), new Uint8Array(sessions * neurons).fill(1)];
  const length = trials * stimuli * neurons;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (Number.isNaN(value)) continue;
    const cell = Math.floor(at / length) * neurons + (at % neurons);
    lost[cell] = 0;
    if (value !== 0) silent[cell] = 0;
  }
  return { silent, lost };
}

/** A recording in which neurons without activity in a session have this value there. */
export function withInactiveAs(recording: Recording, replacement: number): Recording {
  const { trials, stimuli, neurons } = recording;
  const { silent } = inactiveCells(recording);
  const length = trials * stimuli * neurons;
  const values = recording.values.map((value: number, at: number) =>
    silent[Math.floor(at / length) * neurons + (at % neurons)] === 1 ? replacement : value,
  );
  return { ...recording, values };
}

/** Means of the trials of a recording. With `zeroIsMissing` a neuron that is 0 throughout a session has no value there. */
export function codesOf(recording: Recording, zeroIsMissing: boolean): Codes {
  const { sessions, trials, stimuli, neurons, times, noiseFree } = recording;
  const { values } = zeroIsMissing ? withInactiveAs(recording, NaN) : recording;
  const cells = stimuli * neurons;
  const leastTrials = noiseFree || trials === 1 ? 1 : 2;
  const average = (
    session: number,
    picked: readonly number[],
    least: number,
    mean: Float64Array,
    noise: Float64Array | null,
  ): void => {
    averageTrials(values, session * trials * cells, picked, least, mean, noise);
  };
  const all = Array.from({ length: trials }, (_, k) => k);
  const mean = new Float64Array(sessions * cells);
  const noise = new Float64Array(sessions * cells);
  const groupCount = Math.min(trials, GROUPS);
  const groups =
    groupCount > 1 && !noiseFree ? { count: groupCount, mean: new Float64Array(sessions * groupCount * cells) } : null;
  const count = trials >= 2 * GROUPS ? GROUPS : 2;
  const parts =
    trials >= GROUPS && !noiseFree
      ? {
          count,
          mean: new Float64Array(sessions * count * cells),
          noise: new Float64Array(sessions * count * cells),
        }
      : null;
  for (let s = 0; s < sessions; s++) {
    const own = (array: Float64Array, of: number, k: number): Float64Array =>
      array.subarray((s * of + k) * cells, (s * of + k + 1) * cells);
    average(s, all, leastTrials, own(mean, 1, 0), own(noise, 1, 0));
    for (let g = 0; groups && g < groupCount; g++) {
      average(
        s,
        all.filter((k) => k % groupCount === g),
        1,
        own(groups.mean, groupCount, g),
        null,
      );
    }
    for (let p = 0; parts && p < count; p++) {
      const picked = all.filter((k) => Math.floor((k * count) / trials) === p);
      average(s, picked, 2, own(parts.mean, count, p), own(parts.noise, count, p));
    }
  }
  return { sessions, stimuli, neurons, trials, times, mean, noise, groups, parts };
}

/** Mean and squared error of the mean of the picked trials, for each cell; NaN where fewer than `least` have a value. */
function averageTrials(
  values: Recording['values'],
  from: number,
  picked: readonly number[],
  least: number,
  mean: Float64Array,
  noise: Float64Array | null,
): void {
  const cells = mean.length;
  const counts = new Uint32Array(cells);
  for (const k of picked) {
    const start = from + k * cells;
    for (let c = 0; c < cells; c++) {
      const value = values[start + c];
      if (Number.isNaN(value)) continue;
      counts[c]++;
      // Welford's recurrence: no cancellation, whatever the baseline.
      const step = value - mean[c];
      mean[c] += step / counts[c];
      if (noise) noise[c] += step * (value - mean[c]);
    }
  }
  for (let c = 0; c < cells; c++) {
    const count = counts[c];
    if (count < least) {
      mean[c] = NaN;
      if (noise) noise[c] = NaN;
    } else if (noise) {
      noise[c] = count > 1 ? noise[c] / (count * (count - 1)) : 0;
    }
  }
}

/** The codes with every value multiplied by a factor of its session and neuron. */
export function scaled(codes: Codes, factor: (session: number, neuron: number) => number): Codes {
  const { sessions, stimuli, neurons, groups, parts } = codes;
  const rescaled = (array: Float64Array, of: number, power: 1 | 2): Float64Array => {
    const result = new Float64Array(array.length);
    for (let s = 0; s < sessions; s++) {
      const factors = Float64Array.from({ length: neurons }, (_, n) => factor(s, n) ** power);
      const start = s * of * stimuli * neurons;
      for (let c = 0; c < of * stimuli * neurons; c++) result[start + c] = array[start + c] * factors[c % neurons];
    }
    return result;
  };
  return {
    ...codes,
    mean: rescaled(codes.mean, 1, 1),
    noise: rescaled(codes.noise, 1, 2),
    groups: groups && { ...groups, mean: rescaled(groups.mean, groups.count, 1) },
    parts: parts && {
      ...parts,
      mean: rescaled(parts.mean, parts.count, 1),
      noise: rescaled(parts.noise, parts.count, 2),
    },
  };
}
