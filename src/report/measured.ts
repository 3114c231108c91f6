import type { Measured } from '#analyse';
import { formatEstimate, formatLike, formatNumber, MISSING, type NumberStyle } from '#core';

/** A measured number, and all that belongs to it, times a factor above 0. */
export const scaled = ({ value, se, interval95 }: Measured, factor: number): Measured => ({
  value: value === null ? null : factor * value,
  se: se === null ? null : factor * se,
  interval95: interval95 && [factor * interval95[0], factor * interval95[1]],
});

/** Value and standard error; only the value where there is no error. */
export const formatMeasured = ({ value, se }: Measured, style: NumberStyle = 'plain'): string => {
  if (value === null) return MISSING;
  return se === null ? formatNumber(value, undefined, style) : formatEstimate({ value, se }, style);
};

/** The 95% interval, both ends to the digits of the estimate; ∞ for an end that is not bounded. */
export function formatInterval({ se, interval95 }: Measured, style: NumberStyle = 'plain'): string {
  if (interval95 === null) return MISSING;
  const [low, high] = interval95;
  const error = se !== null && se > 0 ? se : (high - low) / 4;
  return [low, high].map((end) => (Number.isFinite(end) ? unsigned(formatLike(end, error, style)) : '∞')).join(' to ');
}

/** Without the sign of what is 0 to its last digit. */
const unsigned = (text: string): string => text.replace(/^[-−](?=[0.]+$)/, '');
