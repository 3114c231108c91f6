import { column, dot, SparseMatrix, transpose, type Matrix } from '#linalg';

/** Unit directions in the space of rotation planes: columns of a P x D matrix, or planes themselves, by number. */
export type Directions = Matrix | Int32Array;

export const directionCount = (directions: Directions): number =>
  directions instanceof Int32Array ? directions.length : directions.cols;

/** What writes the component of omega (P numbers) along each direction. O(D) for planes, for a matrix its entries. */
export function componentsAlong(directions: Directions): (along: Float64Array, omega: Float64Array) => void {
  if (directions instanceof Int32Array) {
    return (along, omega) => {
      for (let d = 0; d < along.length; d++) along[d] = omega[directions[d]];
    };
  }
  const rows = new SparseMatrix(transpose(directions));
  return (along, omega) => {
    rows.timesTransposed(along, omega, 1, omega.length);
  };
}

/** The component of omega along direction d. */
export function componentAlong(directions: Directions, d: number): (omega: Float64Array) => number {
  if (directions instanceof Int32Array) return (omega) => omega[directions[d]];
  const direction = column(directions, d);
  return (omega) => dot(direction, omega);
}
