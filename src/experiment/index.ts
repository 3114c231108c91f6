export { sweptParameters, theoryAlong } from './along.js';
export type { TheoryAt } from './along.js';
export { piece, taskReplicas } from './cut.js';
export { ExperimentDocument } from './document.js';
export { freeze, resultRows } from './freeze.js';
export type { FrozenPoint, ResultRow } from './freeze.js';
export { endlessTask } from './endless.js';
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
export { expandSweep } from './sweep.js';
export type { ReadBytes } from './table.js';
export { Replicas } from './replicas.js';
export type { Keeper, Sliced, Task, TaskState } from './replicas.js';
export { runSlices, runTask } from './task.js';
export type { TaskResult } from './task.js';
