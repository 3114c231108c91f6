import type { Matrix } from '#linalg';
import type { Directions } from './frames/directions.js';

/** What is measured, as plain data: nothing here knows where the reference point or the directions come from. */
export interface Measurement {
  /** K: how many representations are followed. */
  readonly probes: number;
  /** The frame that is followed; null where representations are measured without one. */
  readonly frame: FrameMeasurement | null;
  /** Steps between samples. */
  readonly lag: number;
  /** Samples taken, the first at the end of burn-in. */
  readonly samples: number;
  /** Samples (counted from the first) at which the time courses are taken, ascending. */
  readonly courseSamples: Int32Array;
  /** Samples at which the representations of the probes are kept, ascending; none unless asked for. */
  readonly trajectorySamples: Int32Array;
}

/** A rotating frame: states are seen as R.S* with a rotation R (k x r) and a displacement from it. */
export interface FrameMeasurement {
  /** S*, the reference point of the projection: the arrays of a state at R = I, which only its learning rule reads. */
  readonly referencePoint: readonly Matrix[];
  /** Left null vectors of the mean flow at S* (columns), which only the learning rule reads, for rules that need them. */
  readonly duals?: Matrix | null;
  /** r: hidden units of the reference point. */
  readonly rank: number;
  /** Directions along which rotation is resolved, D of them. */
  readonly directions: Directions;
  /** For each probe a unit vector (K x r) along which its directed motion is resolved; zeros where there is none. */
  readonly driftDirections: Matrix;
}
