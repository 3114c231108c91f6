import { apply, exponential, identity, multiply, norm, symmetricEigen, zeros, type Matrix } from '#linalg';
import type { Drift } from '../rotation/drift.js';
import { localError } from './local-error.js';
import { decayRates, meanFrameGenerator } from './mean-frame.js';

/** Independent standard normal numbers, such as `NormalSource` of `#random`. */
export interface Normals {
  next(): number;
}

export interface FrameSamplerOptions {
  /** Bound of the weak error: |E[Q(0)^T Q(t)] - exp(t A)| in operator norm, at any time up to the horizon. Default 0.005. */
  readonly weakError?: number;
  /** Longest time of interest, in steps of learning; none by default. */
  readonly horizon?: number;
}

/** Largest (|S| + |V|) dt: beyond it the leading term of the weak error does not dominate. */
const LARGEST_STEP = 0.5;

/**
 * Samples paths of the slow motion itself, the frame on the rotation group, by geometric Euler-Maruyama in the body frame:
 *   Q -> Q exp(omega),  omega ~ N(v dt, K dt) over the planes, K = Cov(omega) per step of learning.
 * Q stays a rotation exactly. dt spans as many steps of learning as the error allows, since the fast motion is
 * averaged out; the cost of a path does not depend on the learning rate.
 *
 * The weak error is of first order: with S and V of `meanFrameGenerator` one step differs from exp(dt A) by dt^2 W + O(dt^3),
 *   W = E omega^4 / 24 + E omega^3 / 6 - (S^2 + S V + V S) / 2  (omega Gaussian, orders K^2 and K v),
 * and the error of a step decays like exp(-lambda t), lambda the slowest decay rate. So the total error is at most
 * dt |W| min(horizon, 1 / (e lambda)), from which dt is chosen.
 *
 * O(P^2 + r^3) a step, O(P^3) once. Throws RangeError when the error is not positive or cannot be bounded.
 */
export class FrameSampler {
  /** dt: steps of learning in one step of the sampler; Infinity where nothing moves. */
  readonly step: number;
  readonly #drift: Drift;
  readonly #rank: number;
  /** Columns sqrt(kappa_d) times the directions: a square root of K, P x P. */
  readonly #root: Matrix;

  constructor(drift: Drift, rank: number, { weakError = 0.005, horizon = Infinity }: FrameSamplerOptions = {}) {
    if (!(weakError > 0)) throw new RangeError(`weakError ${weakError}: expected a positive number`);
    const { values, vectors } = symmetricEigen(drift.diffusion.dense());
    const size = values.length;
    this.#drift = drift;
    this.#rank = rank;
    this.#root = { ...vectors, data: vectors.data.map((value, i) => value * Math.sqrt(Math.max(values[i % size], 0))) };
    const motion = meanFrameGenerator(drift, rank);
    const rates = decayRates(motion);
    const slowest = rates[0];
    const fastest = rates[rank - 1];
    const longest = Math.min(horizon, slowest > 1e-12 * fastest ? 1 / (Math.E * slowest) : Infinity);
    const error = norm(localError(drift, motion));
    const allowed = error > 0 ? weakError / (error * longest) : Infinity;
    const speed = fastest + norm(motion.directed);
    this.step = Math.min(allowed, speed > 0 ? LARGEST_STEP / speed : Infinity);
    if (!(this.step > 0)) {
      throw new RangeError('some rotations do not diffuse, so their error does not decay: give the sampler a horizon');
    }
  }

  /**
   * One path: Q(0)^T Q(t), r x r rotations at the given ascending times (steps of learning, any real numbers). A p x r frame is
   * Q(0) times these: it stays in the span of its first columns.
   */
  path(times: readonly number[], normals: Normals): Matrix[] {
    let rotation = identity(this.#rank);
    let now = 0;
    return times.map((time) => {
      if (!(time >= now)) throw new RangeError(`times of a path ascend from 0: found ${time} after ${now}`);
      const parts = Math.ceil((time - now) / this.step);
      for (let k = 0; k < parts; k++) rotation = multiply(rotation, this.increment((time - now) / parts, normals));
      now = time;
      return rotation;
    });
  }

  /** exp(omega) of one step of dt. Takes P normals. */
  increment(dt: number, normals: Normals): Matrix {
    const { planes, velocity } = this.#drift;
    const noise = apply(
      this.#root,
      Float64Array.from(planes, () => normals.next()),
    );
    const omega = zeros(this.#rank, this.#rank);
    const root = Math.sqrt(dt);
    planes.forEach(({ a, b }, p) => {
      const angle = velocity[p] * dt + noise[p] * root;
      omega.data[a * this.#rank + b] = angle;
      omega.data[b * this.#rank + a] = -angle;
    });
    return exponential(omega);
  }
}
