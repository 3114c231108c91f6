import type { Zero } from './zero.js';

/** An axis of a panel. */
export interface Axis {
  /** With unit, e.g. `diffusion D (activation² per step)`. */
  readonly label: string;
  readonly scale: 'log' | 'linear';
  /** Ends of the axis; around the values that are drawn unless given. */
  readonly domain?: readonly [number, number];
  /** Where a logarithmic axis has 0, which is none of its numbers; what is drawn there is given by this place. */
  readonly zero?: Zero;
  /** Values to label instead of round numbers, as many as there is space for. */
  readonly values?: readonly number[];
}

export interface Ticks {
  readonly labelled: readonly number[];
  /** Ticks without labels. */
  readonly minor: readonly number[];
  readonly format: (value: number) => string;
}

/** From a value to where it is on an axis, up to a linear map, and back. */
export const functionsOf = (scale: Axis['scale']): readonly [(value: number) => number, (place: number) => number] =>
  scale === 'log' ? [Math.log, Math.exp] : [Number, Number];

/** The interval of an axis that shows all values, with a margin of 6% at both ends. */
export function domainOf(scale: Axis['scale'], values: readonly number[]): [number, number] {
  const [forward, backward] = functionsOf(scale);
  const low = Math.min(...values.map(forward));
  const high = Math.max(...values.map(forward));
  const span = high - low || (scale === 'log' ? 1 : Math.abs(high) || 1);
  return [backward(low - 0.06 * span), backward(high + 0.06 * span)];
}
