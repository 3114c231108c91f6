export { sweptParameters, theoryCurve } from './theory-curve.js';
export type { TheoryAt } from './theory-curve.js';
export { sliceTask, taskReplicas } from './tasks/split.js';
export { ExperimentDocument } from './file/document.js';
export { snapshotPoint, resultRows } from './point-snapshot.js';
export type { PointSnapshot, ResultRow } from './point-snapshot.js';
export { liveTask } from './tasks/live.js';
export type { Plan } from './plan.js';
export { quantities } from './report.js';
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
} from './report.js';
export { readExperiment } from './file/read.js';
export type { ReadExperimentOptions } from './file/read.js';
export { resolveExperiment } from './file/resolve.js';
export type { Experiment, Point } from './file/resolve.js';
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
export { experimentSchema } from './file/schema.js';
export { expandSweep } from './file/sweep.js';
export type { ReadBytes } from './file/table.js';
export { Replicas } from './tasks/replicas.js';
export type { Checkpointer, CooperativeTask, Task, TaskState } from './tasks/replicas.js';
export { runSlices, runTask } from './tasks/run.js';
export type { TaskResult } from './tasks/run.js';
