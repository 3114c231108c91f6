import { directionCount } from '../frames/directions.js';
import type { Measurement } from '../measurement.js';
import type { Readout } from '../readout.js';

/**
 * What is kept of one replica from sample to sample: the latest sample, and sums over all of them. Every sample changes all
 * of it, so every array is a stretch of `data`, in the order of their declaration: an accumulator may keep it as one block.
 * O(P + D + r (k+r) + K (k+K)) memory with a frame of rotation, O(K (k+K)) without.
 */
export class SampleSums {
  readonly data: Float64Array;

  /** R^T of the latest sample, r x k. */
  readonly frame: Float64Array;
  /** omega (r x r, antisymmetric) since the sample before, and its component along each direction (D). */
  readonly increment: Float64Array;
  readonly along: Float64Array;
  /** h of each probe in the latest sample, K x k. */
  readonly hidden: Float64Array;

  /** Sums over samples: the two losses [task, regularised], if there are any; with a frame |h - R c|^2 of each probe and R^T h (K x r). */
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

  /** Without a frame: the latest displacement d (K x k); sums of d, and of |d_k|^2 and d_k.d_(k+1) of each probe. */
  readonly displacement: Float64Array;
  readonly displacementSum: Float64Array;
  readonly displacementSquare: Float64Array;
  readonly displacementNeighbour: Float64Array;

  /** With a frame: how many increments have a reflection (1). The last, so that the kernel need not know of it. */
  readonly reflections: Float64Array;

  constructor({ probes, frame }: Measurement, { units, losses }: Pick<Readout<never>, 'units' | 'losses'>) {
    const rank = frame?.rank ?? 0;
    const directions = frame ? directionCount(frame.directions) : 0;
    const framed = frame ? probes : 0;
    const unframed = probes - framed;
    const sizes = [
      [rank * units, rank * rank, directions, probes * units],
      [losses ? 2 : 0, framed, framed * rank, probes * probes],
      [(rank * (rank - 1)) / 2, rank * rank, directions, rank * rank, directions],
      [unframed * units, unframed * units, unframed, unframed],
      [frame ? 1 : 0],
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
      this.displacement,
      this.displacementSum,
      this.displacementSquare,
      this.displacementNeighbour,
      this.reflections,
    ] = sizes.map((size) => this.data.subarray(end, (end += size)));
  }
}
