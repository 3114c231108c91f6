import { apply, type Matrix } from '#linalg';
import type { ReplicaStreams } from '#random';
import { InputSampler } from '../input/sampler.js';
import { inputs, outputs, type Model } from './model.js';

/**
 * The readable step for Theta of `units` rows:
 *   draw x, eps;  h = W1 x;  e = A x + eps - W2 h;  b = W2^T e;
 *   Theta <- (1 - eta gamma) Theta + (eta / B) sum over the batch of [ b x^T | h e^T ].
 */
export function readableStep(model: Model, units: number): (theta: Matrix, streams: ReplicaStreams) => void {
  const n = inputs(model);
  const m = outputs(model);
  const columns = n + m;
  const batch = model.batchSize;
  const sampler = new InputSampler(model.input);
  const noise = Math.sqrt(model.labelNoiseVariance);
  const decay = 1 - model.learningRate * model.weightDecay;
  const rate = model.learningRate / batch;
  const x = new Float64Array(batch * n);
  const e = new Float64Array(batch * m);
  const h = new Float64Array(batch * units);
  const b = new Float64Array(batch * units);

  return ({ data: theta }, { normal, select, shuffle }) => {
    for (let s = 0; s < batch; s++) {
      sampler.draw(normal, select, x, s * n, shuffle);
      e.set(apply(model.target, x.subarray(s * n, s * n + n)), s * m);
      if (noise > 0) for (let i = 0; i < m; i++) e[s * m + i] += noise * normal.next();
      for (let k = 0; k < units; k++) {
        let activation = 0;
        for (let j = 0; j < n; j++) activation += theta[k * columns + j] * x[s * n + j];
        h[s * units + k] = activation;
        for (let i = 0; i < m; i++) e[s * m + i] -= theta[k * columns + n + i] * activation;
      }
      for (let k = 0; k < units; k++) {
        let back = 0;
        for (let i = 0; i < m; i++) back += theta[k * columns + n + i] * e[s * m + i];
        b[s * units + k] = back;
      }
    }
    for (let i = 0; i < theta.length; i++) theta[i] *= decay;
    for (let s = 0; s < batch; s++) {
      for (let k = 0; k < units; k++) {
        const back = rate * b[s * units + k];
        const activation = rate * h[s * units + k];
        for (let j = 0; j < n; j++) theta[k * columns + j] += back * x[s * n + j];
        for (let i = 0; i < m; i++) theta[k * columns + n + i] += activation * e[s * m + i];
      }
    }
  };
}
