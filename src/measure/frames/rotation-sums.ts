import { addProductTransposed, addUpperGram, productTransposed } from '#linalg';
import { addProducts, addSquaredDistances } from '../representations/products.js';
import type { SampleSums } from '../sampling/sums.js';
import type { FrameContext } from './context.js';

/** Adds the frame of a sample to the sums of its replica. O(k r^2 + r^3 + K k r + P D) a sample. */
export class FrameSums<S> {
  /** Of the sample being taken: R^T (r x k), R^T h (K x r), omega (r x r and P) and its components. */
  readonly #frame: Float64Array;
  readonly #aligned: Float64Array;
  readonly #omega: Float64Array;
  readonly #planes: Float64Array;
  readonly #along: Float64Array;

  /** `spare` is used as working memory. */
  constructor(
    private readonly context: FrameContext<S>,
    private readonly units: number,
    spare: SampleSums,
  ) {
    this.#frame = spare.frame;
    this.#aligned = new Float64Array(context.readout.codes.length);
    this.#omega = spare.increment;
    this.#planes = spare.rotation;
    this.#along = spare.along;
  }

  /** Adds the frame of the next state of a replica. */
  addFrame(sums: SampleSums, state: S, isFirst: boolean): void {
    const { readout, increments } = this.context;
    if (isFirst) this.#frame.fill(0);
    else this.#frame.set(sums.frame);
    readout.project(this.#frame, state);
    if (!isFirst) {
      if (increments.rotation(this.#omega, sums.frame, this.#frame)) sums.reflections[0]++;
      this.#addRotation(sums);
    }
    sums.frame.set(this.#frame);
  }

  /** Adds the latest rotation: its components, its square, and its product with the rotation before (zero at first). */
  #addRotation({
    rotation,
    increment,
    square,
    neighbour,
    along,
    directionSquare,
    directionNeighbour,
  }: SampleSums): void {
    const { directions, measurement } = this.context;
    const { rank } = measurement;
    const omega = this.#omega;
    const planes = this.#planes;
    let plane = 0;
    for (let a = 0; a < rank; a++) for (let b = a + 1; b < rank; b++) planes[plane++] = omega[a * rank + b];
    for (let p = 0; p < planes.length; p++) rotation[p] += planes[p];
    // omega is antisymmetric: omega^T omega' = omega omega'^T.
    addUpperGram(square, omega, rank, rank);
    addProductTransposed(neighbour, increment, omega, rank, rank, rank);
    increment.set(omega);
    const now = this.#along;
    directions.timesTransposed(now, planes, 1, planes.length);
    for (let d = 0; d < now.length; d++) {
      directionSquare[d] += now[d] * now[d];
      directionNeighbour[d] += now[d] * along[d];
    }
    along.set(now);
  }

  /** Adds what the representations h of the latest sample are in the frame: codes R^T h, and fluctuation |h - R c|^2. */
  addAligned({ frame, hidden, codes, fluctuation }: SampleSums): void {
    const { readout, measurement } = this.context;
    const { rank } = measurement;
    const { units } = this;
    const aligned = this.#aligned;
    productTransposed(aligned, hidden, frame, fluctuation.length, units, rank);
    // |h - R c|^2 = |R^T h - c|^2 + |h|^2 - |R^T h|^2, and the last two are equal where R is square.
    for (let i = 0; i < codes.length; i++) codes[i] += aligned[i];
    addSquaredDistances(fluctuation, aligned, readout.codes, rank);
    if (units > rank) {
      addProducts(fluctuation, hidden, hidden, units);
      addProducts(fluctuation, aligned, aligned, rank, -1);
    }
  }
}
