import { add, dot, multiply, scale, transpose, zeros, type Matrix } from '#linalg';
import { cubature, type Model } from '#model';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';
import { principalDisplacements, type Bases } from './bases.js';
import { SampleGradient } from './sample-gradient.js';

/** Moments over samples, per step (batch included), in units where N = sqrt(eta) z. */
export interface SampleMoments {
  /** C = E xi xi^T. */
  readonly noise: Matrix;
  /** Increase of the noise covariance by fluctuation: cov_s(H_s z) - cross terms of xi with H_s E z and g2_s(S), and transposed. */
  readonly excess: Matrix;
  /** E xi_i xi_j xi_k, K^3. */
  readonly cubed: Float64Array;
  /** E xi_i (H_s)_jk, K^3. */
  readonly mixed: Float64Array;
  /** E xi_i tau_p(H_s e_k), P matrices K x K. */
  readonly rotating: readonly Matrix[];
}

/** Cost: see `nextOrderMoments`. `s` is S / eta, `mean` E N / eta. */
export function sampleMoments(
  model: Model,
  modes: ModeCoordinates,
  { normal, tangent }: Bases,
  s: Matrix,
  mean: Float64Array,
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
    const xi = Float64Array.from(normal, (mode) => -dot(mode, flow));
    const hessian = zeros(count, count);
    const second = new Float64Array(count);
    normal.forEach((mode, k) => {
      const image = gradient.order1(mode);
      normal.forEach((left, i) => (hessian.data[i * count + k] = dot(left, image)));
      tangent.forEach((direction, p) => {
        const rotation = weight * dot(direction, image);
        for (let i = 0; i < count; i++) rotating[p].data[i * count + k] += rotation * xi[i];
      });
    });
    for (const u of principal) {
      const force = gradient.order2(u);
      normal.forEach((mode, i) => (second[i] += dot(mode, force)));
    }
    const scattered = multiply(hessian, s, transpose(hessian));
    for (let i = 0; i < count; i++) {
      let shifted = second[i];
      for (let k = 0; k < count; k++) shifted += hessian.data[i * count + k] * mean[k];
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
  const expected = multiply(meanHessian, s, transpose(meanHessian));
  const excess = add(add(add(squares, expected, -1), cross), transpose(cross));
  return {
    noise: scale(noise, 1 / batch),
    excess: scale(excess, 1 / batch),
    cubed: cubed.map((value) => value / batch ** 2),
    mixed: mixed.map((value) => value / batch),
    rotating: rotating.map((matrix) => scale(matrix, 1 / batch)),
  };
}
