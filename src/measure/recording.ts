import { InvalidInputError } from '#core';
import { directionCount } from './directions.js';
import type { Measurement } from './measurement.js';

/**
 * What is kept of one replica from sample to sample: the latest sample, and sums over all of them. Every sample changes all
 * of it, so every array is a stretch of `data`, in the order of their declaration: that is how a recorder may keep it.
 * O(P + D + r (k+r) + K (k+K)) memory.
 */
export class Recording {
  readonly data: Float64Array;

  /** R^T of the latest sample, r x k. */
  readonly frame: Float64Array;
  /** omega (r x r, antisymmetric) since the sample before, and its component along each direction (D). */
  readonly increment: Float64Array;
  readonly along: Float64Array;
  /** h = W1 x of each probe, K x k. */
  readonly hidden: Float64Array;

  /** Sums over samples: the two losses [task, regularised]; of each probe |(W1 - R W1*) x|^2 and R^T h (K x r). */
  readonly losses: Float64Array;
  readonly fluctuation: Float64Array;
  readonly codes: Float64Array;
  /** h_i.h_j in the upper triangle of K x K; what is below is arbitrary. */
  readonly similarity: Float64Array;

  /** Sums over increments: omega (P); omega^T omega in the upper triangle of r x r, with anything below; q^2 of its components. */
  readonly rotation: Float64Array;
  readonly square: Float64Array;
  readonly directionSquare: Float64Array;
  /** Sums over neighbours: omega_k^T omega_(k+1) (r x r), and q_k q_(k+1). */
  readonly neighbour: Float64Array;
  readonly directionNeighbour: Float64Array;

  constructor(measurement: Measurement, units: number) {
    const rank = measurement.reference.rows;
    const probes = measurement.stimuli.rows;
    const directions = directionCount(measurement.directions);
    const sizes = [
      [rank * units, rank * rank, directions, probes * units],
      [2, probes, probes * rank, probes * probes],
      [(rank * (rank - 1)) / 2, rank * rank, directions, rank * rank, directions],
    ].flat();
    this.data = new Float64Array(sizes.reduce((sum, size) => sum + size, 0));
    let end = 0;
    [
      this.frame,
      this.increment,
      this.along,
      this.hidden,
      this.losses,
      this.fluctuation,
      this.codes,
      this.similarity,
      this.rotation,
      this.square,
      this.directionSquare,
      this.neighbour,
      this.directionNeighbour,
    ] = sizes.map((size) => this.data.subarray(end, (end += size)));
  }
}

/**
 * Takes the samples of all replicas of a stepper: what every sample needs. A ReplicaObserver does for each replica what is
 * done at few of them. A replica's numbers do not depend on the others.
 */
export interface Recorder {
  /** How many replicas are recorded by one call: group g has those from g * together on. */
  readonly together: number;
  /**
   * Takes the present states of a group of replicas as their next sample; `first` when there is none before. Throws
   * InvalidInputError when a state is no longer finite (`divergence`) or has lost its relation to the sample before.
   */
  record(group: number, first: boolean): void;
  read(replica: number, into: Recording): void;
  write(replica: number, from: Recording): void;
}

export const divergence = (): InvalidInputError =>
  new InvalidInputError('the simulation diverged; give a smaller learningRate', ['model', 'learningRate']);
