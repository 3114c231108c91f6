import type { Matrix } from '#linalg';
import type { Directions } from './directions.js';

/** What is measured, as data: nothing here knows where the reference point or the directions come from. */
export interface Measurement {
  /** Theta* at Q = I (r x (n+m)): the reference point of the projection. */
  readonly reference: Matrix;
  /** K x n, one probe stimulus per row. */
  readonly stimuli: Matrix;
  /** Along which rotation is resolved, D of them. */
  readonly directions: Directions;
  /** For each probe a unit vector (K x r) along which its directed motion is resolved; zeros where there is none. */
  readonly driftDirections: Matrix;
  /** Steps between samples. */
  readonly lag: number;
  /** Samples taken, the first at the end of burn-in. */
  readonly samples: number;
  /** Samples (counted from the first) at which the time courses are recorded, ascending. */
  readonly courseSamples: Int32Array;
  /** Samples at which the representations of the probes are kept, ascending; none unless asked for. */
  readonly trajectorySamples: Int32Array;
}
