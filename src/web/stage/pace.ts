import { formatNumber } from '#core';
import type { LabPoint } from '../prediction/messages.js';

/** Steps of learning in one second of the page: a number, as fast as the networks can, or one that lets codes turn in seconds. */
export type Pace = number | 'network' | 'auto';

/** The choices: 1, 2, 5, 10, … from a thousand to ten thousand million. */
export const paces: readonly number[] = Array.from(
  { length: 22 },
  (_, k) => [1, 2, 5][k % 3] * 10 ** (3 + Math.floor(k / 3)),
);

/** Seconds in which the slowest code loses half of its correlation at the pace of `auto`. */
const HALF_LIFE_SECONDS = 8;

/** Steps in a second; Infinity for as fast as the networks can, as where no code is predicted to turn. */
export function stepsPerSecond(pace: Pace, point: LabPoint | null): number {
  if (pace === 'network') return Infinity;
  if (pace !== 'auto') return pace;
  const slowest = longestHalfLife(point);
  return slowest === null ? Infinity : nearestPace(slowest / HALF_LIFE_SECONDS);
}

/** The longest half-life of the codes, steps; null where none of them turns. */
export function longestHalfLife(point: LabPoint | null): number | null {
  const lives = point?.probes.flatMap(({ halfLife }) => (halfLife === null ? [] : [halfLife])) ?? [];
  return lives.length > 0 ? Math.max(...lives) : null;
}

/** The choice that is nearest on a logarithmic scale. */
export const nearestPace = (wanted: number): number =>
  paces.reduce((best, pace) => (Math.abs(Math.log(pace / wanted)) < Math.abs(Math.log(best / wanted)) ? pace : best));

export const paceText = (pace: number): string =>
  Number.isFinite(pace) ? `1 second is ${formatNumber(pace, 2, 'typeset')} steps` : 'as fast as the networks learn';
