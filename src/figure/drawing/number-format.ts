import { powerOfTen } from '#core';
import type { Axis, Ticks } from './axis.js';

/**
 * How the numbers of one axis are written: plainly if they are easy to read so, else with a power of ten; with a minus
 * sign.
 */
export function numberFormat(values: readonly number[], scale: Axis['scale'] = 'linear'): Ticks['format'] {
  const isPlain = values.every((value) => value === 0 || (Math.abs(value) >= 0.999e-3 && Math.abs(value) < 1e5));
  const decimals = Math.max(0, ...values.map((value) => `${value}`.split('.').at(1)?.length ?? 0));
  return (value) => {
    if (value === 0) return '0';
    if (isPlain) return (scale === 'log' ? `${value}` : value.toFixed(decimals)).replace('-', '−');
    const [mantissa, exponent] = value.toExponential(6).split('e').map(Number);
    if (mantissa === 1) return powerOfTen(exponent);
    return `${mantissa}×${powerOfTen(exponent)}`.replace('-', '−');
  };
}

/** How swept values are written: each to three digits, without trailing zeros. */
export function valueFormat(values: readonly number[]): Ticks['format'] {
  const written = numberFormat(values.map(threeDigits), 'log');
  return (value) => written(threeDigits(value));
}

const threeDigits = (value: number): number => Number(value.toPrecision(3));
