import { ExperimentDocument } from './source/document.js';
import { plainSource } from './source/plain-source.js';
import { resolveExperiment, type Experiment } from './resolve.js';
import type { LoadRule } from './rules/rule-file.js';
import { noFiles, type ReadBytes } from './table.js';

export interface ReadExperimentOptions {
  /** What error messages call the text or object; `experiment` unless given. */
  readonly name?: string;
  /** Reads the data files that it names, such as `filesIn(directory)`; without it such a name is rejected. */
  readonly read?: ReadBytes;
  /** Runs the code of the rule file that it names, such as `ruleFilesIn(directory)`; without it such a name is rejected. */
  readonly loadRule?: LoadRule;
}

/**
 * Reads an experiment from the text of an experiment file (YAML or JSON; docs/experiment-file.md), or from a plain object with
 * the same keys ({@link ExperimentFile}), with its data files, and expands its sweep into points. Typed arrays are lists of numbers.
 * Throws InvalidInputError with the key, what was found and what would be accepted; of a text with name:line:column.
 *
 * @group Start here
 */
export async function readExperiment(
  content: string | object,
  { name = 'experiment', read = noFiles, loadRule }: ReadExperimentOptions = {},
): Promise<Experiment> {
  const source = typeof content === 'string' ? new ExperimentDocument(name, content) : plainSource(name, content);
  return await resolveExperiment(source, read, loadRule);
}
