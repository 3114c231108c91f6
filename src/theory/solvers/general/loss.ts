import { apply, dot, fromData, multiply, sliceCols, symmetricEigen, transpose, zeros, type Matrix } from '#linalg';
import type { Loss, Model } from '#model';
import type { Minimum } from '../../minimum/manifold.js';
import type { MeanDisplacement } from '../../solution.js';
import { coupledBlocks } from './coupled-blocks.js';
import { relatedModes } from './gradient-noise.js';
import type { NormalMode } from './hessian.js';
import type { ModeCoordinates } from './mode-coordinates.js';

/**
 * Expected population loss in the stationary state, label noise included, to order eta:
 *   regularised: L(Theta*) + 1/2 sum_i mu_i Sigma_N,ii  (the gradient vanishes at Theta*);
 *   task:        L_task(Theta*) + grad L_task . E N + 1/2 E N.H_task N,  where the mean displacement E N solves
 *                H E N = -1/2 E D^3 L[N, N]: the loss is asymmetric around its minimum.
 * O(K r n m + K^3).
 */
export function stationaryLoss(
  model: Model,
  min: Minimum,
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
  covariance: Matrix,
): { readonly loss: Loss; readonly displacement: MeanDisplacement } {
  const { singularValues: s, sigma, residual, weightDecay: gamma } = modes;
  const labelNoise = (modes.outputs * model.labelNoiseVariance) / 2;
  const taskAtMinimum = dot(multiply(residual, sigma).data, residual.data) / 2 + labelNoise;
  const regularizedAtMinimum = taskAtMinimum + gamma * s.reduce((sum, value) => sum + value, 0);
  const curvature = normal.reduce((sum, mode, i) => sum + mode.curvature * covariance.data[i * normal.length + i], 0);
  const regularized = regularizedAtMinimum + curvature / 2;
  // |Theta|^2 at Theta* + N is |Theta*|^2 + 2 Theta*.N + |N|^2: gamma/2 times it is the difference of the two losses.
  const mean = meanDisplacement(modes, normal, covariance);
  const normalCovariance = normal.reduce((sum, _, i) => sum + covariance.data[i * normal.length + i], 0);
  const alongTheta = normal.reduce((sum, mode, i) => sum + mean[i] * overlapWithTheta(modes, mode), 0);
  const squaredNorm = 2 * s.reduce((sum, value) => sum + value, 0) + 2 * alongTheta + normalCovariance;
  return {
    loss: { regularized, task: regularized - (gamma / 2) * squaredNorm },
    displacement: displacementOf(min, modes, normal, mean, normalCovariance),
  };
}

function displacementOf(
  { inputBasis }: Minimum,
  { singularValues: s, inputs: n, outputs: m }: ModeCoordinates,
  normal: readonly NormalMode[],
  mean: Float64Array,
  total: number,
): MeanDisplacement {
  const variables = new Float64Array(s.length * (n + m));
  normal.forEach(({ indices, values }, i) => {
    indices.forEach((variable, at) => (variables[variable] += mean[i] * values[at]));
  });
  const row = (a: number): Float64Array => variables.subarray(a * (n + m), (a + 1) * (n + m));
  return {
    of: (x) => {
      const rotated = apply(transpose(inputBasis), x);
      return s.map((_, a) => dot(row(a).subarray(0, n), rotated));
    },
    relative: Float64Array.from(s, (value, a) => Math.hypot(row(a)[a], row(a)[n + a]) / Math.sqrt(value)),
    share: dot(mean, mean) / total,
  };
}

/** E N in the normal eigenbasis (K numbers): -(1/mu_k) times the k-th component of 1/2 E D^3 L[N, N]. */
function meanDisplacement(modes: ModeCoordinates, normal: readonly NormalMode[], covariance: Matrix): Float64Array {
  const { singularValues: s, inputs: n, outputs: m } = modes;
  const columns = n + m;
  const force = new Float64Array(s.length * columns);
  for (const block of coupledBlocks(relatedModes(covariance))) {
    const { values, vectors } = symmetricEigen(submatrix(covariance, block));
    values.forEach((variance, k) => {
      if (variance <= 0) return;
      const displacement = new Float64Array(s.length * columns);
      block.forEach((mode, i) => {
        const { indices, values: entries } = normal[mode];
        const weight = Math.sqrt(variance) * vectors.data[i * vectors.cols + k];
        indices.forEach((variable, at) => {
          displacement[variable] += weight * entries[at];
        });
      });
      addSecondOrderGradient(force, modes, fromData(s.length, columns, displacement));
    });
  }
  return Float64Array.from(normal, ({ curvature, indices, values: entries }) => {
    let component = 0;
    indices.forEach((variable, at) => {
      component += entries[at] * force[variable];
    });
    return -component / curvature;
  });
}

function submatrix(a: Matrix, indices: Int32Array): Matrix {
  const result = zeros(indices.length, indices.length);
  indices.forEach((i, p) => {
    indices.forEach((j, q) => {
      result.data[p * indices.length + q] = a.data[i * a.cols + j];
    });
  });
  return result;
}

/** Adds 1/2 D^3 L[N, N] for N = [X | Z]: [ Z dM Sigma + W2^T d2M Sigma | (dM Sigma X^T + d2M Sigma W1^T)^T ]. */
function addSecondOrderGradient(target: Float64Array, modes: ModeCoordinates, displacement: Matrix): void {
  const { singularValues: s, sigma, inputs: n, outputs: m } = modes;
  const x = sliceCols(displacement, 0, n);
  const z = sliceCols(displacement, n, n + m);
  const root = s.map(Math.sqrt);
  // First and second order of M = W2 W1: W2 X + Z^T W1, and Z^T X.
  const first = fromData(m, n, new Float64Array(m * n));
  for (let a = 0; a < s.length; a++) {
    for (let j = 0; j < n; j++) first.data[a * n + j] += root[a] * x.data[a * n + j];
    for (let i = 0; i < m; i++) first.data[i * n + a] += root[a] * z.data[a * m + i];
  }
  const firstSigma = multiply(first, sigma);
  const secondSigma = multiply(transpose(z), x, sigma);
  const gx = multiply(z, firstSigma);
  const gz = transpose(multiply(firstSigma, transpose(x)));
  for (let a = 0; a < s.length; a++) {
    for (let j = 0; j < n; j++) target[a * (n + m) + j] += gx.data[a * n + j] + root[a] * secondSigma.data[a * n + j];
    for (let i = 0; i < m; i++)
      target[a * (n + m) + n + i] += gz.data[a * m + i] + root[a] * secondSigma.data[i * n + a];
  }
}

function overlapWithTheta({ singularValues: s, inputs: n, outputs: m }: ModeCoordinates, mode: NormalMode): number {
  let sum = 0;
  mode.indices.forEach((variable, at) => {
    const a = Math.floor(variable / (n + m));
    const c = variable % (n + m);
    if (c === a || c === n + a) sum += Math.sqrt(s[a]) * mode.values[at];
  });
  return sum;
}
