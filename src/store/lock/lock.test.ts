import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inDirectory } from '../../../test/support/directory.js';
import { lockDirectory } from './lock.node.js';

describe('the lock of a directory', () => {
  const lockFile = (directory: string, holder: object) => writeFile(join(directory, 'lock'), JSON.stringify(holder));

  it('is held by one process, and the error of another names the holder', async () => {
    await inDirectory({}, async (directory) => {
      const lock = await lockDirectory(directory, 'sweep');
      await expect(lockDirectory(directory, 'resume')).rejects.toThrow(
        `is in use by "meander sweep", process ${process.pid}`,
      );
      await lock.release();
      await (await lockDirectory(directory, 'resume')).release();
    });
  });

  it('of a killed process is taken over by exactly one of many processes', async () => {
    await inDirectory({}, async (directory) => {
      const own = await lockDirectory(directory, 'sweep');
      const holder = JSON.parse(await readFile(join(directory, 'lock'), 'utf8')) as object;
      await own.release();
      // The number of this process with another start time.
      await lockFile(directory, { ...holder, token: 'dead', started: '1' });
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory, 'resume')));
      const taken = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(taken).toHaveLength(1);
      await taken[0].release();
    });
  });

  it('of another machine, or an unreadable one, is taken over only after two minutes without a heartbeat', async () => {
    await inDirectory({}, async (directory) => {
      const other = JSON.stringify({ token: 'other', host: 'elsewhere', pid: 1, command: 'sweep' });
      for (const [text, message] of [
        [other, 'process 1 on elsewhere'],
        ['', 'lock: cannot be read as a lock; remove it if no process works on the directory'],
      ]) {
        const path = join(directory, 'lock');
        await writeFile(path, text);
        await expect(lockDirectory(directory, 'resume')).rejects.toThrow(message);
        expect(await readFile(path, 'utf8')).toBe(text);
        await age(path);
        const takeoverFile = `${path}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.part`;
        // A process of a third machine died during its takeover.
        await writeFile(takeoverFile, other.replace('elsewhere', 'third'));
        await age(takeoverFile);
        await (await lockDirectory(directory, 'resume')).release();
        expect(await readdir(directory)).toEqual([]);
      }
    });
  });

  it('has its time renewed by heartbeats, and is reported lost and not touched when another process has replaced it', async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, 'lock');
      const lock = await lockDirectory(directory, 'sweep', 20);
      await age(path);
      await vi.waitFor(async () => {
        expect(Date.now() - (await stat(path)).mtimeMs).toBeLessThan(60_000);
      });
      await writeFile(join(directory, 'new'), 'of another');
      await rename(join(directory, 'new'), path);
      await vi.waitFor(() => {
        expect(lock.lost.aborted).toBe(true);
      });
      await lock.release();
      expect(await readFile(path, 'utf8')).toBe('of another');
    });
  });

  it('cannot be taken where a directory has its name, or in a missing directory', async () => {
    await inDirectory({}, async (directory) => {
      await mkdir(join(directory, 'lock'));
      await expect(lockDirectory(directory, 'resume')).rejects.toThrow('cannot be read as a lock');
      await expect(lockDirectory(join(directory, 'missing'), 'resume')).rejects.toThrow('cannot be written');
    });
  });
});

/** Sets the time of the last change to ten minutes ago. */
const age = (path: string): Promise<void> => utimes(path, new Date(), new Date(Date.now() - 600_000));
