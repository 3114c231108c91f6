import { openFile, openZarr, type Opened } from './formats/formats.js';
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
  readAnimals(groupsOf(files), options);

/** Files are groups of their own, but those below a directory `NAME.zarr` are one. */
export function groupsOf(files: readonly RecordingFile[]): SourceGroup[] {
  const hierarchies = new Map<string, Map<string, () => Uint8Array>>();
  const groups: SourceGroup[] = [];
  for (const { name, bytes } of files) {
    const match = /^(.*?\.zarr)\/(.+)$/i.exec(name);
    if (!match) {
      groups.push(groupOf(name, () => openFile(name, bytes)));
      continue;
    }
    const [, root, path] = match;
    const known = hierarchies.get(root);
    const inside = known ?? new Map<string, () => Uint8Array>();
    inside.set(path, () => bytes);
    if (known) continue;
    hierarchies.set(root, inside);
    groups.push(groupOf(root, () => openZarr(root, inside)));
  }
  return groups;
}

const groupOf = (path: string, open: () => Promise<Opened>): SourceGroup => ({
  path,
  isDirectory: false,
  sources: [{ name: path, open }],
});
