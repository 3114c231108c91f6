import { InvalidInputError } from '#core';
import { readErrorText } from '#store';
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A request that is not answered with a file: a status of HTTP and the reason. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const types: Readonly<Partial<Record<string, string>>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.yaml': 'text/plain; charset=utf-8',
};

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

/** Windows takes a backslash for a way down and a colon for another disk; elsewhere both are letters of a name. */
const unnameable = process.platform === 'win32' ? /[\\:\0]/ : /\0/;

/** Whether a name in a directory is listed and served: nothing hidden. */
const isServed = (name: string): boolean => name !== '' && !name.startsWith('.') && !unnameable.test(name);

/** A directory whose files may be read, and nothing outside: no .., no link that leads out, nothing hidden. */
export class ServedDirectory {
  /** `root` is a real path. */
  constructor(readonly root: string) {}

  /** A file by its path inside the directory. Throws HttpError. */
  async find(path: string): Promise<{ file: string; type: string }> {
    const file = await this.locate(path);
    if (!(await stat(file)).isFile()) throw new HttpError(404, 'there is no such file');
    return { file, type: types[extname(file)] ?? 'application/octet-stream' };
  }

  /** What lies in a directory by its path inside this one, and is served; nothing for what is no directory. */
  async entries(path: string): Promise<Dirent[]> {
    try {
      const entries = await readdir(await this.locate(path), { withFileTypes: true });
      return entries.filter(({ name }) => isServed(name));
    } catch {
      return [];
    }
  }

  /** The real path of a file or directory by its path inside the directory, which is empty for itself. Throws HttpError. */
  async locate(path: string): Promise<string> {
    const parts = path === '' ? [] : path.split('/');
    if (!parts.every(isServed)) throw new HttpError(403, 'this path is not served');
    let found: string;
    try {
      found = await realpath(join(this.root, ...parts));
    } catch {
      throw new HttpError(404, 'there is no such file');
    }
    const within = this.root.endsWith(sep) ? this.root : this.root + sep;
    if (found !== this.root && !found.startsWith(within)) throw new HttpError(403, 'a link leads out of the directory');
    return found;
  }
}
