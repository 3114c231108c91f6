import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `body` in a new directory that holds the given files, and removes the directory afterwards. */
export async function inDirectory<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  body: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'meander-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    return await body(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}
