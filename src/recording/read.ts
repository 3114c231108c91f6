import { openFile } from './formats/formats.js';
import type { ReadOptions } from './options.js';
import type { Recording } from './recording.js';
import { readAnimals, type SourceGroup } from './sources/animals.js';

/** A file in memory. */
export interface RecordingFile {
  /** Its name or path; the ending says what it is. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The recordings in some files. A file whose axes have sessions is one animal; all files that are one session each are one
 * animal together, in the order given. Arrays may be views of the bytes of the files, which are not changed. Throws
 * InvalidInputError, which names the file, what was found and what is accepted.
 */
export const recordingsFrom = (files: readonly RecordingFile[], options: ReadOptions): Promise<readonly Recording[]> =>
  readAnimals(
    files.map(({ name, bytes }): SourceGroup => ({
      path: name,
      isDirectory: false,
      sources: [{ name, open: () => openFile(name, bytes) }],
    })),
    options,
  );
