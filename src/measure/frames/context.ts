import type { SparseMatrix } from '#linalg';
import type { FrameMeasurement } from '../measurement.js';
import type { FrameReadout } from '../readout.js';
import { directionRows } from './directions.js';
import { RotationIncrements } from './increments.js';

/** What a measurement fixes about the frames of all its replicas. O(P D + K r) memory, less where there are zeros. */
export interface FrameContext<S> {
  readonly measurement: FrameMeasurement;
  readonly readout: FrameReadout<S>;
  /** Directions as rows, D x P. */
  readonly directions: SparseMatrix;
  readonly increments: RotationIncrements;
}

/** For states of `units` hidden units, sampled every `lag` steps. */
export const frameContext = <S>(
  measurement: FrameMeasurement,
  readout: FrameReadout<S>,
  units: number,
  lag: number,
): FrameContext<S> => ({
  measurement,
  readout,
  directions: directionRows(measurement.directions),
  increments: new RotationIncrements(measurement.rank, units, lag),
});
