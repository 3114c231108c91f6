import type { Estimate } from '#core';
import { diagonal, identity, trace, zeros, type Matrix } from '#linalg';
import { addRotated, assertDenseAllowed, type RotationCovariance } from './covariance.js';
import { forPlanes } from './planes.js';

/**
 * The tensor of uncorrelated planes as P variances. Where the input is symmetric under each reflection x~_a -> -x~_a and the
 * task shares its axes, the reflection turns omega_ab into -omega_ab and leaves its distribution: planes are uncorrelated.
 */
export class DiagonalCovariance implements RotationCovariance {
  /** `variances` of omega_ab per step, P (rad^2). */
  constructor(private readonly variances: Float64Array) {}

  dense(): Matrix {
    assertDenseAllowed(this.variances.length);
    return diagonal(this.variances);
  }

  planeVariances(): Float64Array {
    return this.variances;
  }

  principalDirections(): { values: Float64Array; directions: Int32Array } {
    const { variances } = this;
    const directions = Int32Array.from(variances, (_, plane) => plane).sort((p, q) => variances[p] - variances[q]);
    return { values: Float64Array.from(directions, (plane) => variances[plane]), directions };
  }

  displacementCovariance(c: ArrayLike<number>): Matrix {
    const rank = c.length;
    const result = zeros(rank, rank);
    const { data } = result;
    forPlanes(rank, (a, b, plane) => {
      const variance = this.variances[plane];
      data[a * rank + a] += variance * c[b] * c[b];
      data[b * rank + b] += variance * c[a] * c[a];
      data[a * rank + b] -= variance * c[a] * c[b];
      data[b * rank + a] -= variance * c[a] * c[b];
    });
    return result;
  }

  diffusionOf(c: ArrayLike<number>): Estimate {
    return { value: trace(this.displacementCovariance(c)), se: 0 };
  }

  rotateBothSides(x: Matrix): Matrix {
    const result = zeros(x.rows, x.rows);
    forPlanes(x.rows, (a, b, plane) => {
      addRotated(result, x, this.variances[plane], a, b, a, b);
    });
    return result;
  }

  meanSquares(rank: number): Matrix[] {
    return [this.rotateBothSides(identity(rank))];
  }
}
