import { addProductTransposed, addUpperGram, productTransposed, zeros, type Matrix } from '#linalg';
import type { MeasurementContext } from './context.js';
import { divergence, Recording, type Recorder } from './recording.js';
import { addProducts, addSquaredDistances } from './sums.js';

/**
 * The readable recorder, the one that every faster one must equal. Allocates nothing once made, apart from the losses.
 * O(k (n+m) r + r^3 + K k (n+r+K) + P D) a sample, less where references, stimuli or directions have zeros.
 */
export class ReferenceRecorder implements Recorder {
  readonly together = 1;
  readonly #recordings: readonly Recording[];
  readonly #theta: Matrix;
  /** Of the sample being taken: R^T (r x k), R^T h (K x r), omega (r x r and P) and its components. */
  readonly #frame: Float64Array;
  readonly #aligned: Float64Array;
  readonly #omega: Float64Array;
  readonly #planes: Float64Array;
  readonly #along: Float64Array;

  /** `readTheta` writes the state of a replica (k x (n+m)). */
  constructor(
    private readonly context: MeasurementContext,
    replicas: number,
    private readonly readTheta: (replica: number, into: Matrix) => void,
  ) {
    const { measurement, units } = context;
    const { reference, stimuli } = measurement;
    const spare = new Recording(measurement, units);
    this.#recordings = Array.from({ length: replicas }, () => new Recording(measurement, units));
    this.#theta = zeros(units, reference.cols);
    this.#frame = spare.frame;
    this.#aligned = new Float64Array(stimuli.rows * reference.rows);
    this.#omega = spare.increment;
    this.#planes = spare.rotation;
    this.#along = spare.along;
  }

  record(replica: number, first: boolean): void {
    const { loss, projector } = this.context;
    const theta = this.#theta;
    const recording = this.#recordings[replica];
    this.readTheta(replica, theta);
    const { task, regularized } = loss(theta);
    if (!Number.isFinite(regularized)) throw divergence();
    recording.losses[0] += task;
    recording.losses[1] += regularized;
    projector.project(this.#frame, theta);
    if (!first) {
      projector.rotation(this.#omega, recording.frame, this.#frame);
      this.#turn(recording);
    }
    recording.frame.set(this.#frame);
    this.#represent(recording);
  }

  /** Adds what the probes' representations h tell: codes R^T h, fluctuation, similarity. */
  #represent({ frame, hidden, codes, fluctuation, similarity }: Recording): void {
    const { measurement, units, stimuli, codes: expected } = this.context;
    const { rows: rank } = measurement.reference;
    const { rows: probes } = measurement.stimuli;
    const aligned = this.#aligned;
    const theta = this.#theta;
    stimuli.timesTransposed(hidden, theta.data, units, theta.cols);
    productTransposed(aligned, hidden, frame, probes, units, rank);
    // |h - R c|^2 = |R^T h - c|^2 + |h|^2 - |R^T h|^2, and the last two are equal where R is square.
    for (let i = 0; i < codes.length; i++) codes[i] += aligned[i];
    addSquaredDistances(fluctuation, aligned, expected, rank);
    if (units > rank) {
      addProducts(fluctuation, hidden, hidden, units);
      addProducts(fluctuation, aligned, aligned, rank, -1);
    }
    addUpperGram(similarity, hidden, probes, units);
  }

  /** Adds the latest rotation: its components, its square, and its product with the rotation before (zero at first). */
  #turn({ rotation, increment, square, neighbour, along, directionSquare, directionNeighbour }: Recording): void {
    const { measurement, directions } = this.context;
    const rank = measurement.reference.rows;
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

  read(replica: number, into: Recording): void {
    into.data.set(this.#recordings[replica].data);
  }

  write(replica: number, from: Recording): void {
    this.#recordings[replica].data.set(from.data);
  }
}
