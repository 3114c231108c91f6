import { InvalidInputError, type KeyPath } from '#core';
import {
  dot,
  fromData,
  fromRows,
  multiply,
  scale,
  sliceCols,
  symmetricEigen,
  toRows,
  transpose,
  type Matrix,
} from '#linalg';

interface DatasetOptions {
  /** Subtract the mean of each column. */
  readonly center: boolean;
  /** Turn the rows onto this many leading principal components (descending variance). */
  readonly components?: number | undefined;
}

/** How the rows of a data set become stimuli: x -> axes (x - mean). */
export interface Projection {
  /** What is subtracted from every row: one number for each column of the file, 0 unless centred. */
  readonly mean: Float64Array;
  /**
   * components x columns, orthonormal rows in order of descending variance; the number of largest size in each is positive
   * (the first of equals). null where the stimuli keep the columns of the file.
   */
  readonly axes: Matrix | null;
}

export interface Dataset {
  /** K x n. */
  readonly stimuli: Matrix;
  readonly projection: Projection;
}

/**
 * The rows of a data set (K x m), centred if asked, and turned onto their leading principal components if asked. The
 * components are those of the centred data in either case. Throws InvalidInputError when the data have fewer columns, or as
 * many rows or fewer, than components. O(K m min(K, m) + min(K, m)^3) with components: of wide data the Gram matrix of the
 * rows is decomposed, which has the same eigenvalues as the covariance.
 */
export function prepareDataset(table: Matrix, { center, components }: DatasetOptions, path: KeyPath): Dataset {
  const { rows, cols } = table;
  const mean = new Float64Array(cols);
  table.data.forEach((value, index) => {
    mean[index % cols] += value / rows;
  });
  const subtracted = center ? mean : new Float64Array(cols);
  if (components === undefined) {
    const projection = { mean: subtracted, axes: null };
    return { stimuli: center ? withoutMean(table, mean) : table, projection };
  }
  if (components > cols) {
    throw new InvalidInputError(`found ${components}, but the data have ${cols} columns, expected at most ${cols}`, [
      ...path,
      'components',
    ]);
  }
  const centered = withoutMean(table, mean);
  const rowsOfAxes = cols > rows ? wideAxes(centered, components, path) : tallAxes(centered, components);
  const descending = transpose(fromRows(rowsOfAxes.map(withPositivePeak)));
  return {
    stimuli: multiply(center ? centered : table, descending),
    projection: { mean: subtracted, axes: transpose(descending) },
  };
}

/** Rows less their mean; zero in columns that vary by rounding of their mean alone. */
function withoutMean({ rows, cols, data }: Matrix, mean: Float64Array): Matrix {
  const spread = new Float64Array(cols);
  data.forEach((value, index) => {
    spread[index % cols] = Math.max(spread[index % cols], Math.abs(value - mean[index % cols]));
  });
  const varies = spread.map((value, j) => Number(value > ROUNDING * Math.abs(mean[j])));
  return { rows, cols, data: data.map((value, i) => (varies[i % cols] === 1 ? value - mean[i % cols] : 0)) };
}

/** Rows as the data set would have them: centred and projected alike. */
export function project(table: Matrix, { mean, axes }: Projection): Matrix {
  const { cols } = table;
  const centered = fromData(
    table.rows,
    cols,
    table.data.map((value, index) => value - mean[index % cols]),
  );
  return axes === null ? centered : multiply(centered, transpose(axes));
}

/** Eigenvectors of the covariance (m x m). */
function tallAxes(centered: Matrix, components: number): number[][] {
  const { vectors } = symmetricEigen(scale(multiply(transpose(centered), centered), 1 / centered.rows));
  return toRows(transpose(sliceCols(vectors, centered.cols - components, centered.cols))).reverse();
}

/** What is rounding: variance of a component relative to the largest, or a deviation relative to the mean. */
const ROUNDING = 1e-12;

/** With X = U S V^T the Gram matrix is X X^T = U S^2 U^T, and the axes are the rows of V^T = S^-1 U^T X. */
function wideAxes(centered: Matrix, components: number, path: KeyPath): number[][] {
  const { values, vectors } = symmetricEigen(multiply(centered, transpose(centered)));
  const rank = values.filter((value) => value > ROUNDING * (values.at(-1) ?? 0)).length;
  if (components > rank) {
    throw new InvalidInputError(
      `found ${components}, but the ${centered.rows} rows of the data vary in ${rank} directions, expected at most ${rank}`,
      [...path, 'components'],
    );
  }
  const leading = transpose(sliceCols(vectors, centered.rows - components, centered.rows));
  const axes = toRows(multiply(leading, centered)).reverse();
  return axes.map((axis) => {
    const length = Math.sqrt(dot(axis, axis));
    return axis.map((value) => value / length);
  });
}

/** The sign of an axis is free; the same data should always give the same axes. */
function withPositivePeak(axis: number[]): number[] {
  const peak = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return peak < 0 ? axis.map((value) => -value) : axis;
}
