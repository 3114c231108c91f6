import { add, multiply, symmetricEigen, transpose, zeros, type Matrix } from '#linalg';
import type { NormalBasis } from './basis.js';

/** X_j Sigma and -(W2 X_j + Z_j^T W1) Sigma for each normal direction. */
interface Responses {
  readonly hidden: readonly Matrix[];
  readonly error: readonly Matrix[];
}

/**
 * The direction of a step of two-layer SGD without decay, [W2^T Y | W1 Y^T] with Y = (A - W2 W1) X + E, which is linear in the sample
 * through X = x x^T (n x n) and E = eps x^T (m x n): the field of the mean has X = Sigma, E = 0, and every feature of a sample one.
 * At Theta* + N, N = [X' | Z], it is a polynomial of degree 3; with the orders of Y
 *   Y0 = R X + E,  Y1 = -(W2 X' + Z^T W1) X,  Y2 = -Z^T X' X
 * its order k is [ W2^T Y_k + Z Y_(k-1) | W1 Y_k^T + X' Y_(k-1)^T ].
 */
export class UpdateField {
  readonly #basis: NormalBasis;
  readonly #x: Matrix;
  readonly #y0: Matrix;

  constructor(basis: NormalBasis, x: Matrix, e: Matrix | null) {
    this.#basis = basis;
    this.#x = x;
    const y0 = multiply(basis.modes.residual, x);
    this.#y0 = e ? add(y0, e) : y0;
  }

  /** Components along the normal directions at Theta* (K). */
  normal(): Float64Array {
    const { root, modes, count } = this.#basis;
    const { inputs: n, outputs: m } = modes;
    const y = this.#y0.data;
    const field = new Float64Array(root.length * (n + m));
    root.forEach((value, a) => {
      for (let c = 0; c < n; c++) field[a * (n + m) + c] = value * y[a * n + c];
      for (let i = 0; i < m; i++) field[a * (n + m) + n + i] = value * y[i * n + a];
    });
    const result = new Float64Array(count);
    this.#basis.project(field, result, 0);
    return result;
  }

  /** First derivatives: normal components (K x K) and rotations (P x K), column j along e_j. */
  linear(): { readonly normal: Matrix; readonly rotation: Matrix } {
    const { count: k, root } = this.#basis;
    const planes = (root.length * (root.length - 1)) / 2;
    const columns = zeros(k, k);
    const rotations = zeros(k, planes);
    const { error } = this.#responses();
    const field = this.#zero();
    error.forEach((y1, j) => {
      field.fill(0);
      this.#addThrough(field, y1);
      this.#addBeyond(field, this.#basis.hidden[j], this.#basis.readout[j], this.#y0, 1);
      this.#basis.project(field, columns.data, j * k);
      this.#basis.rotation(field, rotations.data, j * planes);
    });
    return { normal: transpose(columns), rotation: transpose(rotations) };
  }

  /** The symmetric bilinear form B(e_j, e_k) of order 2, for all j <= k; the field is valid until the next visit. */
  visitQuadratic(visit: (j: number, k: number, field: Float64Array) => void): void {
    const { count, hidden, readout } = this.#basis;
    const responses = this.#responses();
    const field = this.#zero();
    const y2 = zeros(this.#y0.rows, this.#y0.cols);
    for (let j = 0; j < count; j++) {
      for (let k = j; k < count; k++) {
        field.fill(0);
        y2.data.fill(0);
        this.#secondError(y2, responses, j, k);
        this.#addThrough(field, y2);
        this.#addBeyond(field, hidden[j], readout[j], responses.error[k], 0.5);
        this.#addBeyond(field, hidden[k], readout[k], responses.error[j], 0.5);
        visit(j, k, field);
      }
    }
  }

  /** The symmetric trilinear form Q(e_j, e_k, e_l) of order 3, for all j <= k <= l. O(K^2 m n) numbers. */
  visitCubic(visit: (j: number, k: number, l: number, field: Float64Array) => void): void {
    const { count, hidden, readout } = this.#basis;
    const responses = this.#responses();
    const second = Array.from({ length: count }, (_, j) =>
      Array.from({ length: count - j }, (__, k) => {
        const y2 = zeros(this.#y0.rows, this.#y0.cols);
        this.#secondError(y2, responses, j, j + k);
        return y2;
      }),
    );
    const field = this.#zero();
    for (let j = 0; j < count; j++) {
      for (let k = j; k < count; k++) {
        for (let l = k; l < count; l++) {
          field.fill(0);
          this.#addBeyond(field, hidden[j], readout[j], second[k][l - k], 1 / 3);
          this.#addBeyond(field, hidden[k], readout[k], second[j][l - j], 1 / 3);
          this.#addBeyond(field, hidden[l], readout[l], second[j][k - j], 1 / 3);
          visit(j, k, l, field);
        }
      }
    }
  }

  /** Rotations of Q(e_j, S), P x K: a sum over the principal displacements of S. O(K^2 r m n). */
  cubicRotation(s: Matrix): Matrix {
    const { count, hidden, readout, root } = this.#basis;
    const planes = (root.length * (root.length - 1)) / 2;
    const { values, vectors } = symmetricEigen(s);
    const responses = this.#responses();
    const result = zeros(count, planes);
    const fields = Array.from({ length: count }, () => this.#zero());
    const total = zeros(this.#y0.rows, this.#y0.cols);
    values.forEach((variance, u) => {
      if (!(variance > 1e-14 * values[count - 1])) return;
      const weights = Float64Array.from({ length: count }, (_, i) => Math.sqrt(variance) * vectors.data[i * count + u]);
      const { hidden: x, readout: z } = this.#basis.combination(weights);
      const xs = multiply(x, this.#x);
      addCrossed(total.data, z, xs, -1);
      const y2 = zeros(total.rows, total.cols);
      for (let j = 0; j < count; j++) {
        y2.data.fill(0);
        addCrossed(y2.data, readout[j], xs, -0.5);
        addCrossed(y2.data, z, responses.hidden[j], -0.5);
        this.#addBeyond(fields[j], x, z, y2, 2 / 3);
      }
    });
    fields.forEach((field, j) => {
      this.#addBeyond(field, hidden[j], readout[j], total, 1 / 3);
      this.#basis.rotation(field, result.data, j * planes);
    });
    return transpose(result);
  }

  #zero(): Float64Array {
    const { root, modes } = this.#basis;
    return new Float64Array(root.length * (modes.inputs + modes.outputs));
  }

  #responses(): Responses {
    const { hidden, readout, root, modes } = this.#basis;
    const { inputs: n, outputs: m } = modes;
    return {
      hidden: hidden.map((x) => multiply(x, this.#x)),
      error: hidden.map((x, j) => {
        const change = zeros(m, n);
        root.forEach((value, a) => {
          for (let c = 0; c < n; c++) change.data[a * n + c] -= value * x.data[a * n + c];
          for (let i = 0; i < m; i++) change.data[i * n + a] -= value * readout[j].data[a * m + i];
        });
        return multiply(change, this.#x);
      }),
    };
  }

  /** Adds -(Z_j^T X_k + Z_k^T X_j) X / 2. */
  #secondError(target: Matrix, { hidden }: Responses, j: number, k: number): void {
    addCrossed(target.data, this.#basis.readout[j], hidden[k], -0.5);
    addCrossed(target.data, this.#basis.readout[k], hidden[j], -0.5);
  }

  /** Adds [ W2^T Y | W1 Y^T ]. */
  #addThrough(field: Float64Array, { cols: n, rows: m, data: y }: Matrix): void {
    this.#basis.root.forEach((value, a) => {
      const row = a * (n + m);
      for (let c = 0; c < n; c++) field[row + c] += value * y[a * n + c];
      for (let i = 0; i < m; i++) field[row + n + i] += value * y[i * n + a];
    });
  }

  /** Adds factor [ Z Y | X' Y^T ]. */
  #addBeyond(field: Float64Array, x: Matrix, z: Matrix, { cols: n, rows: m, data: y }: Matrix, factor: number): void {
    for (let a = 0; a < x.rows; a++) {
      const row = a * (n + m);
      for (let i = 0; i < m; i++) {
        const weight = factor * z.data[a * m + i];
        let sum = 0;
        for (let c = 0; c < n; c++) {
          field[row + c] += weight * y[i * n + c];
          sum += x.data[a * n + c] * y[i * n + c];
        }
        field[row + n + i] += factor * sum;
      }
    }
  }
}

/** Adds factor z^T x to target (m x n) for z (r x m) and x (r x n). */
function addCrossed(target: Float64Array, z: Matrix, x: Matrix, factor: number): void {
  const m = z.cols;
  const n = x.cols;
  for (let a = 0; a < z.rows; a++) {
    for (let i = 0; i < m; i++) {
      const weight = factor * z.data[a * m + i];
      if (weight === 0) continue;
      for (let c = 0; c < n; c++) target[i * n + c] += weight * x.data[a * n + c];
    }
  }
}
