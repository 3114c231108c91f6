export { addLawForms, incrementLaw } from './estimates/increment-law.js';
export type { IncrementLaw, WorkingLaw } from './estimates/increment-law.js';
export { estimate } from './estimates/estimate.js';
export {
  correlationInterval95,
  interval95,
  meanEstimate,
  positiveInterval95,
  studentPoint,
} from './estimates/intervals.js';
export type { Estimates, Reflections } from './estimates/estimate.js';
export type { ProbeEstimates } from './estimates/motion.js';
export type { LengthEstimate } from './estimates/speed.js';
export type { PhaseCorrelationEstimates } from './estimates/phases.js';
export { probeCovariances } from './estimates/probe-covariances.js';
export type { ProbeCovariances } from './estimates/probe-covariances.js';
export type { TimeCourseEstimates } from './estimates/time-courses.js';
export type { FrameContext } from './frames/context.js';
export type { FrameMeasurement, Measurement } from './measurement.js';
export { cosines } from './representations/cosines.js';
export type { Readout } from './readout.js';
export type { Accumulator } from './sampling/accumulator.js';
export { MeasurementContext } from './sampling/context.js';
export { ReplicaObserver } from './sampling/observer.js';
export type { ObserverState } from './sampling/observer.js';
export { ReferenceAccumulator } from './sampling/reference-accumulator.js';
export type { ReplicaSummary } from './sampling/summary.js';
export type { SampleSums } from './sampling/sums.js';
