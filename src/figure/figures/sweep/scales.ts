import type { Axis } from '../../drawing/axis.js';

/** Points of a line of the theory. */
const GRID_POINTS = 100;

/** Logarithmic if all values are above 0 and span a factor. */
export function scaleOf(values: readonly number[], factor: number): Axis['scale'] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high / low >= factor ? 'log' : 'linear';
}

/** The scale of a swept parameter. */
export const parameterScale = (values: readonly number[]): Axis['scale'] => scaleOf(values, 4);

/** The swept values, and enough values between them for a smooth line in `sweepCurves`. */
export function sweepGrid(values: readonly number[]): number[] {
  const isLog = parameterScale(values) === 'log';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const between = Array.from({ length: GRID_POINTS }, (_, k) => {
    const t = k / (GRID_POINTS - 1);
    return isLog ? low * (high / low) ** t : low + t * (high - low);
  });
  return [...new Set([...values, ...between.slice(1, -1)])].sort((a, b) => a - b);
}
