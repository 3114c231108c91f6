import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeError } from './write-error.node.js';

/** Ending of the names of unfinished files. A file that a killed process left under such a name can be deleted. */
export const TEMP_SUFFIX = '.part';

/** A unique path beside a file: no other process on any machine uses the same. */
export const tempPath = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 13)}${TEMP_SUFFIX}`);

/**
 * Writes a file whole or not at all: a temporary file beside it, fsync, rename, fsync of the directory. Throws
 * InvalidInputError when it cannot be written.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = tempPath(path);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(path, error);
  }
  await syncDirectory(dirname(path));
}

/** The same, blocking: for a worker process, which has nothing else to do meanwhile. */
export function writeAtomicallySync(path: string, content: Uint8Array): void {
  const temporary = tempPath(path);
  try {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncDirectorySync(dirname(path));
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The file system rejects every change, so there is nothing to remove.
    }
    throw writeError(path, error);
  }
}

/** Flushes the names in a directory to disk. File systems that do not support this rely on the rename alone. */
export async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch {
    return;
  }
}

function syncDirectorySync(path: string): void {
  try {
    const directory = openSync(path, 'r');
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch {
    return;
  }
}
