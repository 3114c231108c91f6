import { expect, it } from 'vitest';
import { centredProducts } from './subset-products.js';

it('centres both matrices over the chosen stimuli, with and without their diagonals', () => {
  const size = 5;
  const symmetric = (phase: number): Float64Array =>
    Float64Array.from({ length: size * size }, (_, k) => {
      const [i, j] = [Math.floor(k / size), k % size];
      return Math.sin(phase + (i + 1) * (j + 1)) + Math.cos(phase * (i + j));
    });
  const stimuli = [0, 2, 3, 4];
  const centred = (a: Float64Array, keep: (i: number, j: number) => boolean): number[] => {
    const entries = stimuli.map((i) => stimuli.map((j) => (keep(i, j) ? a[i * size + j] : 0)));
    const rows = entries.map((row) => row.reduce((sum, value) => sum + value, 0) / stimuli.length);
    const columns = stimuli.map((_, k) => entries.reduce((sum, row) => sum + row[k], 0) / stimuli.length);
    const all = rows.reduce((sum, value) => sum + value, 0) / stimuli.length;
    return entries.flatMap((row, i) => row.map((value, j) => value - rows[i] - columns[j] + all));
  };
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, k) => sum + value * y[k], 0);
  const [a, b] = [symmetric(0.3), symmetric(1.1)];
  const [all, rest, diagonal] = [() => true, (i: number, j: number) => i !== j, (i: number, j: number) => i === j];
  const products = centredProducts(a, b, size, stimuli);
  expect(products.whole).toBeCloseTo(dot(centred(a, all), centred(b, all)), 12);
  expect(products.wholeAndRest).toBeCloseTo(dot(centred(a, all), centred(b, rest)), 12);
  expect(products.rest).toBeCloseTo(dot(centred(a, rest), centred(b, rest)), 12);
  expect(products.diagonal).toBeCloseTo(dot(centred(a, diagonal), centred(b, diagonal)), 12);
});
