import type { ServedRun, ServedRuns } from '#core';
import type { RunView } from './run-view.js';

/** Where runs come from: the directory of a server, or files of the user. */
export interface RunSource {
  /** What the list is called. */
  readonly title: string;
  readonly runs: ServedRuns;
  /** Reads the results of a run. Throws InvalidInputError where they are damaged. */
  readonly read: (run: ServedRun) => Promise<RunView>;
  /** The URL of a picture of a run that has been read. */
  readonly url: (run: ServedRun, file: string) => string;
  /** The experiment file of a run and the data files that it names. Throws InvalidInputError where one is missing. */
  readonly experiment: (run: ServedRun, view: RunView) => Promise<File[]>;
}
