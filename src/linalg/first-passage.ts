import type { LinearFlow } from './linear-flow.js';
import { dot, zeros, type Matrix } from './matrix.js';

/** Most steps to a passage: some thousand turns, and a course that has not passed is taken as one that never does. */
const MAX_STEPS = 20_000;
/** The longest step is 2^60 times the finest, a million million times 1 / |A|: beyond it nothing moves any more. */
const LONGEST = 60;
/** Panels of the trapezoidal rule, at least: enough for the third digit of a standard error. */
const PANELS = 64;

/**
 * The first time t at which c^T exp(tA) c falls to `level`, of a flow that lengthens no vector (A + A^T has no positive
 * eigenvalue). null where it never does, where it begins at or below the level, and where it rises above its beginning.
 *
 * With y = exp(tA) c the second derivative is at most |A^T c| |A y| from t on, so that a parabola bounds the course from
 * below: no passage is stepped over. The last step is one of Newton's, whose relative error is some 10^-12. Some 60 steps of
 * O(r^2), and more where the course turns often before.
 */
export function firstPassage(flow: LinearFlow, c: Float64Array, level: number): number | null {
  if (!(dot(c, c) > level) || !Number.isFinite(flow.finest)) return null;
  const pull = flow.transposedRate(c);
  const longest = flow.finest * 2 ** LONGEST;
  let y = c;
  let time = 0;
  for (let n = 0; n < MAX_STEPS && time < longest; n++) {
    const above = dot(c, y) - level;
    const slope = dot(pull, y);
    const rate = flow.rate(y);
    const bend = Math.sqrt(dot(pull, pull) * dot(rate, rate));
    // The zero of above + slope s - bend s^2 / 2: no passage is earlier.
    const earliest = (2 * above) / (Math.sqrt(slope * slope + 2 * above * bend) - slope);
    if (!(above > 0)) return time;
    if (above > (1 + 1e-9) * (dot(c, c) - level)) return null;
    if (earliest < flow.finest) return time + earliest;
    // Where noise makes A lengthen a vector, the parabola is not a bound: a step that passes the level is halved.
    let k = stepsWithin(flow, earliest);
    let next = flow.advance(y, k);
    while (k > 0 && dot(c, next) < level) next = flow.advance(y, --k);
    if (dot(c, next) < level) return time + flow.finest;
    y = next;
    time += flow.finest * 2 ** k;
  }
  return null;
}

/** The largest k, up to 60, of a step finest 2^k that is no longer than a duration. */
function stepsWithin({ finest }: LinearFlow, duration: number): number {
  let k = 0;
  while (k < LONGEST && finest * 2 ** (k + 1) <= duration) k++;
  return k;
}

/** How a generator A (r x r), a vector c and a level differ from those of a passage. */
export interface PassageChange {
  readonly generator: Matrix;
  readonly c: Float64Array;
  readonly level: number;
}

/**
 * How much later, to first order, each change makes the passage at `time` (of `firstPassage`):
 *   -(G.dA + c^T (E + E^T) dc - dlevel) / (c^T A E c),  E = exp(tA),  G = int_0^t exp((t-u) A^T) c c^T exp(u A^T) du,
 * the integral by the trapezoidal rule. O(r^2) for each of 64 to 128 panels and for each change.
 */
export function passageDelays(
  flow: LinearFlow,
  c: Float64Array,
  time: number,
  changes: readonly PassageChange[],
): number[] {
  const { gradient, forward, backward } = passageGradient(flow, c, time);
  const slope = dot(c, flow.rate(forward));
  return changes.map(({ generator, c: change, level }) => {
    const turned = dot(gradient.data, generator.data) + dot(forward, change) + dot(backward, change);
    return (level - turned) / slope;
  });
}

/** G, E c and E^T c. */
function passageGradient(
  flow: LinearFlow,
  c: Float64Array,
  time: number,
): { gradient: Matrix; forward: Float64Array; backward: Float64Array } {
  const k = stepsWithin(flow, time / PANELS);
  const width = flow.finest * 2 ** k;
  const panels = Math.floor(time / width);
  const rest = time - panels * width;
  // exp(s A^T) c at s = rest, rest + width, ..., time.
  const behind = [after(flow, c, rest, true)];
  for (let n = 0; n < panels; n++) behind.push(flow.advance(behind[n], k, true));
  const gradient = zeros(c.length, c.length);
  const addProduct = (weight: number, x: Float64Array, y: Float64Array): void => {
    x.forEach((value, i) => {
      for (let j = 0; j < y.length; j++) gradient.data[i * y.length + j] += weight * value * y[j];
    });
  };
  let y = c;
  for (let n = 0; n <= panels; n++) {
    if (n > 0) y = flow.advance(y, k);
    const weight = ((n > 0 ? width : 0) + (n < panels ? width : rest)) / 2;
    addProduct(weight, behind[panels - n], y);
  }
  const forward = after(flow, y, rest, false);
  addProduct(rest / 2, c, forward);
  return { gradient, forward, backward: behind[panels] };
}

/** exp(duration A) y, to whole steps of the finest. */
function after(flow: LinearFlow, y: Float64Array, duration: number, transposed: boolean): Float64Array {
  let result = y;
  let rest = duration;
  while (rest >= flow.finest) {
    const k = stepsWithin(flow, rest);
    result = flow.advance(result, k, transposed);
    rest -= flow.finest * 2 ** k;
  }
  return result;
}
