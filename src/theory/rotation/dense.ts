import type { Estimate } from '#core';
import { identity, row, symmetricEigen, trace, zeros, type Matrix } from '#linalg';
import { ROUNDING } from './rounding.js';
import { addRotated, type RotationCovariance } from './covariance.js';
import { forPlanes, rotate } from './planes.js';

/** The tensor as a P x P matrix. */
export class DenseCovariance implements RotationCovariance {
  constructor(private readonly matrix: Matrix) {}

  /** Whether there are no planes at all: a rule without symmetry, whose units do not turn. */
  get #isStill(): boolean {
    return this.matrix.rows === 0;
  }

  dense(): Matrix {
    return this.matrix;
  }

  planeVariances(): Float64Array {
    const { rows, data } = this.matrix;
    return Float64Array.from({ length: rows }, (_, p) => data[p * rows + p]);
  }

  principalDirections(): { values: Float64Array; directions: Matrix } {
    const { values, vectors } = symmetricEigen(this.matrix);
    const smallest = ROUNDING * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return { values: values.map((value) => (Math.abs(value) > smallest ? value : 0)), directions: vectors };
  }

  displacementCovariance(c: ArrayLike<number>): Matrix {
    const rank = c.length;
    const result = zeros(rank, rank);
    if (this.#isStill) return result;
    // With J the rows Omega_ab c: row p of the tensor, taken as a rotation, gives (K J)_p; then J^T (K J).
    forPlanes(rank, (a, b, plane) => {
      const moved = rotate(row(this.matrix, plane), c);
      for (let k = 0; k < rank; k++) {
        result.data[a * rank + k] += c[b] * moved[k];
        result.data[b * rank + k] -= c[a] * moved[k];
      }
    });
    return result;
  }

  diffusionOf(c: ArrayLike<number>): Estimate {
    return { value: trace(this.displacementCovariance(c)), se: 0 };
  }

  rotateBothSides(x: Matrix): Matrix {
    const { cols, data } = this.matrix;
    const result = zeros(x.rows, x.rows);
    if (this.#isStill) return result;
    forPlanes(x.rows, (a, b, p) => {
      forPlanes(x.rows, (c, d, q) => {
        addRotated(result, x, data[p * cols + q], a, b, c, d);
      });
    });
    return result;
  }

  meanSquares(rank: number): Matrix[] {
    return [this.rotateBothSides(identity(rank))];
  }
}
