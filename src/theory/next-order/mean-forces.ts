import { dot, symmetricEigen, zeros, type Matrix } from '#linalg';
import { secondMoment } from '#model';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';
import { principalDisplacements, type Bases } from './bases.js';
import { SampleGradient } from './sample-gradient.js';

/** Population means of the orders 2 and 3 of the gradient. */
export interface MeanForces {
  /** Normal components of g2(e_k, e_l): K matrices K x K. */
  readonly quadratic: readonly Float64Array[];
  /** Its rotation components tau: P matrices K x K. */
  readonly rotation: readonly Matrix[];
  /** g2(S) (K). */
  readonly force: Float64Array;
  /** g3(S, e_l), the symmetric trilinear form with two arguments averaged: K x K. */
  readonly cubic: Matrix;
}

/** Without label noise the gradient is quadratic in x: its mean is a sum over the columns of a square root of Sigma. */
export function meanForces(modes: ModeCoordinates, { normal, tangent }: Bases, s: Matrix): MeanForces {
  const count = normal.length;
  const { values, vectors } = symmetricEigen(secondMoment(modes.input));
  const gradients = Array.from(values, (value, k) => {
    const x = Float64Array.from(
      { length: modes.inputs },
      (_, j) => Math.sqrt(Math.max(value, 0)) * vectors.data[j * vectors.cols + k],
    );
    return new SampleGradient(modes, { x, eps: new Float64Array(modes.outputs) });
  });
  const total = (order: (gradient: SampleGradient) => Float64Array): Float64Array =>
    gradients.map(order).reduce((sum, part) => sum.map((value, i) => value + part[i]));
  const combine = (u: Float64Array, v: Float64Array, factor: number): Float64Array =>
    u.map((value, i) => value + factor * v[i]);

  const quadratic = normal.map(() => new Float64Array(count * count));
  const rotation = tangent.map(() => zeros(count, count));
  for (let k = 0; k < count; k++) {
    for (let l = k; l < count; l++) {
      const plus = combine(normal[k], normal[l], 1);
      const minus = combine(normal[k], normal[l], -1);
      const bilinear = combine(
        total((g) => g.order2(plus)),
        total((g) => g.order2(minus)),
        -1,
      ).map((value) => value / 4);
      normal.forEach((mode, i) => (quadratic[i][k * count + l] = quadratic[i][l * count + k] = dot(mode, bilinear)));
      tangent.forEach((direction, p) => {
        rotation[p].data[k * count + l] = rotation[p].data[l * count + k] = dot(direction, bilinear);
      });
    }
  }
  const cubic = zeros(count, count);
  const principal = principalDisplacements(normal, s);
  for (let l = 0; l < count; l++) {
    const alone = total((g) => g.order3(normal[l]));
    for (const u of principal) {
      const both = combine(
        total((g) => g.order3(combine(normal[l], u, 1))),
        total((g) => g.order3(combine(normal[l], u, -1))),
        1,
      );
      const trilinear = combine(both, alone, -2).map((value) => value / 6);
      normal.forEach((mode, i) => (cubic.data[i * count + l] += dot(mode, trilinear)));
    }
  }
  return { quadratic, rotation, force: Float64Array.from(quadratic, (matrix) => dot(matrix, s.data)), cubic };
}
