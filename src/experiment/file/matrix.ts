import { InvalidInputError, type KeyPath } from '#core';
import { add, diagonal, fromRows, maxAbs, row, scale, symmetricEigen, transpose, type Matrix } from '#linalg';
import { readTable, type ReadBytes } from './table.js';

/** A matrix as the experiment file gives it: rows in place, or a data file. */
type MatrixSpec = number[][] | { file: string };

/** Throws InvalidInputError when rows in place differ in length, or from `cols` where that is known, or the file cannot be read. */
export async function resolveMatrix(spec: MatrixSpec, read: ReadBytes, path: KeyPath, cols?: number): Promise<Matrix> {
  if (!Array.isArray(spec)) return readTable(read, spec.file, [...path, 'file']);
  const expected = cols ?? spec[0].length;
  spec.forEach((values, i) => {
    if (values.length === expected) return;
    throw new InvalidInputError(
      cols === undefined
        ? `row ${i + 1} has ${values.length} numbers, expected ${expected} as in row 1`
        : `found ${values.length} numbers, expected ${expected}: one for each dimension of the input`,
      [...path, i],
    );
  });
  return fromRows(spec);
}

/** Most dimensions of the input: the theory decomposes matrices of n x n. */
const MAX_DIMENSIONS = 4096;

/** Throws InvalidInputError, with `advice`, where the input has too many dimensions for matrices of n x n. */
export function assertDimensions(size: number, path: KeyPath, advice = ''): void {
  if (size <= MAX_DIMENSIONS) return;
  throw new InvalidInputError(`found ${size} dimensions, expected at most ${MAX_DIMENSIONS}${advice}`, path);
}

/** The two halves may differ by this much, relative to the largest number; they are averaged. */
const MAX_ASYMMETRY = 1e-9;
/** An eigenvalue may be this far below 0, relative to the largest, and count as 0. */
const MAX_INDEFINITENESS = 1e-10;

/** A list of variances is a diagonal matrix. Throws InvalidInputError unless symmetric and positive semidefinite. */
export async function resolveCovariance(spec: number[] | MatrixSpec, read: ReadBytes, path: KeyPath): Promise<Matrix> {
  if (isList(spec)) return diagonalCovariance(spec, path);
  const matrix = await resolveMatrix(spec, read, path);
  assertDimensions(matrix.cols, path);
  if (matrix.rows === 1 && !Array.isArray(spec)) return diagonalCovariance(row(matrix, 0), path);
  if (matrix.rows !== matrix.cols) {
    throw new InvalidInputError(`found a ${matrix.rows} x ${matrix.cols} matrix, expected a square one`, path);
  }
  const { data, rows: n } = matrix;
  const tolerance = MAX_ASYMMETRY * maxAbs(matrix);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [here, there] = [data[i * n + j], data[j * n + i]];
      if (Math.abs(here - there) <= tolerance) continue;
      throw new InvalidInputError(
        `found ${here} in row ${i + 1}, column ${j + 1} but ${there} in row ${j + 1}, column ${i + 1}, ` +
          'expected a symmetric matrix',
        path,
      );
    }
    assertVariance(data[i * n + i], i, path);
  }
  const symmetric = scale(add(matrix, transpose(matrix)), 0.5);
  const { values } = symmetricEigen(symmetric);
  if (values[0] < -MAX_INDEFINITENESS * values[n - 1]) {
    throw new InvalidInputError(
      `found the eigenvalue ${values[0]}, expected a covariance without negative eigenvalues (positive semidefinite)`,
      path,
    );
  }
  return symmetric;
}

const isList = (spec: number[] | MatrixSpec): spec is number[] => Array.isArray(spec) && typeof spec[0] === 'number';

function diagonalCovariance(variances: ArrayLike<number>, path: KeyPath): Matrix {
  for (let i = 0; i < variances.length; i++) assertVariance(variances[i], i, [...path, i]);
  return diagonal(variances);
}

function assertVariance(variance: number, index: number, path: KeyPath): void {
  if (!(variance < 0)) return;
  throw new InvalidInputError(`found the variance ${variance} at position ${index + 1}, expected at least 0`, path);
}
