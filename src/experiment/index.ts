export { piece, taskReplicas } from './cut.js';
export { ExperimentDocument } from './document.js';
export { freeze, resultRows } from './freeze.js';
export type { FrozenPoint, ResultRow } from './freeze.js';
export type { Plan } from './plan.js';
export { quantities } from './record.js';
export type {
  CoursesTheory,
  Measured,
  Order,
  PerQuantity,
  PointHeader,
  PointRecord,
  ProbeComparison,
  ProbeTheory,
  Quantity,
  TheoryRecord,
} from './record.js';
export { readExperiment } from './read.js';
export type { ReadExperimentOptions } from './read.js';
export { resolveExperiment } from './resolve.js';
export type { Experiment, Point } from './resolve.js';
export { extrapolations, prepare, preparing, runExperiment, stepsOf, theoryReport } from './run.js';
export type {
  ExtrapolationRecord,
  PreparedPoint,
  RunOptions,
  RunReport,
  RunTasks,
  TheoryOptions,
  TheoryReport,
  Trajectories,
} from './run.js';
export { experimentSchema } from './schema.js';
export { nearest } from './suggest.js';
export type { ReadBytes } from './table.js';
export { runSlices, runTask } from './task.js';
export type { Keeper, Sliced, Task, TaskResult, TaskState } from './task.js';
