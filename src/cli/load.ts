import { InvalidInputError } from '#core';
import { ExperimentDocument, resolveExperiment, type Experiment } from '#experiment';
import { filesIn, whyUnreadable } from '#store';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LoadedExperiment {
  readonly text: string;
  readonly document: ExperimentDocument;
  readonly experiment: Experiment;
}

/**
 * Reads an experiment file and the data files it names (relative to itself). Throws InvalidInputError, its message in the
 * form file:line:column even when the file itself cannot be read: then 1:1.
 */
export async function loadExperiment(file: string): Promise<LoadedExperiment> {
  const text = await readText(file);
  const document = new ExperimentDocument(file, text);
  return { text, document, experiment: await resolveExperiment(document, filesIn(dirname(file))) };
}

/** Runs work on a loaded experiment; what is wrong with its input is told with file:line:column. */
export async function locating<T>({ document }: LoadedExperiment, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof InvalidInputError ? document.locate(error) : error;
  }
}

async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new InvalidInputError(`${file}:1:1: ${whyUnreadable(error)}, expected an experiment file (YAML or JSON)`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError(`${file}:1:1: found bytes that are not UTF-8 text, expected YAML or JSON`);
  }
}
