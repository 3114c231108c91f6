import type { Estimate } from '#core';
import { add, addWideProduct, dot, multiply, row, zeros, type Matrix } from '#linalg';
import { assertDenseAllowed, type RotationCovariance } from './covariance.js';
import { forPlanes, rotate } from './planes.js';

/** Parts of the samples whose scatter gives the error of what follows from their mean. */
const PARTS = 32;

/** The tensor as the mean square of T independent rotations (T x P, rad per step), which is without bias. */
export class SampledCovariance implements RotationCovariance {
  #variances: Float64Array | null = null;
  #meanSquares: readonly Matrix[] = [];

  constructor(private readonly rotations: Matrix) {}

  dense(): Matrix {
    const { rows, cols: planes, data } = this.rotations;
    assertDenseAllowed(planes);
    const matrix = zeros(planes, planes);
    for (let t = 0; t < rows; t++) {
      for (let p = 0; p < planes; p++) {
        const factor = data[t * planes + p] / rows;
        for (let q = 0; q < planes; q++) matrix.data[p * planes + q] += factor * data[t * planes + q];
      }
    }
    return matrix;
  }

  planeVariances(): Float64Array {
    const { rows, cols, data } = this.rotations;
    if (this.#variances) return this.#variances;
    const variances = new Float64Array(cols);
    for (let t = 0, at = 0; t < rows; t++) {
      for (let p = 0; p < cols; p++, at++) variances[p] += (data[at] * data[at]) / rows;
    }
    this.#variances = variances;
    return variances;
  }

  principalDirections(): { values: Float64Array; directions: Int32Array } {
    return { values: new Float64Array(0), directions: new Int32Array(0) };
  }

  displacementCovariance(c: ArrayLike<number>): Matrix {
    const rank = c.length;
    const { rows } = this.rotations;
    const result = zeros(rank, rank);
    for (let t = 0; t < rows; t++) {
      const moved = rotate(row(this.rotations, t), c);
      for (let a = 0; a < rank; a++) {
        for (let b = 0; b < rank; b++) result.data[a * rank + b] += (moved[a] * moved[b]) / rows;
      }
    }
    return result;
  }

  diffusionOf(c: ArrayLike<number>): Estimate {
    const { rows } = this.rotations;
    const squares = Float64Array.from({ length: rows }, (_, t) => {
      const moved = rotate(row(this.rotations, t), c);
      return dot(moved, moved);
    });
    const value = squares.reduce((sum, square) => sum + square, 0) / rows;
    const scatter = squares.reduce((sum, square) => sum + (square - value) ** 2, 0);
    return { value, se: Math.sqrt(scatter / (rows * (rows - 1))) };
  }

  rotateBothSides(x: Matrix): Matrix {
    const rank = x.rows;
    const { rows } = this.rotations;
    let sum = zeros(rank, rank);
    for (let t = 0; t < rows; t++) {
      const omega = this.#matrixOf(t, rank);
      sum = add(sum, multiply(omega, x, omega), 1 / rows);
    }
    return sum;
  }

  meanSquares(rank: number): readonly Matrix[] {
    if (this.#meanSquares.length === 0) this.#meanSquares = this.#partsOf(rank);
    return this.#meanSquares;
  }

  #partsOf(rank: number): Matrix[] {
    const { rows } = this.rotations;
    const size = Math.floor(rows / Math.min(PARTS, rows));
    return Array.from({ length: Math.floor(rows / size) }, (_, part) => {
      const gram = new Float64Array(rank * rank);
      // omega is antisymmetric: omega^2 = -omega^T omega.
      for (let t = part * size; t < (part + 1) * size; t++) {
        const omega = this.#matrixOf(t, rank).data;
        addWideProduct(gram, omega, omega, rank, rank, rank, true);
      }
      const square = zeros(rank, rank);
      for (let a = 0; a < rank; a++) {
        for (let b = a; b < rank; b++) {
          square.data[a * rank + b] = -gram[a * rank + b] / size;
          square.data[b * rank + a] = square.data[a * rank + b];
        }
      }
      return square;
    });
  }

  /** Rotation number t as an antisymmetric matrix, r x r. */
  #matrixOf(t: number, rank: number): Matrix {
    const omega = zeros(rank, rank);
    const planes = row(this.rotations, t);
    forPlanes(rank, (a, b, plane) => {
      omega.data[a * rank + b] = planes[plane];
      omega.data[b * rank + a] = -planes[plane];
    });
    return omega;
  }
}
