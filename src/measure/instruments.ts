import { multiply, sliceCols, SparseMatrix, transpose, type Matrix } from '#linalg';
import { componentsAlong, type Directions } from './directions.js';
import { Projector } from './projection.js';

/** What is measured, as data: nothing here knows where the reference point or the directions come from. */
export interface Measurement {
  /** Theta* at Q = I (r x (n+m)): the reference point of the projection. */
  readonly reference: Matrix;
  /** K x n, one probe stimulus per row. */
  readonly stimuli: Matrix;
  /** Along which rotation is resolved, D of them. */
  readonly directions: Directions;
  /** For each probe a unit vector (K x r) along which its directed motion is resolved; zeros where there is none. */
  readonly headings: Matrix;
  /** Steps between samples. */
  readonly lag: number;
  /** Samples taken, the first at the end of burn-in. */
  readonly samples: number;
  /** Samples (counted from the first) at which the time courses are recorded, ascending. */
  readonly courseSamples: Int32Array;
  /** Samples at which the representations of the probes are kept, ascending; none unless asked for. */
  readonly trajectorySamples: Int32Array;
}

/** Population losses of a state, as numbers: [task, regularised]. */
type LossOf = (theta: Matrix) => { readonly task: number; readonly regularized: number };

/**
 * What the observers of many replicas share: all that a measurement fixes, and room for what is computed of one state.
 * Observers that share it must take turns; nothing of one is seen by another.
 * O(P D + K n + r (n+m)) memory, less where there are zeros, and O(r^2 + K (k+r)).
 */
export class Instruments {
  readonly projector: Projector;
  readonly stimuli: SparseMatrix;
  /** Writes the components of a rotation along the directions. */
  readonly components: (along: Float64Array, omega: Float64Array) => void;
  /** Codes of the probes at the reference point, W1* x, K x r. */
  readonly codes: Float64Array;
  /** h = W1 x of the probes in the state now observed, K x k, and R^T h, K x r. */
  readonly hidden: Float64Array;
  readonly aligned: Float64Array;

  /** `units` is k, the rows of every Theta that will be observed. */
  constructor(
    readonly measurement: Measurement,
    readonly units: number,
    readonly loss: LossOf,
  ) {
    const { reference, stimuli, directions } = measurement;
    this.projector = new Projector(reference, units);
    this.stimuli = new SparseMatrix(stimuli);
    this.components = componentsAlong(directions);
    this.codes = multiply(stimuli, transpose(sliceCols(reference, 0, stimuli.cols))).data;
    this.hidden = new Float64Array(stimuli.rows * units);
    this.aligned = new Float64Array(stimuli.rows * reference.rows);
  }
}
