export { estimate } from './estimates.js';
export type { Courses, Estimates, ProbeEstimates } from './estimates.js';
export { Instruments } from './instruments.js';
export type { Measurement } from './instruments.js';
export { interval95, meanEstimate } from './intervals.js';
export { ReplicaObserver } from './observer.js';
export type { ObserverState, ReplicaSummary } from './observer.js';
