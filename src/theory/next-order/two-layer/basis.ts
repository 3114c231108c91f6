import { zeros, type Matrix } from '#linalg';
import { forPlanes } from '../../rotation/planes.js';
import type { NormalMode } from '../../solvers/general/hessian.js';
import type { ModeCoordinates } from '../../solvers/general/mode-coordinates.js';

/**
 * The normal directions e_i of two-layer SGD as displacements [X | Z] in mode coordinates, r x (n+m) row-major, and the two
 * projections of a displacement: on the e_i, and on the rotations l_ab = Omega_ab Theta* / G_ab.
 */
export class NormalBasis {
  /** sqrt(s_a) (r): W1 and W2^T are diag(root) in their first r columns. */
  readonly root: Float64Array;
  /** K. */
  readonly count: number;
  /** X and Z of each e_i. */
  readonly hidden: readonly Matrix[];
  readonly readout: readonly Matrix[];

  constructor(
    readonly modes: ModeCoordinates,
    private readonly normal: readonly NormalMode[],
  ) {
    const { singularValues, inputs: n, outputs: m } = modes;
    this.root = singularValues.map(Math.sqrt);
    this.count = normal.length;
    const blocks = normal.map((mode) => blocksOf(mode, singularValues.length, n, m));
    this.hidden = blocks.map(({ x }) => x);
    this.readout = blocks.map(({ z }) => z);
  }

  get curvatures(): Float64Array {
    return Float64Array.from(this.normal, ({ curvature }) => curvature);
  }

  /** Writes e_i . displacement for all i to `into`, from `offset` on. */
  project(displacement: Float64Array, into: Float64Array, offset: number): void {
    this.normal.forEach(({ indices, values }, i) => {
      let sum = 0;
      for (let k = 0; k < indices.length; k++) sum += values[k] * displacement[indices[k]];
      into[offset + i] = sum;
    });
  }

  /** l_ab . displacement for all planes: entry (a, b) of X and of Z has the factor root_b, (b, a) -root_a. */
  rotation(displacement: Float64Array, into: Float64Array, offset = 0): void {
    const { root } = this;
    const { inputs: n, outputs: m } = this.modes;
    forPlanes(root.length, (a, b, plane) => {
      const forward = displacement[a * (n + m) + b] + displacement[a * (n + m) + n + b];
      const backward = displacement[b * (n + m) + a] + displacement[b * (n + m) + n + a];
      const metric = 2 * (root[a] ** 2 + root[b] ** 2);
      into[offset + plane] = (root[b] * forward - root[a] * backward) / metric;
    });
  }

  /** e_i as r (n+m) numbers. */
  displacement(i: number): Float64Array {
    const { inputs: n, outputs: m } = this.modes;
    const result = new Float64Array(this.root.length * (n + m));
    const { indices, values } = this.normal[i];
    indices.forEach((variable, k) => (result[variable] = values[k]));
    return result;
  }

  /** Theta* in mode coordinates. */
  minimum(): Float64Array {
    const { inputs: n, outputs: m } = this.modes;
    const result = new Float64Array(this.root.length * (n + m));
    this.root.forEach((value, a) => {
      result[a * (n + m) + a] = result[a * (n + m) + n + a] = value;
    });
    return result;
  }

  /** Principal displacements of a covariance S in the normal eigenbasis: u with sum u u^T = S. */
  combination(weights: Float64Array): { readonly hidden: Matrix; readonly readout: Matrix } {
    const { inputs: n, outputs: m } = this.modes;
    const rank = this.root.length;
    const hidden = zeros(rank, n);
    const readout = zeros(rank, m);
    weights.forEach((weight, i) => {
      this.hidden[i].data.forEach((value, at) => (hidden.data[at] += weight * value));
      this.readout[i].data.forEach((value, at) => (readout.data[at] += weight * value));
    });
    return { hidden, readout };
  }
}

function blocksOf({ indices, values }: NormalMode, rank: number, n: number, m: number): { x: Matrix; z: Matrix } {
  const x = zeros(rank, n);
  const z = zeros(rank, m);
  indices.forEach((variable, k) => {
    const a = Math.floor(variable / (n + m));
    const c = variable % (n + m);
    if (c < n) x.data[a * n + c] = values[k];
    else z.data[a * m + c - n] = values[k];
  });
  return { x, z };
}
