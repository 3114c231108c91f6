import { InvalidInputError } from '#core';
import { CHECKSUMS, checksumsText } from '#report';
import { tempDirectoryPath, writeError } from '#store';
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Paths of all files in a directory and below, relative to it. */
async function filesIn(directory: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(directory, below), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesIn(directory, name) : Promise.resolve([name]);
    }),
  );
  return nested.flat().sort();
}

const checksumsOf = async (directory: string): Promise<string> => {
  const names = (await filesIn(directory)).filter((name) => name !== CHECKSUMS);
  const digests = await Promise.all(
    names.map(async (name) => [name, sha256(await readFile(join(directory, name)))] as const),
  );
  return checksumsText(new Map(digests));
};

/** What is at a path: nothing, an empty directory, or an analysis as it was written. Throws InvalidInputError for all else. */
export async function assertReplaceable(path: string): Promise<'nothing' | 'empty' | 'analysis'> {
  const found = await lstat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw writeError(path, error);
  });
  if (found === null) return 'nothing';
  const isEmpty = await readdir(path).then(
    (names) => names.length === 0,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') throw writeError(path, error);
      throw new InvalidInputError(`${path}: is a file, expected the name of a new directory or of an empty one`);
    },
  );
  if (isEmpty) return 'empty';
  const stored = await readFile(join(path, CHECKSUMS), 'utf8').catch(() => null);
  if (stored !== null && stored === (await checksumsOf(path).catch(() => null))) return 'analysis';
  throw new InvalidInputError(
    `${path}: is not empty, and not the unchanged output of meander analyse; nothing is overwritten, name a new output directory`,
  );
}

/**
 * Lets `fill` write the files of an analysis into a new directory, which then appears at the path, whole or not at all; an
 * analysis that is there is replaced. Throws InvalidInputError where it cannot be written.
 */
export async function writeDirectory(path: string, fill: (directory: string) => Promise<void>): Promise<void> {
  const target = resolve(path);
  const temporary = tempDirectoryPath(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    await mkdir(temporary);
    await fill(temporary);
    await writeFile(join(temporary, CHECKSUMS), await checksumsOf(temporary), { flush: true });
    await moveTo(target, temporary);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw error instanceof Error && 'code' in error ? writeError(path, error) : error;
  }
}

async function moveTo(target: string, temporary: string): Promise<void> {
  const there = await assertReplaceable(target);
  if (there === 'analysis') {
    const before = tempDirectoryPath(target);
    await rename(target, before);
    await rename(temporary, target);
    await rm(before, { recursive: true, force: true });
  } else if (there === 'empty') {
    // The directory itself stays: it may be mounted, or be where the shell is. Its checksums come last.
    const names = (await readdir(temporary)).filter((name) => name !== CHECKSUMS);
    for (const name of [...names, CHECKSUMS]) await rename(join(temporary, name), join(target, name));
    await rm(temporary, { recursive: true });
  } else {
    await rename(temporary, target);
  }
}
