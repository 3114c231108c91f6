import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './meander.js';

/** Passes a new project to `body`: copies of files of `directory`, and the built package in node_modules. */
export async function inProject<T>(
  directory: string,
  files: readonly string[],
  body: (project: string) => Promise<T>,
): Promise<T> {
  const project = await mkdtemp(join(tmpdir(), 'meander-project-'));
  try {
    for (const name of files) await copyFile(join(directory, name), join(project, name));
    await mkdir(join(project, 'node_modules'));
    await symlink(root, join(project, 'node_modules/meander-drift'), 'dir');
    return await body(project);
  } finally {
    await rm(project, { recursive: true });
  }
}
