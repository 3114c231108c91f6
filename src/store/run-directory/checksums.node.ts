import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DamagedFileError } from '../container/container.node.js';
import { writeAtomically } from '../files/atomic-write.node.js';
import { readPlainFile } from '#core/node';
import { unreadable } from '../files/unreadable.node.js';

/** Checksums of the files of a run that have none inside, in the format of `sha256sum`. */
const CHECKSUMS = 'checksums.sha256';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Stores the checksums of these files of a directory, in a file beside them that `sha256sum -c` reads. */
export async function writeChecksums(
  directory: string,
  names: readonly string[],
  file: string = CHECKSUMS,
): Promise<void> {
  const lines = await Promise.all(
    names.map(async (name) => `${sha256(await readPlainFile(join(directory, name)))}  ${name}\n`),
  );
  await writeAtomically(join(directory, file), lines.join(''));
}

/**
 * Compares the files of a directory with their stored checksums; a directory without any passes, as one of an earlier version
 * does. Throws DamagedFileError that names the file which differs, followed by `advice`.
 */
export async function assertChecksums(directory: string, advice: string, file: string = CHECKSUMS): Promise<void> {
  const text = await textOrNone(join(directory, file), advice);
  for (const line of text.split('\n').filter((entry) => entry !== '')) {
    const [, expected, name] = /^([0-9a-f]{64}) {2}([\w.-]+)$/.exec(line) ?? [];
    const path = join(directory, name || file);
    if (!name) throw new DamagedFileError(`${path}: is damaged: expected lines of a checksum and a name; ${advice}`);
    const found = await readPlainFile(path).catch(() => null);
    if (found !== null && sha256(found) === expected) continue;
    const what = found === null ? 'cannot be read' : 'is not as it was written';
    throw new DamagedFileError(`${path}: ${what} (by its checksum in ${file}); ${advice}`);
  }
}

/** The text of a file; empty where there is no such file. */
async function textOrNone(path: string, advice: string): Promise<string> {
  try {
    return (await readPlainFile(path)).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new DamagedFileError(`${unreadable(path, error).message}; ${advice}`);
  }
}
