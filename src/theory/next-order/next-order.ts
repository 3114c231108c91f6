import { add, multiply, scale, symmetricEigen, transpose, zeros, type Matrix } from '#linalg';
import { cubature, secondMoment, type Model } from '#model';
import type { ModeCoordinates, NormalMode } from '../solvers/general/hessian.js';
import { planes } from '../rotation/planes.js';
import { SampleGradient } from './sample-gradient.js';

/** Stationary moments of the normal displacement N (normal eigenbasis) to next order in eta. */
interface NextOrderMoments {
  /** E N, order eta (K). */
  readonly mean: Float64Array;
  /** E N N^T, orders eta and eta^2 together (K x K). */
  readonly secondMoment: Matrix;
  /** Covariance of the gradient noise, averaged over N: orders 1 and eta together (K x K, per step). */
  readonly noise: Matrix;
}

/** Bases of the space of displacements, d = r (n+m) numbers each. */
interface Bases {
  /** Orthonormal normal modes. */
  readonly normal: readonly Float64Array[];
  /** Omega_ab Theta* / G_ab: the inner product with a displacement is its rotation omega_ab. */
  readonly tangent: readonly Float64Array[];
  /** Projected Omega_ab: K x K, N -> normal part of Omega_ab N. */
  readonly turns: readonly Matrix[];
}

/**
 * Moments of N where one step of learning is followed to the next order. N is the displacement in the frame of the projection
 * (Procrustes: N normal to the rotations of Theta*). With the gradient of one sample g_s = -xi_s + H_s N + g2_s(N,N) + g3_s(N,N,N),
 * bars for means over samples, S = E N N^T at leading order, and omega = -eta tau(g_s) the rotation that a step makes:
 *
 *   H E N = -g2(S)
 *   third moments T: 3 sym(H T) = sum over the terms of order eta^3 of E (N + Delta)^3 - E N^3
 *   H S' + S' H = (eta) [C + eta H S H + cov_s(H_s N) + cross terms of xi with H_s N, g2_s]        noise, discrete steps
 *                 - sym E[(g2(N,N) + g3(N,N,N)) N^T]                                               anharmonic loss
 *                 + terms of the rotation of the frame, -omega (N + eta xi)
 *
 * Complete to relative order eta: S' minus the truth is of order eta^3. Expectations over samples are exact (`cubature`).
 * A batch of B divides every covariance over samples by B, third cumulants by B^2.
 * Cost: O(samples K^2 d + K^4), K <= d = r (n+m), thousands of samples: for small problems.
 */
export function nextOrderMoments(
  model: Model,
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
  covariance: Matrix,
): NextOrderMoments {
  const eta = model.learningRate;
  const mu = Float64Array.from(normal, ({ curvature }) => curvature);
  const count = mu.length;
  const bases = basesOf(modes, normal);
  // In units of eta: N = sqrt(eta) z.
  const s = scale(covariance, 1 / eta);
  const mean = meanForces(modes, bases, s);
  const drift = mean.force.map((value, k) => -value / mu[k]);
  const samples = sampleMoments(model, modes, bases, s, drift);
  const third = thirdMoments(mu, mean.quadratic, s, drift, samples);

  const right = zeros(count, count);
  const at = right.data;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      // H S H of the mean step; the scatter of H_s and its cross terms with xi.
      let value = mu[i] * s.data[i * count + j] * mu[j] + samples.excess.data[i * count + j];
      // -E[g2(N,N) N^T] through the third moments, -E[g3(N,N,N) N^T] by Isserlis; both symmetrised.
      for (let k = 0; k < count; k++) {
        for (let l = 0; l < count; l++) {
          const kl = k * count + l;
          value -= mean.quadratic[i][kl] * third[j * count * count + kl];
          value -= mean.quadratic[j][kl] * third[i * count * count + kl];
        }
        value -= 3 * mean.cubic.data[i * count + k] * s.data[k * count + j];
        value -= 3 * mean.cubic.data[j * count + k] * s.data[k * count + i];
      }
      at[i * count + j] = value;
    }
  }
  const turning = turningTerms(bases, mean, samples, s);
  const total = add(add(right, turning), transpose(turning));
  const second = zeros(count, count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      second.data[i * count + j] =
        covariance.data[i * count + j] + (eta * eta * total.data[i * count + j]) / (mu[i] + mu[j]);
    }
  }
  return {
    mean: drift.map((value) => eta * value),
    secondMoment: second,
    noise: add(samples.noise, samples.excess, eta),
  };
}

const inner = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

function basesOf(modes: ModeCoordinates, normal: readonly NormalMode[]): Bases {
  const { singularValues, inputs: n, outputs: m } = modes;
  const columns = n + m;
  const size = singularValues.length * columns;
  const dense = normal.map(({ indices, values }) => {
    const vector = new Float64Array(size);
    indices.forEach((variable, k) => (vector[variable] = values[k]));
    return vector;
  });
  const theta = new Float64Array(size);
  singularValues.forEach((s, a) => {
    theta[a * columns + a] = theta[a * columns + n + a] = Math.sqrt(s);
  });
  const turn = (a: number, b: number, vector: Float64Array): Float64Array => {
    const moved = new Float64Array(size);
    for (let c = 0; c < columns; c++) {
      moved[a * columns + c] = vector[b * columns + c];
      moved[b * columns + c] = -vector[a * columns + c];
    }
    return moved;
  };
  const turns = planes(singularValues.length);
  return {
    normal: dense,
    tangent: turns.map(({ a, b }) => {
      const moved = turn(a, b, theta);
      const metric = inner(moved, moved);
      return moved.map((value) => value / metric);
    }),
    turns: turns.map(({ a, b }) => {
      const images = dense.map((vector) => turn(a, b, vector));
      const matrix = zeros(dense.length, dense.length);
      dense.forEach((left, i) => {
        images.forEach((image, j) => (matrix.data[i * dense.length + j] = inner(left, image)));
      });
      return matrix;
    }),
  };
}

/** Population means of the higher orders of the gradient. */
interface MeanForces {
  /** Normal components of g2(e_k, e_l): K matrices K x K. */
  readonly quadratic: readonly Float64Array[];
  /** Its rotation components tau: P matrices K x K. */
  readonly rotation: readonly Matrix[];
  /** g2(S) (K). */
  readonly force: Float64Array;
  /** g3(S, e_l), the symmetric trilinear form with two arguments averaged: K x K. */
  readonly cubic: Matrix;
}

/** The mean gradient is quadratic in x without noise: the columns of a root of Sigma stand for all inputs. */
function meanForces(modes: ModeCoordinates, { normal, tangent }: Bases, s: Matrix): MeanForces {
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
      normal.forEach((mode, i) => (quadratic[i][k * count + l] = quadratic[i][l * count + k] = inner(mode, bilinear)));
      tangent.forEach((turn, p) => {
        rotation[p].data[k * count + l] = rotation[p].data[l * count + k] = inner(turn, bilinear);
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
      normal.forEach((mode, i) => (cubic.data[i * count + l] += inner(mode, trilinear)));
    }
  }
  return { quadratic, rotation, force: Float64Array.from(quadratic, (matrix) => inner(matrix, s.data)), cubic };
}

/** Displacements u_k with sum u_k u_k^T = S. */
function principalDisplacements(normal: readonly Float64Array[], s: Matrix): Float64Array[] {
  const { values, vectors } = symmetricEigen(s);
  return Array.from(values, (value, k) => {
    const vector = new Float64Array(normal[0].length);
    normal.forEach((mode, i) => {
      const weight = Math.sqrt(Math.max(value, 0)) * vectors.data[i * vectors.cols + k];
      for (let at = 0; at < vector.length; at++) vector[at] += weight * mode[at];
    });
    return vector;
  });
}

/** Moments over samples, per step (batch included), in units where N = sqrt(eta) z. */
interface SampleMoments {
  /** C = E xi xi^T. */
  readonly noise: Matrix;
  /** What fluctuation adds to the noise covariance: cov_s(H_s z) - cross terms of xi with H_s E z and g2_s(S), both ways. */
  readonly excess: Matrix;
  /** E xi_i xi_j xi_k, K^3. */
  readonly cubed: Float64Array;
  /** E xi_i (H_s)_jk, K^3. */
  readonly mixed: Float64Array;
  /** E xi_i tau_p(H_s e_k), P matrices K x K. */
  readonly rotating: readonly Matrix[];
}

function sampleMoments(
  model: Model,
  modes: ModeCoordinates,
  { normal, tangent }: Bases,
  s: Matrix,
  drift: Float64Array,
): SampleMoments {
  const count = normal.length;
  const batch = model.batchSize;
  const noise = zeros(count, count);
  const squares = zeros(count, count);
  const cross = zeros(count, count);
  const meanHessian = zeros(count, count);
  const cubed = new Float64Array(count ** 3);
  const mixed = new Float64Array(count ** 3);
  const rotating = tangent.map(() => zeros(count, count));
  const principal = principalDisplacements(normal, s);
  for (const { weight, x, eps } of cubature(modes.input, model.labelNoiseVariance, modes.outputs)) {
    const gradient = new SampleGradient(modes, { x, eps });
    const flow = gradient.order0();
    const xi = Float64Array.from(normal, (mode) => -inner(mode, flow));
    const hessian = zeros(count, count);
    const second = new Float64Array(count);
    normal.forEach((mode, k) => {
      const image = gradient.order1(mode);
      normal.forEach((left, i) => (hessian.data[i * count + k] = inner(left, image)));
      tangent.forEach((turn, p) => {
        const rotation = weight * inner(turn, image);
        for (let i = 0; i < count; i++) rotating[p].data[i * count + k] += rotation * xi[i];
      });
    });
    for (const u of principal) {
      const force = gradient.order2(u);
      normal.forEach((mode, i) => (second[i] += inner(mode, force)));
    }
    const scattered = multiply(hessian, s, transpose(hessian));
    for (let i = 0; i < count; i++) {
      let shifted = second[i];
      for (let k = 0; k < count; k++) shifted += hessian.data[i * count + k] * drift[k];
      for (let j = 0; j < count; j++) {
        const product = weight * xi[i] * xi[j];
        noise.data[i * count + j] += product;
        squares.data[i * count + j] += weight * scattered.data[i * count + j];
        cross.data[i * count + j] -= weight * shifted * xi[j];
        meanHessian.data[i * count + j] += weight * hessian.data[i * count + j];
        const block = (i * count + j) * count;
        for (let k = 0; k < count; k++) {
          cubed[block + k] += product * xi[k];
          mixed[block + k] += weight * xi[i] * hessian.data[j * count + k];
        }
      }
    }
  }
  const mean = multiply(meanHessian, s, transpose(meanHessian));
  const excess = add(add(add(squares, mean, -1), cross), transpose(cross));
  return {
    noise: scale(noise, 1 / batch),
    excess: scale(excess, 1 / batch),
    cubed: cubed.map((value) => value / batch ** 2),
    mixed: mixed.map((value) => value / batch),
    rotating: rotating.map((matrix) => scale(matrix, 1 / batch)),
  };
}

/** E z_i z_j z_k in units of sqrt(eta), K^3: the raw third moments, mean included. */
function thirdMoments(
  mu: Float64Array,
  quadratic: MeanForces['quadratic'],
  s: Matrix,
  drift: Float64Array,
  { noise, cubed, mixed }: SampleMoments,
): Float64Array {
  const count = mu.length;
  const square = count * count;
  const force = quadratic.map((matrix) => inner(matrix, s.data));
  // a_ijk = E[g2_i z_j z_k] = g2_i(S) S_jk + 2 (S g2_i S)_jk;  b_ijk = E[xi_i (H_s S)_jk].
  const bent = quadratic.map((data) => multiply(s, { rows: count, cols: count, data }, s).data);
  const term = new Float64Array(count * square);
  for (let i = 0; i < count; i++) {
    const pushed = multiply({ rows: count, cols: count, data: mixed.subarray(i * square, (i + 1) * square) }, s).data;
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < count; k++) {
        const jk = j * count + k;
        // Pairs (j, k) of the second term come in both orders, by the sum over permutations below.
        term[i * square + jk] =
          -(force[i] * s.data[jk] + 2 * bent[i][jk]) - (pushed[jk] + pushed[k * count + j]) + drift[i] * noise.data[jk];
      }
    }
  }
  const result = new Float64Array(count * square);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < count; k++) {
        const at = i * square + j * count + k;
        const sum = term[at] + term[j * square + i * count + k] + term[k * square + i * count + j] + cubed[at];
        result[at] = sum / (mu[i] + mu[j] + mu[k]);
      }
    }
  }
  return result;
}

/**
 * Half of what the rotation of the frame adds: with omega_p = -tau_p(...),
 *   E[tau_p(g2(z,z)) (Omega_p z) z^T] + E[tau_p(H_s z) (Omega_p xi) z^T] + E[tau_p(H_s z) (Omega_p z) xi^T],
 * to which the caller adds the transpose.
 */
function turningTerms({ turns }: Bases, { rotation }: MeanForces, { rotating }: SampleMoments, s: Matrix): Matrix {
  let total = zeros(s.rows, s.rows);
  turns.forEach((turn, p) => {
    const own = inner(rotation[p].data, s.data);
    const bent = add(scale(s, own), multiply(s, rotation[p], s), 2);
    total = add(total, multiply(turn, bent));
    // rotating_ik = E xi_i tau(H_s e_k): E_z[tau(H_s z) z] = S tau.
    const paired = multiply(rotating[p], s);
    total = add(total, multiply(turn, paired));
    total = add(total, multiply(turn, transpose(paired)));
  });
  return total;
}
