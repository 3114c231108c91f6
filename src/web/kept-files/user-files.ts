import type { DataFile } from '../prediction/messages.js';
import type { Numbers } from '../lab/fields.js';
import type { View } from '../lab/url-state.js';
import { keepFiles, keptFiles } from './database.js';
import { changedNumbers, toFileHash } from './file-link.js';

/** What a page says whose link names a file that the browser does not have. */
export const notKept = (name: string): string =>
  `The link is to ${name}, a file of yours that this browser does not keep (any more): it never leaves the browser in ` +
  'which you opened it. Choose the file again to go on.';

/** The file from which the present experiment came, its other files, and its numbers as they were in it. */
export class UserFiles {
  #opened: { readonly name: string; readonly pointIndex: number; readonly numbers: Partial<Numbers> } | null = null;

  /** Remembers what was opened, and keeps the files. A browser that keeps nothing, in a private window, goes without. */
  open(name: string, files: readonly DataFile[], pointIndex: number, numbers: Partial<Numbers>): void {
    this.#opened = { name, pointIndex, numbers };
    keepFiles(name, files).catch(() => undefined);
  }

  /** The files that were kept under a name; null where there are none. */
  async restore(name: string): Promise<File[] | null> {
    try {
      const files = await keptFiles(name);
      return files?.map((file) => new File([file.bytes], file.name)) ?? null;
    } catch {
      return null;
    }
  }

  /** The part of the address after # that leads back to the file; empty before one was opened. */
  hash(present: Numbers, view: View): string {
    if (!this.#opened) return '';
    const { name, pointIndex, numbers } = this.#opened;
    return toFileHash({ name, pointIndex, numbers: changedNumbers(numbers, present), view });
  }
}
