import { exp, log } from '#random';

/** Most values of one swept key that are given by their ends and their number: as many as a sweep may have points. */
export const MAX_VALUES = 10_000;

/** Digits to which values between the ends are rounded, so that `logspace(0.001, 1, 4)` is 0.001, 0.01, 0.1, 1. */
const DIGITS = 12;

/**
 * `count` >= 2 values from `first` to `last`, both above 0, with equal ratios. The ends are exact; the values between them
 * are rounded to 12 significant digits, the same on every machine.
 */
export function logspace(first: number, last: number, count: number): number[] {
  const [from, to] = [log(first), log(last)];
  return spaced(first, last, count, (part) => exp(from + (to - from) * part));
}

/** The same with equal differences, of any sign. */
export const linspace = (first: number, last: number, count: number): number[] =>
  spaced(first, last, count, (part) => first + (last - first) * part);

const spaced = (first: number, last: number, count: number, at: (part: number) => number): number[] =>
  Array.from({ length: count }, (_, k) => {
    if (k === 0) return first;
    return k === count - 1 ? last : Number(at(k / (count - 1)).toPrecision(DIGITS));
  });

/** A spectrum that falls as a power of the number of the dimension. */
interface PowerLaw {
  readonly dimensions: number;
  readonly exponent: number;
  readonly scale: number;
}

/** The variances scale / k^exponent of the dimensions k = 1, 2, …, rounded to 12 significant digits; the first is exact. */
export const powerLaw = ({ dimensions, exponent, scale }: PowerLaw): number[] =>
  Array.from({ length: dimensions }, (_, k) =>
    k === 0 ? scale : Number((scale * exp(-exponent * log(k + 1))).toPrecision(DIGITS)),
  );
