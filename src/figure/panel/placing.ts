import { functionsOf, type Axis } from '../drawing/axis.js';

/** From values to px along an axis of a length, and back. */
export function placing(
  scale: Axis['scale'],
  domain: readonly [number, number],
  length: number,
): { readonly place: (value: number) => number; readonly valueAt: (place: number) => number } {
  const [forward, backward] = functionsOf(scale);
  const [low, high] = domain.map(forward);
  return {
    place: (value) => (length * (forward(value) - low)) / (high - low),
    valueAt: (place) => backward(low + (place / length) * (high - low)),
  };
}
