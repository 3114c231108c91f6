import { frameContext, type FrameContext } from '../frames/context.js';
import type { Measurement } from '../measurement.js';
import type { Readout } from '../readout.js';
import { SampleSums } from './sums.js';

/**
 * What the accumulator and the observers of many replicas share: all that a measurement fixes, and memory for what an observer
 * reads. They take turns; nothing of one replica is seen by another.
 */
export class MeasurementContext<S> {
  /** null where no frame is followed. */
  readonly frame: FrameContext<S> | null;
  /** The sums that an observer is reading. */
  readonly reading: SampleSums;

  /** Throws RangeError when only one of measurement and readout follows a frame. */
  constructor(
    readonly measurement: Measurement,
    readonly readout: Readout<S>,
  ) {
    if ((measurement.frame === null) !== (readout.frame === null)) {
      throw new RangeError('a measurement that follows a frame needs a readout that does');
    }
    const { frame, lag } = measurement;
    this.frame = frame && readout.frame && frameContext(frame, readout.frame, readout.units, lag);
    this.reading = new SampleSums(measurement, readout);
  }
}
