import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
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

/** A pipe without a writer: whatever opens it waits forever. */
export function makePipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;

/** Whether this process may mount a small disk: root, unless in a container that forbids it. */
export const canMount = ((): boolean => {
  const directory = mkdtempSync(join(tmpdir(), 'meander-'));
  const can = mount('-t', 'tmpfs', '-o', 'size=64k', 'none', directory);
  if (can) spawnSync('umount', [directory]);
  rmdirSync(directory);
  return can;
})();

/** Runs `body` with a disk of a size such as 64k at an empty directory; `remount` changes its options. */
export async function onSmallDisk<T>(
  directory: string,
  size: string,
  body: (remount: (options: string) => boolean) => Promise<T>,
): Promise<T> {
  if (!mount('-t', 'tmpfs', '-o', `size=${size}`, 'none', directory)) throw new Error('the disk cannot be mounted');
  try {
    return await body((options) => mount('-o', `remount,${options}`, directory));
  } finally {
    spawnSync('umount', [directory]);
  }
}

/** A file in a temporary directory of its own; the system clears it. */
export function temporaryFile(name: string, content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'meander-')), name);
  writeFileSync(file, content);
  return file;
}
