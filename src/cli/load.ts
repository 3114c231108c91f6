import { InvalidInputError } from '#core';
import { ruleFilesIn } from '#execute';
import { ExperimentDocument } from '#experiment';
import { loadDocument, type LoadedExperiment } from '#library';
import { filesIn, readErrorText, readPlainFile } from '#store';
import { createReadStream } from 'node:fs';
import { dirname } from 'node:path';
import { note, type Io } from './io.js';
import { applySetting } from './settings.js';

/**
 * Reads an experiment file, which the user named, with the data files it names (relative to itself) and its rule file, whose code it runs. Throws InvalidInputError, its message in the
 * form file:line:column even when the file itself cannot be read: then 1:1. `settings` are texts KEY=VALUE that go over the
 * file; what is wrong with one of them is reported under `--set`. `change` goes over both.
 */
export async function loadExperiment(
  file: string,
  settings: readonly string[] = [],
  change: (document: ExperimentDocument) => void = () => undefined,
): Promise<LoadedExperiment> {
  const document = new ExperimentDocument(file, await readText(file));
  for (const setting of settings) applySetting(document, setting);
  change(document);
  return loadDocument(document, filesIn(dirname(file)), ruleFilesIn(dirname(file)));
}

/** Prints, once each, what an experiment file is allowed to say and probably does not mean. */
export function printWarnings({ document, experiment }: LoadedExperiment, io: Io): void {
  const warnings = new Set(experiment.points.flatMap((point) => point.warnings ?? []));
  for (const warning of warnings) note(io, `warning: ${document.name}: ${warning}`);
}

/** Runs work on a loaded experiment; what is wrong with its input is told with file:line:column. */
export async function withLocation<T>({ document }: LoadedExperiment, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof InvalidInputError ? document.locate(error) : error;
  }
}

/**
 * Runs work on a directory and an experiment: what is wrong with a key is told with its place in the file, what is wrong with
 * the directory has none. The file is read when that is needed.
 */
export async function withKeyLocation<T>(
  documentOf: () => ExperimentDocument | Promise<ExperimentDocument>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidInputError) || error.path.length === 0) throw error;
    throw (await documentOf()).locate(error);
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
    bytes = await readExperimentFile(file);
  } catch (error) {
    throw new InvalidInputError(`${file}:1:1: ${readErrorText(error)}, expected an experiment file (YAML or JSON)`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError(`${file}:1:1: found bytes that are not UTF-8 text, expected YAML or JSON`);
  }
}

/** Most bytes of an experiment file. */
const MAX_TEXT = 2 ** 26;

/** The shell's `<(command)` and /dev/stdin are pipes that come to an end; of other pipes and of devices nothing is read. */
async function readExperimentFile(file: string): Promise<Uint8Array> {
  if (!/^\/(dev\/(stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/.test(file)) return readPlainFile(file, MAX_TEXT);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(file)) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MAX_TEXT) throw new Error(`it has more than ${MAX_TEXT} bytes`);
  }
  return Buffer.concat(chunks);
}
