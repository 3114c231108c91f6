/**
 * Experiments in a web page: read an experiment, predict, simulate on web workers, compare.
 *
 * The entry `meander-drift/browser` of the package, for bundlers. It uses no module of Node and no shared memory, so a
 * page of any static host can run it; a report has the same bytes as that of the command line. A bundler must support
 * `new Worker(new URL('…', import.meta.url), { type: 'module' })` and `new URL('….wasm', import.meta.url)` in packages,
 * as Vite and webpack 5 do; with Vite, name the package in `optimizeDeps.exclude` for the development server.
 *
 * ```ts
 * import { prepare, readExperiment, runExperiment, withWebPool } from 'meander-drift/browser';
 *
 * const experiment = await readExperiment(text);
 * const { report } = await withWebPool({}, (runTasks) => runExperiment(experiment.name, prepare(experiment), runTasks));
 * ```
 *
 * @module meander-drift/browser
 */
export { withWebPool } from '#execute/web';
export type { WebPoolOptions } from '#execute/web';
export { loadKernel } from '#kernel/web';
export {
  ExperimentDocument,
  prepare,
  readExperiment,
  reportRows,
  resultColumns,
  runExperiment,
  stepsOf,
  theoryReport,
} from '#experiment';
export type {
  ByNoise,
  Column,
  DecompositionRecord,
  DiffusionPart,
  Experiment,
  ExperimentFile,
  ExtrapolationRecord,
  NoiseSourceRecord,
  Order,
  Plan,
  Point,
  PointRecord,
  PreparedPoint,
  ProbeDecomposition,
  ReadBytes,
  ReadExperimentOptions,
  ResultRow,
  RunOptions,
  RunReport,
  RunTasks,
  ScalingRecord,
  TheoryOptions,
  TheoryRecord,
  TheoryReport,
  Trajectories,
} from '#experiment';
export { CancelledError, InvalidInputError, TheoryDomainError } from '#core';
export type { Estimate, KeyPath, Progress } from '#core';
