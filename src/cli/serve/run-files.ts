import { HttpError } from './http-error.js';
import type { OpenedFile, ServedDirectory } from './directory.js';
import { runAround } from './list-runs.js';

/** Opens a file of a listed run by its path inside the served directory; no other file is served. Throws HttpError. */
export async function openInRun(served: ServedDirectory, path: string): Promise<OpenedFile> {
  const file = await served.open(path);
  if (await runAround(served, file.parts)) return file;
  await file.handle.close();
  throw new HttpError(404, 'there is no such file in a run');
}
