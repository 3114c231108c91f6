import type { SampleSums } from './sums.js';
import type { TimeCourseValues } from './time-courses.js';

/** Means over the samples of one replica, plain data. */
export interface ReplicaSummary extends RotationMeans, DisplacementMeans, TimeCourseValues {
  /** Samples taken, N + 1: fewer than planned when the run was interrupted. */
  readonly samples: number;
  /** Time courses taken so far. */
  readonly coursesTaken: number;
  /** [task, regularised]; empty where a state has no loss. */
  readonly losses: Float64Array;
  /** Mean representational similarity matrix h_i.h_j, K x K. */
  readonly similarity: Float64Array;
  /** h of the probes at the trajectory samples, T x K x k; NaN where an interrupted run did not come. */
  readonly trajectory: Float64Array;
  /** Of an experiment with phases: cosine of h at its first sample and at each course sample of this phase, C x K. */
  readonly startCorrelation?: Float64Array;
  /**
   * The same: cosine of h at each boundary before, the first sample and the end of every earlier phase, and at the end of this phase,
   * B x K; absent where an interrupted run did not come to it.
   */
  readonly boundaryCorrelation?: Float64Array;
}

/**
 * What turns with the frame; empty where none is followed. Rotation increments are omega_k = log(R_k^T R_(k+1)) over one lag,
 * k = 1 .. N.
 */
interface RotationMeans {
  /** Mean omega (P): over all increments, without the last, without the first. */
  readonly rotation: Float64Array;
  readonly rotationHead: Float64Array;
  readonly rotationTail: Float64Array;
  /** Mean omega_k^T omega_k and mean omega_k^T omega_(k+1), r x r: |omega c|^2 = c^T (omega^T omega) c for any c. */
  readonly square: Float64Array;
  readonly neighbour: Float64Array;
  /** Mean q_k^2 and mean q_k q_(k+1) of the component q of omega along each direction. */
  readonly directionSquare: Float64Array;
  readonly directionNeighbour: Float64Array;
  /** Mean representation in the frame, R^T h, of each probe (K x r). */
  readonly codes: Float64Array;
  /** Mean |h - R c|^2 for each probe. */
  readonly fluctuation: Float64Array;
  /** Increments in which a mode changed its sign; absent where there are none, as almost always. */
  readonly reflections?: number;
}

/** Displacements d_k = h_(k+1) - h_k over one lag where no frame is followed; else empty. */
interface DisplacementMeans {
  /** Mean d (K x k): over all increments, without the last, without the first. */
  readonly displacement: Float64Array;
  readonly displacementHead: Float64Array;
  readonly displacementTail: Float64Array;
  /** Mean |d_k|^2 and mean d_k.d_(k+1) of each probe (K). */
  readonly displacementSquare: Float64Array;
  readonly displacementNeighbour: Float64Array;
}

/** The sums of the first increment of a replica. */
export type FirstIncrement = Pick<SampleSums, 'rotation' | 'displacementSum'>;

const mean = (sums: Float64Array, count: number): Float64Array => sums.map((sum) => sum / count);

/** Means of a replica's rotation increments over `samples` samples; `rank` is r, 0 without a frame. */
export function rotationMeans(sums: SampleSums, samples: number, rank: number, first: FirstIncrement): RotationMeans {
  const last = abovePlanes(sums.increment, rank);
  return {
    rotation: mean(sums.rotation, samples - 1),
    rotationHead: sums.rotation.map((sum, plane) => (sum - last[plane]) / (samples - 2)),
    rotationTail: sums.rotation.map((sum, plane) => (sum - first.rotation[plane]) / (samples - 2)),
    square: mirrored(mean(sums.square, samples - 1), rank),
    neighbour: mean(sums.neighbour, samples - 2),
    codes: mean(sums.codes, samples),
    directionSquare: mean(sums.directionSquare, samples - 1),
    directionNeighbour: mean(sums.directionNeighbour, samples - 2),
    fluctuation: mean(sums.fluctuation, samples),
    ...(rank > 0 && sums.reflections[0] > 0 && { reflections: sums.reflections[0] }),
  };
}

export function displacementMeans(sums: SampleSums, samples: number, first: FirstIncrement): DisplacementMeans {
  const { displacement: last, displacementSum: total } = sums;
  return {
    displacement: mean(total, samples - 1),
    displacementHead: total.map((sum, i) => (sum - last[i]) / (samples - 2)),
    displacementTail: total.map((sum, i) => (sum - first.displacementSum[i]) / (samples - 2)),
    displacementSquare: mean(sums.displacementSquare, samples - 1),
    displacementNeighbour: mean(sums.displacementNeighbour, samples - 2),
  };
}

/** Means over samples that need no frame. */
export function sampleMeans(
  sums: SampleSums,
  samples: number,
  probes: number,
): Pick<ReplicaSummary, 'losses' | 'similarity'> {
  return {
    losses: mean(sums.losses, samples),
    similarity: mirrored(mean(sums.similarity, samples), probes),
  };
}

/** Writes the upper triangle of a (size x size) into the lower. */
function mirrored(a: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) a[i * size + j] = a[j * size + i];
  return a;
}

/** The entries above the diagonal of omega (r x r), plane by plane (P). */
function abovePlanes(omega: Float64Array, rank: number): number[] {
  return Array.from(omega).filter((_, at) => at % rank > Math.floor(at / rank));
}
