import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { startOf } from '../lock/process-identity.node.js';
import { TEMP_SUFFIX } from './atomic-write.node.js';

const host = hostname().replaceAll(/[^\w-]/g, '-');

/**
 * A unique path for an unfinished directory beside a path. Its name has the machine, number and start time of this process,
 * so that others can tell whether it is still at work.
 */
export const tempDirectoryPath = (path: string): string =>
  join(
    dirname(path),
    `.${basename(path)}.${host}.${process.pid}.${startOf(process.pid)}.${randomUUID().slice(0, 8)}${TEMP_SUFFIX}`,
  );

const OWNED = /\.([\w-]+)\.(\d+)\.(\w*)\.[0-9a-f]{8}\.part$/;

/** Age from which an unfinished directory of another machine counts as left behind. */
const FOREIGN_LIMIT_MS = 24 * 3_600_000;

/** Whether the process that was making an unfinished directory has ended. */
export async function isLeftBehind(path: string): Promise<boolean> {
  const owner = OWNED.exec(basename(path));
  if (!owner) return true;
  const [, machine, pid, started] = owner;
  if (machine === host) return startOf(Number(pid)) !== started;
  return Date.now() - (await stat(path)).mtimeMs > FOREIGN_LIMIT_MS;
}
