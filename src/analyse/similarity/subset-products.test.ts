import { describe, expect, it } from 'vitest';
import { stimulusBlocks } from './stimulus-blocks.js';
import { SumsOfMatrices } from './subset-products.js';

/** A block has one stimulus up to 24 stimuli, several beyond. */
describe.each([5, 33])('products over a subset of %i stimuli', (size) => {
  const symmetric = (phase: number): Float64Array =>
    Float64Array.from({ length: size * size }, (_, k) => {
      const [i, j] = [Math.floor(k / size), k % size];
      return Math.sin(phase + (i + 1) * (j + 1)) + Math.cos(phase * (i + j));
    });
  const [a, b] = [symmetric(0.3), symmetric(1.1)];
  const blocks = stimulusBlocks(size);
  const products = new SumsOfMatrices(blocks).products(a, b);

  it.each([
    [-1, -1],
    [1, -1],
    [0, 3],
  ])('are those after centring over it, with and without diagonals (without blocks %i and %i)', (one, two) => {
    const subset = blocks.without(one, two);
    const { stimuli } = subset;
    const centred = (entries: Float64Array, keep: (i: number, j: number) => boolean): number[] => {
      const kept = stimuli.map((i) => stimuli.map((j) => (keep(i, j) ? entries[i * size + j] : 0)));
      const rows = kept.map((row) => row.reduce((sum, value) => sum + value, 0) / stimuli.length);
      const columns = stimuli.map((_, k) => kept.reduce((sum, row) => sum + row[k], 0) / stimuli.length);
      const mean = rows.reduce((sum, value) => sum + value, 0) / stimuli.length;
      return kept.flatMap((row, i) => row.map((value, j) => value - rows[i] - columns[j] + mean));
    };
    const dot = (x: readonly number[], y: readonly number[]): number =>
      x.reduce((sum, value, k) => sum + value * y[k], 0);
    const [all, rest, diagonal] = [() => true, (i: number, j: number) => i !== j, (i: number, j: number) => i === j];
    expect(products.whole(subset)).toBeCloseTo(dot(centred(a, all), centred(b, all)), 11);
    expect(products.wholeAndRest(subset)).toBeCloseTo(dot(centred(a, all), centred(b, rest)), 11);
    expect(products.rest(subset)).toBeCloseTo(dot(centred(a, rest), centred(b, rest)), 11);
    expect(products.diagonal(subset)).toBeCloseTo(dot(centred(a, diagonal), centred(b, diagonal)), 11);
  });
});
