import { DamagedFileError } from '../container/container.node.js';

/** A file of a run directory that cannot be read, as an error for users: the path and the reason. */
export const unreadable = (path: string, error: unknown): DamagedFileError =>
  new DamagedFileError(`${path}: cannot be read: ${(error as Error).message}`);
