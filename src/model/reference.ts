import { apply, sliceRows, type Matrix } from '#linalg';
import { replicaStreams, type ReplicaStreams } from '#random';
import { inputs, outputs, type Model } from './model.js';
import { InputSampler } from './sampler.js';
import type { CreateStepper } from './stepper.js';

/** 32-bit words of the state of a generator. */
const STATE_WORDS = 8;

/**
 * The readable step, the one that every faster stepper must equal:
 *   draw x, eps;  h = W1 x;  e = A x + eps - W2 h;  b = W2^T e;
 *   Theta <- (1 - eta gamma) Theta + (eta / B) sum over the batch of [ b x^T | h e^T ].
 */
export const createReferenceStepper: CreateStepper = (model, seed, replicas, starts) => {
  const states = replicas.map((replica, i) => ({
    theta: sliceRows(starts[i], 0, starts[i].rows),
    streams: replicaStreams(seed, replica),
  }));
  const step = referenceStep(model, starts[0]?.rows ?? 0);
  return {
    advance(steps) {
      for (const { theta, streams } of states) for (let t = 0; t < steps; t++) step(theta, streams);
    },
    read(index, into) {
      into.data.set(states[index].theta.data);
    },
    save() {
      const parts = states.flatMap(({ theta, streams: { generators } }) => [
        theta.data,
        ...generators.map(({ state }) => state),
      ]);
      const saved = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
      let at = 0;
      for (const { buffer, byteOffset, byteLength } of parts) {
        saved.set(new Uint8Array(buffer, byteOffset, byteLength), at);
        at += byteLength;
      }
      return saved;
    },
    restore(saved) {
      const expected = states.reduce((sum, { theta, streams: { generators } }) => {
        return sum + theta.data.byteLength + generators.length * STATE_WORDS * 4;
      }, 0);
      if (saved.length !== expected) throw new RangeError(`found ${saved.length} bytes, expected ${expected}`);
      const words = saved.slice().buffer;
      let at = 0;
      for (const { theta, streams } of states) {
        theta.data.set(new Float64Array(words, at, theta.data.length));
        at += theta.data.byteLength;
        for (const source of streams.generators) {
          source.state = new Int32Array(words, at, STATE_WORDS);
          at += STATE_WORDS * 4;
        }
      }
    },
  };
};

function referenceStep(model: Model, units: number): (theta: Matrix, streams: ReplicaStreams) => void {
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

  return ({ data: theta }, { normal, select }) => {
    for (let s = 0; s < batch; s++) {
      sampler.draw(normal, select, x, s * n);
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
