import { addUpperGram } from '#linalg';
import { FrameSums } from '../frames/rotation-sums.js';
import { addDisplacement } from '../representations/displacement-sums.js';
import type { Accumulator } from './accumulator.js';
import type { MeasurementContext } from './context.js';
import { SampleSums } from './sums.js';

/**
 * The reference implementation of an accumulator, which every faster one must equal. Allocates nothing once made, apart from
 * what the readout does. O(K k (r+K)) a sample beside the readout and the frame.
 */
export class ReferenceAccumulator<S> implements Accumulator {
  readonly groupSize = 1;
  readonly #sums: readonly SampleSums[];
  readonly #frame: FrameSums<S> | null;
  /** Of the sample being taken: representations, and displacement where no frame is followed, K x k. */
  readonly #hidden: Float64Array;
  readonly #displacement: Float64Array;

  /** `stateOf` gives the present state of a replica; it may be the same object every time. */
  constructor(
    private readonly context: MeasurementContext<S>,
    replicas: number,
    private readonly stateOf: (replica: number) => S,
  ) {
    const { measurement, readout, frame } = context;
    const spare = new SampleSums(measurement, readout);
    this.#sums = Array.from({ length: replicas }, () => new SampleSums(measurement, readout));
    this.#frame = frame && new FrameSums(frame, readout.units, spare);
    this.#hidden = spare.hidden;
    this.#displacement = spare.displacement;
  }

  add(replica: number, isFirst: boolean): void {
    const { readout } = this.context;
    const sums = this.#sums[replica];
    const state = this.stateOf(replica);
    readout.represent(this.#hidden, state);
    const losses = readout.losses?.(state);
    if (losses ? !Number.isFinite(losses.regularized) : !this.#hidden.every(Number.isFinite)) throw readout.notFinite();
    if (losses) {
      sums.losses[0] += losses.task;
      sums.losses[1] += losses.regularized;
    }
    if (this.#frame) this.#frame.addFrame(sums, state, isFirst);
    else if (!isFirst) addDisplacement(sums, this.#hidden, readout.units, this.#displacement);
    sums.hidden.set(this.#hidden);
    this.#frame?.addAligned(sums);
    addUpperGram(sums.similarity, sums.hidden, this.context.measurement.probes, readout.units);
  }

  read(replica: number, into: SampleSums): void {
    into.data.set(this.#sums[replica].data);
  }

  write(replica: number, from: SampleSums): void {
    this.#sums[replica].data.set(from.data);
  }
}
