import { multiply, sliceCols, SparseMatrix, transpose, type Matrix } from '#linalg';
import { directionRows } from './directions.js';
import type { Measurement } from './measurement.js';
import { Projector } from './projection.js';
import { Recording } from './recording.js';

/** Population losses of a state, as numbers: [task, regularised]. */
type LossOf = (theta: Matrix) => { readonly task: number; readonly regularized: number };

/**
 * What the recorder and the observers of many replicas share: all that a measurement fixes, and room for what an observer
 * reads. They take turns; nothing of one replica is seen by another. O(P D + K n + r (n+m)) memory, less where there are
 * zeros, beside that of a Recording.
 */
export class MeasurementContext {
  readonly projector: Projector;
  readonly stimuli: SparseMatrix;
  /** Directions as rows, D x P. */
  readonly directions: SparseMatrix;
  /** Codes of the probes at the reference point, W1* x, K x r. */
  readonly codes: Float64Array;
  /** What an observer now reads. */
  readonly reading: Recording;

  /** `units` is k, the rows of every Theta that will be observed. */
  constructor(
    readonly measurement: Measurement,
    readonly units: number,
    readonly loss: LossOf,
  ) {
    const { reference, stimuli, directions } = measurement;
    this.projector = new Projector(reference, units);
    this.stimuli = SparseMatrix.from(stimuli);
    this.directions = directionRows(directions);
    this.codes = multiply(stimuli, transpose(sliceCols(reference, 0, stimuli.cols))).data;
    this.reading = new Recording(measurement, units);
  }
}
