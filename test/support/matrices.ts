// Matrices of tests of properties.
import fc from 'fast-check';
import { fromData, type Matrix } from '../../src/linalg/index.js';

/** Hundredths in [-10, 10]: zeros and repeated entries are common, so deficient rank is too. */
const hundredths = fc.integer({ min: -1000, max: 1000 });

/** A matrix whose entries are a hundredth of these. */
export const anyMatrix = (rows: number, cols: number, entry: fc.Arbitrary<number> = hundredths): fc.Arbitrary<Matrix> =>
  fc.array(entry, { minLength: rows * cols, maxLength: rows * cols }).map((values) =>
    fromData(
      rows,
      cols,
      Float64Array.from(values, (value) => value / 100),
    ),
  );

/** Mostly zeros. */
export const sparseMatrix = (rows: number, cols: number): fc.Arbitrary<Matrix> =>
  anyMatrix(rows, cols, fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, hundredths));

/** Number of rows or columns. */
export const anySize = fc.integer({ min: 1, max: 7 });
