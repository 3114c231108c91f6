import { InvalidInputError } from '#core';
import { readErrorText } from '#store';
import { constants, existsSync, type Dirent } from 'node:fs';
import { lstat, open, readdir, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { HttpError } from './http-error.js';

/** A file that is open for reading and lies in the served directory; the caller closes it. */
export interface OpenedFile {
  readonly handle: FileHandle;
  /** The names on its real path, from the served directory on. */
  readonly parts: readonly string[];
}

/** The real path of a directory. Throws InvalidInputError when it is none. */
export async function rootOf(directory: string, what: string): Promise<string> {
  try {
    const root = await realpath(directory);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    throw new InvalidInputError(`${directory}: ${readErrorText(error)}, expected ${what}`);
  }
  throw new InvalidInputError(`${directory}: found a file, expected ${what}`);
}

/** Windows reads a backslash as a separator and a colon as a drive or stream; elsewhere both may be part of a name. */
const unnameable = process.platform === 'win32' ? /[\\:\0]/ : /\0/;

/** Whether a name in a directory is listed and served: nothing hidden. */
const isServed = (name: string): boolean => name !== '' && !name.startsWith('.') && !unnameable.test(name);

/** Linux links the descriptors of a process to what they have open, whatever happened to its path since. */
const DESCRIPTORS = '/proc/self/fd';
const hasDescriptors = existsSync(DESCRIPTORS);

// Opening a pipe must not wait for a writer. Flags that a platform lacks are undefined, which counts as 0.
const FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const DIRECTORY = FILE | constants.O_DIRECTORY;

/** A directory whose files may be read, and nothing outside: no .., no link that leads out, nothing hidden on the way. */
export class ServedDirectory {
  /** `root` is a real path. */
  constructor(readonly root: string) {}

  /**
   * Opens a file by its path inside the directory. What was opened is checked, so that no link that takes the place of a
   * directory meanwhile leads out. Throws HttpError.
   */
  async open(path: string): Promise<OpenedFile> {
    const found = await this.locate(path);
    // Before it is opened: opening a device may act on it.
    if (!(await stat(found).catch(() => null))?.isFile()) throw new HttpError(404, 'there is no such file');
    const handle = await opened(found, FILE);
    try {
      if (!(await handle.stat()).isFile()) throw new HttpError(404, 'there is no such file');
      return { handle, parts: this.#partsOf(await realPathOf(handle, found)) };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Passes a directory by its path inside this one to `work`: under a name that stays with the directory where the system
   * has one. Throws HttpError.
   */
  async use<T>(path: string, work: (directory: string, parts: readonly string[]) => Promise<T>): Promise<T> {
    const found = await this.locate(path);
    if (!hasDescriptors) return work(found, this.#partsOf(found));
    const handle = await opened(found, DIRECTORY);
    try {
      const parts = this.#partsOf(await realPathOf(handle, found));
      return await work(join(DESCRIPTORS, String(handle.fd)), parts);
    } finally {
      await handle.close();
    }
  }

  /** What lies in a directory by its path inside this one, and is served; nothing for what is no directory. */
  async entries(path: string): Promise<Dirent[]> {
    try {
      const entries = await this.use(path, (directory) => readdir(directory, { withFileTypes: true }));
      return entries.filter(({ name }) => isServed(name));
    } catch {
      return [];
    }
  }

  /** The real path of a file or directory by its path inside the directory, which is empty for itself. Throws HttpError. */
  async locate(path: string): Promise<string> {
    const parts = path === '' ? [] : path.split('/');
    if (!parts.every(isServed)) throw new HttpError(403, 'this path is not served');
    const found = await realpath(join(this.root, ...parts)).catch(() => {
      throw new HttpError(404, 'there is no such file');
    });
    this.#partsOf(found);
    return found;
  }

  /** The names on a real path from the directory on. Throws HttpError when it leads out, or past something hidden. */
  #partsOf(real: string): string[] {
    if (real === this.root) return [];
    const within = this.root.endsWith(sep) ? this.root : this.root + sep;
    if (!real.startsWith(within)) throw new HttpError(403, 'a link leads out of the directory');
    const parts = relative(this.root, real).split(sep);
    if (parts.every(isServed)) return parts;
    throw new HttpError(403, 'a link leads to a file that is not served');
  }
}

async function opened(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') throw new HttpError(403, 'cannot be read: permission denied');
    throw new HttpError(404, 'there is no such file');
  }
}

/** The real path of what is open. Throws HttpError where that is no longer what lies at the path that it was opened by. */
async function realPathOf(handle: FileHandle, path: string): Promise<string> {
  if (hasDescriptors) return readlink(join(DESCRIPTORS, String(handle.fd)));
  const [own, there, real] = await Promise.all([handle.stat(), lstat(path), realpath(path)]);
  if (real === path && own.ino === there.ino && own.dev === there.dev) return real;
  throw new HttpError(404, 'the file was moved while it was opened');
}
