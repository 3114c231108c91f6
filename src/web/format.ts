import type { Estimate } from '#core';
import { numberFormat } from '#figure';

/** A number with the given significant digits, in the notation of the axes. */
export function format(value: number, digits = 3): string {
  const shown = Number(value.toPrecision(digits));
  return numberFormat([shown])(shown);
}

/** An estimate, value ± standard error: both to the second digit of the error, with one power of ten. */
export function formatEstimate({ value, se }: Estimate): string {
  if (!(se > 0) || !Number.isFinite(value)) return format(value);
  const exponent = Math.floor(Math.log10(Math.max(Math.abs(value), se)));
  const scale = exponent < -3 || exponent > 4 ? exponent : 0;
  const decimals = Math.max(0, 1 + scale - Math.floor(Math.log10(se)));
  const both = `${fixed(value, scale, decimals)} ± ${fixed(se, scale, decimals)}`;
  return scale === 0 ? both : `(${both})×${format(Number(`1e${scale}`), 1)}`;
}

const fixed = (value: number, scale: number, decimals: number): string =>
  (value * Number(`1e${-scale}`)).toFixed(Math.min(decimals, 20)).replace('-', '−');

/** A count with thin spaces between thousands. */
export const count = (value: number): string => Math.round(value).toLocaleString('en-GB').replaceAll(',', '\u202f');
