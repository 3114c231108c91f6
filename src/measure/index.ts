export { estimate } from './estimates.js';
export type { Courses, Estimates, ProbeEstimates } from './estimates.js';
export { interval95 } from './intervals.js';
export { ReplicaObserver } from './observer.js';
export type { Measurement, ReplicaSummary } from './observer.js';
