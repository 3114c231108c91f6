import { exp } from '#random';

/** Step of the trapezoidal rule on the axis of log t: a relative error of some 2 exp(-pi^2 / step), 10^-5 of 10^-2. */
const STEP = 0.7;
/** The rule begins where exp(-rate t) is 1 but for this, and ends where it is exp(-LAST). */
const FIRST = 5e-4;
const LAST = 18;

/** An integral over time as a sum: sum_q weight_q exp(-rate time_q) = 1 / rate, to 10^-5, for rates from `slowest` to `fastest`. */
export interface TimeNodes {
  readonly times: Float64Array;
  readonly weights: Float64Array;
}

/**
 * int_0^inf exp(-rate t) dt on t = exp(k STEP), where the trapezoidal rule converges exponentially. What lies before the first time, where
 * the exponential is one, has the sum of a geometric series for its weight.
 */
export function timeNodes(slowest: number, fastest: number): TimeNodes {
  const ratio = exp(STEP);
  const first = FIRST / fastest;
  const times: number[] = [];
  for (let time = first; times.length < 2 || time / ratio < LAST / slowest; time *= ratio) times.push(time);
  const weights = times.map((time) => STEP * time);
  weights[0] *= ratio / (ratio - 1);
  return { times: Float64Array.from(times), weights: Float64Array.from(weights) };
}
