/**
 * The library behind the command line. Five functions do what the commands do:
 *
 * 1. {@link readExperiment} reads an experiment file.
 * 2. {@link theoryReport} predicts its points, as `meander theory` does.
 * 3. {@link prepare} predicts and plans them for simulation.
 * 4. {@link withLocalPool} provides the threads to simulate on.
 * 5. {@link runExperiment} simulates on these and compares with the predictions, as `meander run` does.
 *
 * ```ts
 * const experiment = await readExperiment(text);
 * const predicted = theoryReport(experiment);
 * const { report } = await withLocalPool({}, (runTasks) =>
 *   runExperiment(experiment.name, prepare(experiment), runTasks),
 * );
 * ```
 *
 * An experiment is a text in YAML or JSON, or a plain object with the same keys ({@link ExperimentFile}). {@link reportRows} makes a
 * table of a report. Figures are in `meander-drift/figures`, run directories and tables in files in `meander-drift/runs`, and
 * the same functions for pages in `meander-drift/browser`.
 *
 * {@link predict} predicts a model that was not read from a file. Rates are per step of learning and include the learning
 * rate; matrices are row-major. Invalid input throws {@link InvalidInputError}, or its subclass {@link TheoryDomainError}
 * where the theory makes no prediction.
 *
 * @module meander-drift
 */
export {
  planFromPilot,
  prepare,
  quantities,
  readExperiment,
  reportRows,
  resultColumns,
  runExperiment,
  runSlices,
  runTask,
  stepsOf,
  theoryReport,
} from '#experiment';
export type {
  ByNoise,
  Column,
  ColumnHead,
  ComparedCorrelation,
  ComparedPoint,
  CooperativeTask,
  CoursesTheory,
  DecompositionRecord,
  DiffusionPart,
  Experiment,
  ExperimentFile,
  ExtrapolationRecord,
  FromBoundary,
  LoadRule,
  LossName,
  Measured,
  NoiseSourceRecord,
  Order,
  PerQuantity,
  Phase,
  PhaseRecord,
  PhaseResult,
  PhaseTheory,
  PhaseTimes,
  PilotOptions,
  PilotPoint,
  Plan,
  Unsettled,
  Point,
  PointHeader,
  PointRecord,
  PredictedSources,
  PreparedPoint,
  ProbeComparison,
  ProbeDecomposition,
  ProbeNextOrder,
  ProbeTheory,
  Projection,
  Quantity,
  QuantityName,
  ReadBytes,
  ReadExperimentOptions,
  ResultCell,
  ResultRow,
  RuleFile,
  RunOptions,
  RunReport,
  RunResult,
  RunTasks,
  ScalingRecord,
  Task,
  TaskPhase,
  TaskResult,
  TheoryOptions,
  TheoryRecord,
  TheoryReport,
  Trajectories,
  VelocityTest,
} from '#experiment';
export { filesIn } from '#store';
export { ruleFilesIn, withLocalPool } from '#execute';
export type { PoolOptions, WithPool } from '#execute';
export { frequencyAutoencoder, isotropicAutoencoder, predict, predictedCourses, twoLevelAutoencoder } from '#theory';
export type {
  DiffusionSources,
  Drift,
  EstimatedMotion,
  Fluctuating,
  FrequencyAutoencoder,
  IsotropicAutoencoder,
  LayerPrediction,
  FirstErrors,
  LearningRateError,
  LevelForms,
  NextOrderPrediction,
  NextOrderProbe,
  Path,
  Plane,
  PredictedCourses,
  Prediction,
  PredictionWatch,
  PredictOptions,
  ProbePrediction,
  SlowMotion,
  Settling,
  SlowModes,
  StabilityLimit,
  TwoLevelAutoencoder,
} from '#theory';
export { createReferenceStepper, gaussianPart, inputDistribution, populationLoss, registerRule } from '#model';
export type {
  CreateStepper,
  FrameProjection,
  GaussianPart,
  HiddenUnitReduction,
  InputDistribution,
  LearningRule,
  Loss,
  Model,
  ReplicaKey,
  RotationGroup,
  RuleModel,
  StartingPoint,
  State,
  Stepper,
  NoiseSource,
  SynapticNoise,
} from '#model';
export type { CreateMeasuredStepper } from '#kernel';
export { diagonal, fromRows, identity, toRows } from '#linalg';
export type { Matrix } from '#linalg';
export type {
  Estimates,
  LengthEstimate,
  PhaseCorrelationEstimates,
  ProbeEstimates,
  Reflections,
  TimeCourseEstimates,
} from '#measure';
export { extrapolateToZeroRate } from '#compare';
export type { Extrapolation, LimitMethod, RatePoint, VanishingPart, VectorTest } from '#compare';
export { CancelledError, InvalidInputError, npyBytes, readNpy, TheoryDomainError } from '#core';
export type { Estimate, KeyPath, NpyArray, Progress } from '#core';
