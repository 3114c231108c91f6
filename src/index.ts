/**
 * The library behind the command line: read an experiment, predict, simulate, compare.
 *
 * Rates are per step of learning, the learning rate included. Matrices are row-major. Whatever is wrong with the input
 * throws `InvalidInputError`, its subclass `TheoryDomainError` where the theory makes no prediction. docs/getting-started.md
 * has an example.
 *
 * @module meander-drift
 */
export { prepare, quantities, readExperiment, runExperiment, stepsOf, theoryReport } from '#experiment';
export type {
  CoursesTheory,
  Experiment,
  ExtrapolationRecord,
  Measured,
  Order,
  PerQuantity,
  Plan,
  Point,
  PointHeader,
  PointRecord,
  PreparedPoint,
  ProbeComparison,
  ProbeNextOrder,
  ProbeTheory,
  Quantity,
  QuantityName,
  ReadBytes,
  ReadExperimentOptions,
  RunOptions,
  RunReport,
  RunTasks,
  TheoryOptions,
  TheoryRecord,
  TheoryReport,
  Trajectories,
} from '#experiment';
export { filesIn } from '#store';
export { withLocalPool } from '#execute';
export type { PoolOptions, WithPool } from '#execute';
export { frequencyAutoencoder, isotropicAutoencoder, predict, predictedCourses, twoLevelAutoencoder } from '#theory';
export type {
  Drift,
  FrequencyAutoencoder,
  IsotropicAutoencoder,
  LevelForms,
  NextOrderProbe,
  Path,
  Plane,
  PredictedCourses,
  Prediction,
  PredictOptions,
  ProbePrediction,
  TwoLevelAutoencoder,
} from '#theory';
export { createReferenceStepper, gaussianPart, inputDistribution, populationLoss } from '#model';
export type { CreateStepper, GaussianPart, InputDistribution, Loss, Model, Stepper } from '#model';
export { diagonal, fromRows, identity, toRows } from '#linalg';
export type { Matrix } from '#linalg';
export type { Courses, Estimates, ProbeEstimates } from '#measure';
export { extrapolateToZeroRate } from '#compare';
export type { Extrapolation, RatePoint } from '#compare';
export { CancelledError, InvalidInputError, TheoryDomainError } from '#core';
export type { Estimate, KeyPath, Progress } from '#core';
