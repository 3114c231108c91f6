/**
 * Run directories and tables from a program in Node: the entry `meander-drift/runs` of the package.
 *
 * {@link runInto} and {@link sweepInto} run an experiment in a directory, which keeps what is done: called again after an
 * interruption they go on. {@link readTable}, {@link readReport} and {@link readTrajectories} read what is there, also of
 * directories that `meander run --out` or `meander sweep` made; {@link readRows} and {@link writeRows} tables in files.
 *
 * ```ts
 * import { readTable, sweepInto, writeRows } from 'meander-drift/runs';
 *
 * const { rows } = await sweepInto('decays', experiment);
 * await writeRows('decays.npz', rows);
 * ```
 *
 * @module meander-drift/runs
 */
export {
  readManifest,
  readMatrix,
  readReport,
  readRows,
  readStatus,
  readTable,
  readTrajectories,
  resumeRun,
  runInto,
  sweepInto,
  writeRows,
} from '#library';
export type { RunIntoOptions, RunStatus, RunTable, SweepIntoOptions, TableFormat } from '#library';
export { collect, collectTrajectories } from '#execute';
export type { LocalRunOptions, RuleTrust, TrajectoryOptions } from '#execute';
export { filesIn, RunDirectory } from '#store';
export type { Manifest } from '#store';
