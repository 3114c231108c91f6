import { link, open, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readPlainFile } from '#core/node';
import { writeError } from '../files/write-error.node.js';
import type { ProcessIdentity } from './process-identity.node.js';

/** The content of a lock file: which process holds the directory, and for which command. */
export interface Holder extends ProcessIdentity {
  readonly token: string;
  readonly command: string;
}

/** Creates a file and flushes it to disk; removes it again when it cannot be written. */
export async function createSynced(path: string, text: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'wx+');
    try {
      await file.write(text, 0);
      await file.sync();
      return file;
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
  } catch (error) {
    throw writeError(dirname(path), error);
  }
}

/** Links a file to a second name, which is atomic on shared file systems too. False if the name is taken. */
export async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw writeError(to, error);
  }
}

/** The content of a file; null if there is no such file. */
export async function textIn(path: string): Promise<string | null> {
  try {
    return (await readPlainFile(path)).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The holder that the content of a lock file names; null if it names none. */
export function holderIn(text: string | null): Holder | null {
  try {
    const holder = JSON.parse(text ?? '') as Partial<Holder> | null;
    return typeof holder?.token === 'string' ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

/** Time of the last change by the clock of the file system; 0 if there is no such file. */
export async function timeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}
