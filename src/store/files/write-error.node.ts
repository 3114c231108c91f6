import { InvalidInputError } from '#core';

const reasons: Partial<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file is larger than the limit of this process or file system',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'a directory of its path is missing',
  ENOTDIR: 'a part of its path is not a directory',
};

/** A failure to write a file or directory, as an error for users: one sentence with the path and the reason. */
export function writeError(path: string, error: unknown): InvalidInputError {
  if (error instanceof InvalidInputError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new InvalidInputError(`${path}: cannot be written: ${reasons[code ?? ''] ?? message}`);
}
