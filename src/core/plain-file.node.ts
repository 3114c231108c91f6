import { open, stat, type FileHandle } from 'node:fs/promises';

/** Most bytes of a file unless told otherwise, and of one read, which the system limits to less than 2^31. */
const MAX_BYTES = 2 ** 31;
const MAX_READ = 2 ** 30;

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
      const { bytesRead } = await file.read(bytes, length, Math.min(bytes.length - length, MAX_READ), length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** Why a file could not be read, in words. */
export function readErrorText(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'found a directory';
  if (code === 'EACCES') return 'cannot be read: permission denied';
  return `cannot be read: ${(error as Error).message}`;
}
