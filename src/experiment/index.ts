export {
  columnNamed,
  formatCell,
  integerColumns,
  reportRows,
  resultColumns,
  resultRows,
  theoryColumns,
} from './columns.js';
export type { Column, ColumnHead, ComparedPoint, ResultCell, ResultRow } from './columns.js';
export { courseColumns, courseRows, timeCourses } from './time-courses.js';
export type { ComparedCourses, CourseColumn, TimeCourse, TimeCourseName } from './time-courses.js';
export { probesTable, sweepTable } from './figure-tables.js';
export type { ProbesFigure, SweepFigure } from './figure-tables.js';
export { theoryErrorOf } from './theory/standard-error.js';
export {
  columnOf,
  isModelParameter,
  modelParameters,
  parameterLabel,
  PHASE,
  parameters,
  ruleParameters,
  simulationParameters,
} from './parameters.js';
export type { Parameter, ParameterName } from './parameters.js';
export {
  lossNames,
  lossQuantities,
  perQuantity,
  plainSymbol,
  quantities,
  quantityLabel,
  quantityNames,
  quantityOf,
  shownQuantities,
} from './quantities.js';
export type { LossName, PerQuantity, Quantity, QuantityName } from './quantities.js';
export { reflectionNote } from './tasks/reflections.js';
export { sweptParameters, theoryCurve } from './theory/theory-curve.js';
export type { TheoryAt } from './theory/theory-curve.js';
export { arrayNames, networkSize } from './tasks/network-size.js';
export { firstPhase, phasesOf, protocolsOf } from './file/phases/phase.js';
export type { Phase } from './file/phases/phase.js';
export { phasesTable } from './phases/phases-table.js';
export type { PhaseSeries, PhasesFigure } from './phases/phases-table.js';
export type { ComparedCorrelation, FromBoundary, PhaseRecord, PhaseTheory } from './phases/phase-record.js';
export type { PhaseTimes } from './phases/predicted-phases.js';
export { resultsOfPhase } from './tasks/phases/phase-task.js';
export { protocolTemplate, sliceTask, taskReplicas, taskTemplate } from './tasks/split.js';
export type { TaskTemplate } from './tasks/split.js';
export { ExperimentDocument } from './file/source/document.js';
export { knownPaths } from './file/explain.js';
export {
  comparedPoint,
  reportedSnapshot,
  snapshotExpectedRatios,
  snapshotPoint,
  snapshotRows,
  theorySnapshot,
} from './point-snapshot.js';
export type { PointSnapshot, TheorySnapshot } from './point-snapshot.js';
export { liveTask } from './tasks/live.js';
export { planFromTheory } from './plan/from-theory.js';
export { planFromPilot } from './pilot/pilot.js';
export type { PilotOptions } from './pilot/pilot.js';
export type { PilotPoint } from './pilot/point.js';
export type { Plan, Unsettled } from './plan/plan.js';
export { parametersOf } from './point-header.js';
export type { PointHeader } from './point-header.js';
export type {
  CoursesTheory,
  Measured,
  Order,
  PointRecord,
  PredictedSources,
  ProbeComparison,
  ProbeNextOrder,
  ProbeTheory,
  TheoryRecord,
} from './report.js';
export { readExperiment } from './file/read.js';
export type { ReadExperimentOptions } from './file/read.js';
export { MAX_PROBES } from './file/probes.js';
export { remapToSweep, resolveExperiment } from './file/resolve.js';
export type { Experiment, Point, ResolvedExperiment } from './file/resolve.js';
export { RULE_FILES_RUN } from './file/rules/rule-file.js';
export type { LoadRule, RuleFile } from './file/rules/rule-file.js';
export type { Projection } from './file/dataset.js';
export { extrapolationOf, extrapolations, groupsOfRows } from './extrapolations.js';
export type { ExtrapolationRecord, TablePoint } from './extrapolations.js';
export { expectedRatios } from './theory/expected-ratios.js';
export type { ExpectedRatio, ExpectedRatios } from './theory/expected-ratios.js';
export { nextOrderRatios } from './theory/next-order-ratios.js';
export { quickened } from './plan/quick.js';
export { prepare, preparing, stepsOf } from './prepare.js';
export type { PreparedPoint } from './prepare.js';
export { covariancesOf, reportResults, resultsByRunning, runExperiment, trajectoriesOf } from './run.js';
export type { ProbeCovariances, RunOptions, RunReport, RunResult, RunTasks, Trajectories } from './run.js';
export { hasNextOrder, predictionOf, predictionSecondsOf } from './theory/prediction.js';
export type { VelocityTest } from './theory/velocity-test.js';
export { decompositionsOfRows, NOISE_SOURCE, noiseSources } from './noise-sources/decomposition.js';
export type { DecompositionRecord, DiffusionPart, ProbeDecomposition } from './noise-sources/decomposition.js';
export type { ByNoise, NoiseSourceRecord, ScalingRecord } from './noise-sources/analysis.js';
export { predictedPoints, theoryReport } from './theory/theory-report.js';
export { whyUnpredicted } from './theory/unpredicted.js';
export type { TheoryOptions, TheoryReport } from './theory/theory-report.js';
export { anyExperimentSchema, modelSchemas } from './file/rules/rule-schemas.js';
export { phaseFile } from './file/phases/phase-files.js';
export { phaseSchema, phasesSchema } from './file/phases/phase-schema.js';
export { experimentSchema } from './file/schema.js';
export type { ExperimentFile } from './file/schema.js';
export { expandSweep } from './file/sweep.js';
export { noFiles, readTable as readDataTable } from './file/table.js';
export type { ReadBytes } from './file/table.js';
export { runSlices } from './tasks/cooperative-task.js';
export type { CooperativeTask } from './tasks/cooperative-task.js';
export { Replicas } from './tasks/replicas.js';
export { runTask } from './tasks/run.js';
export type { Checkpointer, PhaseResult, Task, TaskPhase, TaskResult, TaskState } from './tasks/task.js';
export { trajectoryOfAllUnits, trajectoryTimes } from './tasks/trajectories.js';
export { coursesOf } from './theory/estimated-errors.js';
export {
  needsPilot,
  planningSecondsOf,
  preparingToRun,
  type PreparationWatch,
  type StepperFactory,
} from './pilot/prepare.js';
