import { InvalidInputError, type KeyPath } from '#core';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Most bytes of a file that is read at once. */
const MAX_BYTES = 2 ** 31;

/**
 * Opens a regular file for reading. What is none (a directory, a device, a pipe) is refused before it is opened, as opening or
 * reading it may never end. Throws Error with the reason, or what the file system throws.
 */
export async function openPlainFile(path: string): Promise<FileHandle> {
  const found = await stat(path);
  if (found.isDirectory()) throw Object.assign(new Error('found a directory'), { code: 'EISDIR' });
  if (!found.isFile()) throw new Error('it is a device or a pipe, not a file');
  return open(path);
}

/** Reads a regular file of at most `limit` bytes. Throws as `openPlainFile` does. */
export async function readPlainFile(path: string, limit = MAX_BYTES): Promise<Buffer<ArrayBuffer>> {
  const file = await openPlainFile(path);
  try {
    const found = await file.stat();
    if (found.size > limit) throw new Error(`it has ${found.size} bytes, at most ${limit} are read`);
    const bytes = Buffer.alloc(found.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

/**
 * A reader of the data files that an experiment names, relative to `directory`. The reader throws InvalidInputError, at
 * the key that names the file, when a file cannot be read.
 */
export function filesIn(directory: string): (name: string, path: KeyPath) => Promise<Uint8Array<ArrayBuffer>> {
  return async (name, path) => {
    try {
      return Uint8Array.from(await readPlainFile(resolve(directory, name)));
    } catch (error) {
      throw new InvalidInputError(
        `${name}: ${readErrorText(error)}, expected a data file, its name relative to the experiment file`,
        path,
      );
    }
  };
}

/** Why a file could not be read, in words. */
export function readErrorText(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'found a directory';
  if (code === 'EACCES') return 'cannot be read: permission denied';
  return `cannot be read: ${(error as Error).message}`;
}
