import { InvalidInputError, type KeyPath } from '#core';
import { fromRows, multiply, scale, sliceCols, symmetricEigen, toRows, transpose, type Matrix } from '#linalg';

interface DatasetOptions {
  /** Subtract the mean of each column. */
  readonly center: boolean;
  /** Turn the rows onto this many leading principal components (descending variance). */
  readonly components?: number | undefined;
}

/**
 * The rows of a data set (K x n), centred if asked, and turned onto their leading principal components if asked. The
 * components are those of the centred data in either case. Throws InvalidInputError when there are fewer columns than
 * components. O(K n^2 + n^3) with components.
 */
export function prepareDataset(table: Matrix, { center, components }: DatasetOptions, path: KeyPath): Matrix {
  const { rows, cols } = table;
  const mean = new Float64Array(cols);
  table.data.forEach((value, index) => {
    mean[index % cols] += value / rows;
  });
  const centered = { ...table, data: table.data.map((value, index) => value - mean[index % cols]) };
  const stimuli = center ? centered : table;
  if (components === undefined) return stimuli;
  if (components > cols) {
    throw new InvalidInputError(`found ${components}, but the data have ${cols} columns, expected at most ${cols}`, [
      ...path,
      'components',
    ]);
  }
  const { vectors } = symmetricEigen(scale(multiply(transpose(centered), centered), 1 / rows));
  const descending = transpose(fromRows(toRows(transpose(vectors)).reverse().map(withPositivePeak)));
  return multiply(stimuli, sliceCols(descending, 0, components));
}

/** The sign of an axis is free; the same data should always give the same axes. */
function withPositivePeak(axis: number[]): number[] {
  const peak = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return peak < 0 ? axis.map((value) => -value) : axis;
}
