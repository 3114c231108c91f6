import { InvalidInputError } from '#core';
import { whyUnreadable } from '#store';
import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A request that is not answered with a file: a status of HTTP and the reason. */
export class Refusal extends Error {
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
    throw new InvalidInputError(`${directory}: ${whyUnreadable(error)}, expected ${what}`);
  }
  throw new InvalidInputError(`${directory}: found a file, expected ${what}`);
}

/** A directory whose files may be read, and nothing outside: no .., no link that leads out, nothing hidden. */
export class ServedDirectory {
  /** `root` is a real path. */
  constructor(readonly root: string) {}

  /** A file by its path inside the directory. Throws Refusal. */
  async find(path: string): Promise<{ file: string; type: string }> {
    const file = await this.locate(path);
    if (!(await stat(file)).isFile()) throw new Refusal(404, 'there is no such file');
    return { file, type: types[extname(file)] ?? 'application/octet-stream' };
  }

  /** The real path of a file or directory by its path inside the directory. Throws Refusal. */
  async locate(path: string): Promise<string> {
    const parts = path.split('/');
    if (parts.some((part) => part === '' || part.startsWith('.') || /[\\\0:]/.test(part))) {
      throw new Refusal(403, 'this path is not served');
    }
    let found: string;
    try {
      found = await realpath(join(this.root, ...parts));
    } catch {
      throw new Refusal(404, 'there is no such file');
    }
    if (!found.startsWith(this.root + sep)) throw new Refusal(403, 'a link leads out of the directory');
    return found;
  }
}
