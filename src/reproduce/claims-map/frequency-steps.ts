import type { Estimate } from '#core';

/** Angular drift rates D/|h|^2 (rad^2 per step) at one frequency of a stimulus. */
export interface FrequencyPoint {
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly frequency: number;
  /** Rate of the stimulus; the error of a prediction is 0. */
  readonly rate: Estimate;
  /** Rates of other stimuli. */
  readonly others: readonly number[];
}

/** The effect of a higher frequency on the drift, all else equal. */
export interface FrequencyStep {
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly from: number;
  readonly to: number;
  /** Mean of d ln(rate) / d f from one frequency to the other: negative if more frequent means slower. */
  readonly slope: Estimate;
  /** 1 if the stimulus drifts more slowly than all others at the higher frequency, 2 if than all but one, and so on. */
  readonly rank: number;
}

/**
 * The paper's fourth claim in numbers: ln(rate(to) / rate(from)) / (to - from) between neighbouring frequencies at the
 * same weight decay and label noise. The points may be in any order; their errors are taken as independent.
 */
export function frequencySteps(points: readonly FrequencyPoint[]): FrequencyStep[] {
  const settings = new Map<string, FrequencyPoint[]>();
  for (const point of points) {
    const key = `${point.weightDecay} ${point.labelNoiseVariance}`;
    settings.set(key, [...(settings.get(key) ?? []), point]);
  }
  return [...settings.values()].flatMap((setting) => {
    const ascending = [...setting].sort((a, b) => a.frequency - b.frequency);
    return ascending.slice(1).map((upper, k) => step(ascending[k], upper));
  });
}

/** The label noise at which the slope is 0, for a weight decay and two frequencies. */
export interface TurningPoint {
  readonly weightDecay: number;
  readonly from: number;
  readonly to: number;
  readonly labelNoiseVariance: number;
}

/** Zeros of the slope between neighbouring label noises (above 0), linear in their logarithm. */
export function turningPoints(steps: readonly FrequencyStep[]): TurningPoint[] {
  return steps.flatMap(({ weightDecay, from, to, labelNoiseVariance, slope }) => {
    const noisier = steps
      .filter((other) => other.weightDecay === weightDecay && other.from === from)
      .filter((other) => other.labelNoiseVariance > labelNoiseVariance)
      .sort((a, b) => a.labelNoiseVariance - b.labelNoiseVariance)
      .at(0);
    if (!noisier || slope.value * noisier.slope.value >= 0) return [];
    const share = slope.value / (slope.value - noisier.slope.value);
    const zero = labelNoiseVariance * (noisier.labelNoiseVariance / labelNoiseVariance) ** share;
    return [{ weightDecay, from, to, labelNoiseVariance: zero }];
  });
}

function step(lower: FrequencyPoint, upper: FrequencyPoint): FrequencyStep {
  const { weightDecay, labelNoiseVariance, rate, others } = upper;
  const width = upper.frequency - lower.frequency;
  const relative = (estimate: Estimate): number => estimate.se / estimate.value;
  return {
    weightDecay,
    labelNoiseVariance,
    from: lower.frequency,
    to: upper.frequency,
    slope: {
      value: Math.log(rate.value / lower.rate.value) / width,
      se: Math.hypot(relative(rate), relative(lower.rate)) / width,
    },
    rank: 1 + others.filter((other) => other < rate.value).length,
  };
}
