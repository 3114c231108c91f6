// The slow motion itself, beyond the steps that the network has made. Loaded when it is first needed.
import { fromData, multiply, transpose, type Matrix } from '#linalg';
import { NormalSource, generator } from '#random';
import { DenseCovariance, FrameSampler } from '#theory';
import type { PlainMotion } from '../prediction/messages.js';

/** Most steps of the sampler between two pictures: a longer leap is made of longer steps. */
const MAX_PARTS = 40;

/**
 * The effective process from a frame R (given as R^T, r x units) on: R -> R exp(omega), omega ~ N(v dt, K dt). Its codes are those
 * of the manifold, without fluctuation. The seed of the experiment makes its path.
 */
export class EffectiveProcess {
  readonly #sampler: FrameSampler;
  readonly #normals: NormalSource;
  #frame: Matrix;

  constructor({ planes, covariance, velocity, rank }: PlainMotion, frame: Float64Array, seed: number) {
    const count = planes.length;
    const diffusion = new DenseCovariance(fromData(count, count, covariance));
    this.#sampler = new FrameSampler({ planes, diffusion, velocity }, rank, { horizon: longest(planes, covariance) });
    this.#normals = new NormalSource(generator(seed, 0, 'process'), generator(seed, 0, 'processRetry'));
    this.#frame = fromData(rank, frame.length / rank, frame.slice());
  }

  /** Moves the frame by some steps of learning, and returns it as R^T. */
  advance(steps: number): Float64Array {
    const parts = Math.min(MAX_PARTS, Math.max(1, Math.ceil(steps / this.#sampler.step)));
    for (let k = 0; k < parts; k++) {
      // (R exp(omega))^T = exp(omega)^T R^T.
      this.#frame = multiply(transpose(this.#sampler.increment(steps / parts, this.#normals)), this.#frame);
    }
    return this.#frame.data;
  }
}

/** Steps in which the slowest plane that moves has turned by about a radian: what a viewer will see. */
function longest(planes: PlainMotion['planes'], covariance: Float64Array): number {
  const moving = planes.map((_, p) => covariance[p * planes.length + p]).filter((variance) => variance > 0);
  return moving.length > 0 ? 10 / Math.min(...moving) : 1;
}
