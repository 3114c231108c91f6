import { InvalidInputError } from '#core';
import { ExperimentDocument, resolveExperiment, type Experiment, type ReadBytes } from '#experiment';
import { filesIn, readErrorText } from '#store';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LoadedExperiment {
  readonly text: string;
  readonly document: ExperimentDocument;
  readonly experiment: Experiment;
  /** The data files that it names, with the SHA-256 of what was read. */
  readonly data: { name: string; sha256: string }[];
}

/**
 * Reads an experiment file and the data files it names (relative to itself). Throws InvalidInputError, its message in the
 * form file:line:column even when the file itself cannot be read: then 1:1.
 */
export async function loadExperiment(file: string): Promise<LoadedExperiment> {
  const text = await readText(file);
  const document = new ExperimentDocument(file, text);
  const hashes = new Map<string, string>();
  const readFrom = filesIn(dirname(file));
  const read: ReadBytes = async (name, path) => {
    const bytes = await readFrom(name, path);
    if (!hashes.has(name)) hashes.set(name, createHash('sha256').update(bytes).digest('hex'));
    return bytes;
  };
  const experiment = await resolveExperiment(document, read);
  return { text, document, experiment, data: [...hashes].map(([name, sha256]) => ({ name, sha256 })) };
}

/** Runs work on a loaded experiment; what is wrong with its input is told with file:line:column. */
export async function withLocation<T>({ document }: LoadedExperiment, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof InvalidInputError ? document.locate(error) : error;
  }
}

/** The same for things that are made one by one; what goes wrong with them elsewhere is no fault of the experiment file. */
export function* withLocationEach<T>({ document }: LoadedExperiment, items: Iterable<T>): Generator<T> {
  try {
    yield* items;
  } catch (error) {
    throw error instanceof InvalidInputError ? document.locate(error) : error;
  }
}

export async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new InvalidInputError(`${file}:1:1: ${readErrorText(error)}, expected an experiment file (YAML or JSON)`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError(`${file}:1:1: found bytes that are not UTF-8 text, expected YAML or JSON`);
  }
}
