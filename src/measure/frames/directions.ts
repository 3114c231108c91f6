import { column, dot, SparseMatrix, transpose, type Matrix } from '#linalg';

/** Unit directions in the space of rotation planes: columns of a P x D matrix, or planes themselves, by number. */
export type Directions = Matrix | Int32Array;

export const directionCount = (directions: Directions): number =>
  directions instanceof Int32Array ? directions.length : directions.cols;

/** The directions as rows (D x P), for the components of many rotations. O(D) memory for planes, for a matrix its entries. */
export const directionRows = (directions: Directions): SparseMatrix =>
  directions instanceof Int32Array ? SparseMatrix.unitRows(directions) : SparseMatrix.from(transpose(directions));

/** The component of omega along direction d. */
export function componentAlong(directions: Directions, d: number): (omega: Float64Array) => number {
  if (directions instanceof Int32Array) return (omega) => omega[directions[d]];
  const direction = column(directions, d);
  return (omega) => dot(direction, omega);
}
