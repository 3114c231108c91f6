import { InvalidInputError } from '#core';
import { ExperimentDocument } from './document.js';
import { resolveExperiment, type Experiment } from './resolve.js';
import type { ReadBytes } from './table.js';

export interface ReadExperimentOptions {
  /** What error messages call the text; `experiment` unless given. */
  readonly name?: string;
  /** Reads the data files that the text names, such as `filesIn(directory)`; without it such a text is rejected. */
  readonly read?: ReadBytes;
}

/**
 * Reads an experiment from the text of an experiment file (YAML or JSON; docs/experiment-file.md), with its data files, and
 * expands its sweep into points. Throws InvalidInputError with name:line:column, the key, what was found and what would be
 * accepted.
 *
 * @group Start here
 */
export async function readExperiment(
  text: string,
  { name = 'experiment', read = noFiles }: ReadExperimentOptions = {},
): Promise<Experiment> {
  return await resolveExperiment(new ExperimentDocument(name, text), read);
}

const noFiles: ReadBytes = (file, path) =>
  Promise.reject(new InvalidInputError(`${file}: no data file can be read here, expected the numbers in place`, path));
