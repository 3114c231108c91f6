import { functionsOf, type Axis } from './axis.js';

/** Distance of the points of two series at one value, as fraction of the axis, at most of the way to the next value. */
const SHIFT = 0.024;
const MAX_SHIFT = 0.8;
/** Most of the axis that the points of one value fill together; the axis extends beyond its values by room for half of that and a mark. */
const MARGIN = 0.084;

/** The position on the axis at which the point of series k of `count` is drawn, so that none covers another. */
export function sideBySide(
  values: readonly number[],
  scale: Axis['scale'],
  count: number,
): (value: number, k: number) => number {
  const [forward, backward] = functionsOf(scale);
  const places = values.map(forward);
  const span = Math.max(...places) - Math.min(...places);
  return (value, k) => {
    const place = forward(value);
    const gap = Math.min(...places.map((other) => Math.abs(other - place)).filter((distance) => distance > 0));
    const moved = (k - (count - 1) / 2) * Math.min(SHIFT * span, (MAX_SHIFT * gap) / count, (MARGIN * span) / count);
    // Unmoved values stay the same to the last bit.
    return moved === 0 ? value : backward(place + moved);
  };
}
