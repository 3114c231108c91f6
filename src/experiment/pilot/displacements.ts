/** Mean squared displacements over some lags: of each replica, [lag][replica]. */
interface DisplacementCourse {
  /** In samples: 1, 2, 4, ... */
  readonly lags: readonly number[];
  readonly values: readonly (readonly number[])[];
}

/** A slope may be so many times that at four times the lag. */
const LINEAR = 1.4;
/** Before relaxation displacements grow linearly too: afterwards less is drift than this share, or the slope was so many times as large. */
const OFFSET = 0.8;
const STEEPER = 1.5;
/** Relative standard error at which a slope is known. */
const KNOWN = 0.25;
/** Growth of the displacement over the last factor of four in lag below which it is bounded; then the lag is where it has come so near. */
const BOUNDED = 0.03;

/** Mean squared displacement over lags of 1, 2, 4, ... samples, at most a quarter of all, in courses of each replica. */
export function meanSquaredDisplacements(courses: readonly (readonly Float64Array[])[]): DisplacementCourse {
  const samples = courses[0].length;
  const lags: number[] = [];
  for (let lag = 1; lag <= samples / 4; lag *= 2) lags.push(lag);
  const values = lags.map((lag) =>
    courses.map((course) => {
      let sum = 0;
      for (let t = 0; t + lag < samples; t++) {
        const [from, to] = [course[t], course[t + lag]];
        for (let i = 0; i < from.length; i++) sum += (to[i] - from[i]) ** 2;
      }
      return sum / (samples - lag);
    }),
  );
  return { lags, values };
}

/** Where displacements grow linearly. */
export interface LinearGrowth {
  /** In samples. */
  readonly lag: number;
  /** Relative variance of the square of one displacement over that lag. */
  readonly variance: number;
  /** Part of the mean squared displacement that is drift: the slope times the lag; 0 where displacements are bounded. */
  readonly share: number;
}

/**
 * The shortest lag from which on the mean squared displacement grows in proportion to the lag, or no more: relaxation is over and drift is
 * left. Null where the lags are too short to tell. `samples` are those of each course.
 */
export function linearFrom({ lags, values }: DisplacementCourse, samples: number): LinearGrowth | null {
  const means = values.map(estimateOf);
  const slopes = lags.slice(1).map((lag, j) => {
    const differences = values[j + 1].map((value, replica) => (value - values[j][replica]) / (lag - lags[j]));
    return estimateOf(differences);
  });
  const relative = ({ value, error }: Mean): number => (error / value) ** 2;
  const isKnown = ({ value, error }: Mean): boolean => value > 0 && error < KNOWN * value;
  const shareAt = (j: number): number => (slopes[j].value * lags[j]) / means[j].value;
  const linear = slopes.findIndex((now, j) => {
    const later = slopes.at(j + 2);
    const isLinear = later !== undefined && isKnown(now) && isKnown(later) && now.value <= LINEAR * later.value;
    return isLinear && (shareAt(j) < OFFSET || slopes[0].value > STEEPER * now.value);
  });
  const at = (j: number, share: number): LinearGrowth => ({
    lag: lags[j],
    variance: (relative(means[j]) * values[j].length * samples) / lags[j],
    share,
  });
  if (linear >= 0) return at(linear, shareAt(linear));
  const top = means[means.length - 1].value;
  if (top - means[means.length - 3].value > BOUNDED * top) return null;
  const bounded = means.findIndex(({ value }) => value >= (1 - BOUNDED) * top);
  return at(bounded, 0);
}

interface Mean {
  readonly value: number;
  readonly error: number;
}

function estimateOf(all: readonly number[]): Mean {
  const value = all.reduce((sum, own) => sum + own, 0) / all.length;
  const square = all.reduce((sum, own) => sum + (own - value) ** 2, 0);
  return { value, error: Math.sqrt(square / (all.length * (all.length - 1))) };
}
