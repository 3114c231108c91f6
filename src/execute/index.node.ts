export { runArrayTask } from './cluster/array-task.node.js';
export type { Warning } from './cluster/array-task.node.js';
export { cancelJobs, clusterState } from './cluster/cluster.node.js';
export type { ClusterState } from './cluster/cluster.node.js';
export { siteOf } from './cluster/site.js';
export type { Site } from './cluster/site-schema.js';
export { assertOwn, submissionsOf } from './cluster/submissions.node.js';
export type { Submission } from './cluster/submissions.node.js';
export { dryRun, submitTasks } from './cluster/submit.node.js';
export { createRun, taskSteps } from './create-run.node.js';
export type { RunSource } from './create-run.node.js';
export { measureRate } from './measure-rate.node.js';
export type { PoolOptions, WithPool } from './pool.js';
export { projectionFiles } from './projections.node.js';
export { collect, finishedPoints, resultsOfRun } from './results-table.node.js';
export {
  assertSameRun,
  CHECKPOINT_SECONDS,
  interruptedError,
  lockLostError,
  runInDirectory,
  runLocally,
  unfinishedTasks,
} from './run-tasks.node.js';
export type { LocalRunOptions } from './run-tasks.node.js';
export { PointError } from './process-pool/messages.js';
export { ruleFilesIn } from './rule-file/load.node.js';
export { lacksReport, loadRuleIfNeeded } from './rule-file/needed.node.js';
export { loadRuleOf, loadRuleOfSha256 } from './rule-file/stored.node.js';
export type { RuleTrust } from './rule-file/stored.node.js';
export { pointOf, resultsOf } from './stored-points.node.js';
export { loadSteppers } from './steppers.node.js';
export { withLocalPool } from './thread-pool/pool.node.js';
export { collectTrajectories } from './trajectories.node.js';
export type { TrajectoryOptions } from './trajectories.node.js';
export { writeReport, writeReportOf } from './write-report.node.js';
