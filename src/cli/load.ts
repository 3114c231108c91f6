import { InvalidInputError } from '#core';
import { ExperimentDocument, resolveExperiment, type Experiment, type ReadBytes } from '#experiment';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

export interface LoadedExperiment {
  readonly text: string;
  readonly document: ExperimentDocument;
  readonly experiment: Experiment;
}

/** Reads an experiment file and the data files it names (relative to itself). Throws InvalidInputError. */
export async function loadExperiment(file: string): Promise<LoadedExperiment> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new InvalidInputError(`${file}: cannot be read: ${reason(error)}`);
  }
  const document = new ExperimentDocument(file, text);
  const read: ReadBytes = async (name, path) => {
    try {
      return Uint8Array.from(await readFile(resolve(dirname(file), name)));
    } catch (error) {
      throw new InvalidInputError(`${name}: cannot be read: ${reason(error)}`, path);
    }
  };
  return { text, document, experiment: await resolveExperiment(document, read) };
}

/** Runs work on a loaded experiment; what is wrong with its input is told with file:line:column. */
export async function locating<T>({ document }: LoadedExperiment, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof InvalidInputError ? document.locate(error) : error;
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a directory';
  return error instanceof Error ? error.message : String(error);
}
