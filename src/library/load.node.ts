import {
  resolveExperiment,
  type ExperimentDocument,
  type LoadRule,
  type ReadBytes,
  type ResolvedExperiment,
} from '#experiment';
import { createHash } from 'node:crypto';

/** An experiment that was read, and what a run directory keeps of how it was given. */
export interface LoadedExperiment {
  /** The experiment file, with what was set. */
  readonly text: string;
  readonly document: ExperimentDocument;
  readonly experiment: ResolvedExperiment;
  /** The data files that it names, with the SHA-256 of what was read. */
  readonly data: { name: string; sha256: string }[];
}

/**
 * Reads the experiment of a document, its data files, and the rule file that it names, which runs the code of that. Throws
 * InvalidInputError with its place in the document.
 */
export async function loadDocument(
  document: ExperimentDocument,
  readBytes: ReadBytes,
  loadRule?: LoadRule,
): Promise<LoadedExperiment> {
  const hashes = new Map<string, string>();
  const read: ReadBytes = async (name, path) => {
    const bytes = await readBytes(name, path);
    if (!hashes.has(name)) hashes.set(name, createHash('sha256').update(bytes).digest('hex'));
    return bytes;
  };
  const experiment = await resolveExperiment(document, read, loadRule);
  return { text: document.text, document, experiment, data: [...hashes].map(([name, sha256]) => ({ name, sha256 })) };
}
