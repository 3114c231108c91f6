import type { Estimate } from './estimate.js';

/** How numbers are written: `plain` for terminals and files (1.2e-9), `typeset` for pages (1.2×10⁻⁹, a true minus sign). */
export type NumberStyle = 'plain' | 'typeset';

/**
 * Significant digits of numbers that have no standard error: those in tables, those inside labels and captions, and predicted
 * time courses, because correlations begin close to 1.
 */
export const DIGITS = { table: 4, label: 3, course: 5 };
/** Stands where there is no number, everywhere. */
export const MISSING = '–';
/** As many decimal digits as every number keeps. */
const ALL_DIGITS = 15;
/** Numbers from 10^-3 up to below 10^5 are written without a power of ten. */
const [LOWEST_PLAIN, HIGHEST_PLAIN] = [-3, 4];

/** A number with all its digits: parameters, seeds and counts are exact. */
export const formatExact = (value: number, style: NumberStyle = 'plain'): string =>
  style === 'plain' || Number.isInteger(value)
    ? typesetIf(style, String(value))
    : formatNumber(value, ALL_DIGITS, style);

/** A number to four significant digits, or as many as asked for; in the form of estimates, with a power of ten where they have one. */
export function formatNumber(value: number, digits = DIGITS.table, style: NumberStyle = 'plain'): string {
  const rounded = Number(value.toPrecision(digits));
  if (!Number.isFinite(rounded)) return String(rounded);
  const [mantissa, power] = rounded.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= LOWEST_PLAIN && exponent <= HIGHEST_PLAIN) return typesetIf(style, String(rounded));
  if (style === 'plain') return `${mantissa}e${exponent}`;
  return mantissa === '1' ? powerOfTen(exponent) : typeset(`${mantissa}×${powerOfTen(exponent)}`);
}

/** value ± standard error, both to the second significant digit of the error and with one power of ten. */
export function formatEstimate({ value, se }: Estimate, style: NumberStyle = 'plain'): string {
  if (!(se > 0) || !Number.isFinite(se) || !Number.isFinite(value)) return formatNumber(value, DIGITS.table, style);
  const exponent = exponentOf(Math.max(Math.abs(value), se));
  const scale = exponent >= LOWEST_PLAIN && exponent <= HIGHEST_PLAIN ? 0 : exponent;
  const both = [value, se].map((number) => (number / 10 ** scale).toFixed(decimalsOf(se, scale))).join(' ± ');
  if (scale === 0) return style === 'typeset' ? typeset(both) : both;
  return style === 'typeset' ? typeset(`(${both})×${powerOfTen(scale)}`) : `(${both})e${scale}`;
}

/** A prediction with as many digits as a measurement of this standard error has, so that the two can be compared by eye. */
export const formatLike = (value: number, se: number, style: NumberStyle = 'plain'): string =>
  formatEstimate({ value, se }, style)
    .replace(/ ±.*?(?=\)|$)/, '')
    .replace(/^\((.*?)\)/, '$1');

/** A count with its thousands apart: by commas, on pages by thin spaces. */
export function formatCount(count: number, style: NumberStyle = 'plain'): string {
  const grouped = Math.round(count).toLocaleString('en-US');
  return style === 'typeset' ? grouped.replaceAll(',', '\u202f') : grouped;
}

/** A count with what is counted: `1 session`, `12 sessions`. */
export const formatCounted = (count: number, one: string, many = `${one}s`, style: NumberStyle = 'plain'): string =>
  `${formatCount(count, style)} ${count === 1 ? one : many}`;

/** A number of replica-steps: exact where it is written without a power of ten, else as any number (3.046e7). */
export const formatSteps = (steps: number): string => (steps < 1e5 ? formatExact(steps) : formatNumber(steps));

const exponentOf = (value: number): number => Math.floor(Math.log10(Math.abs(value)));

const decimalsOf = (se: number, scale: number): number =>
  Math.min(20, Math.max(0, 1 + scale - Math.floor(Math.log10(se))));

const typesetIf = (style: NumberStyle, text: string): string => (style === 'typeset' ? typeset(text) : text);

const typeset = (text: string): string => text.replaceAll('-', '−');

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10 to an integer power, such as 10⁻⁹. */
export const powerOfTen = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${`${Math.abs(exponent)}`.replace(/\d/g, (digit) => superscripts[Number(digit)])}`;
