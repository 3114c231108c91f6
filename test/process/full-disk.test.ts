import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canMount, inDirectory, onSmallDisk } from '../support/directory.js';
import { meander, meanderOutput, root } from '../support/meander.js';
import { statusOf, sweepFile, tableOf } from '../support/sweeps.js';

describe('a disk that takes no files', () => {
  const isRoot = process.getuid?.() === 0;
  const only = (who: boolean, why: string): string => (who ? '' : ` (skipped: ${why})`);

  it.skipIf(!canMount)(
    `ends a run with a clear error when it is full or read-only; the run can go on later${only(canMount, 'nothing can be mounted')}`,
    async () => {
      await inDirectory({ 'sweep.yaml': sweepFile({ points: 200 }) }, async (directory) => {
        await meanderOutput(['sweep', 'sweep.yaml', '--out', 'whole'], directory);
        const disk = join(directory, 'disk');
        await mkdir(disk);
        await onSmallDisk(disk, '1536k', async (remount) => {
          const { code, stderr } = await meander(['sweep', 'sweep.yaml', '--out', 'disk/run'], directory);
          expect(code).toBe(2);
          expect(stderr).toMatch(/disk\/run\/\S+: cannot be written: no space is left on the device/);
          expect(stderr).not.toMatch(/^ +at /m);
          const { tasks } = await statusOf(join(disk, 'run'));
          expect(tasks.finished).toBeGreaterThan(10);
          expect(tasks.finished).toBeLessThan(200);
          expect(remount('size=64m')).toBe(true);
          await meanderOutput(['resume', 'disk/run'], directory);
          expect((await tableOf(join(disk, 'run'))).equals(await tableOf(join(directory, 'whole')))).toBe(true);
          expect(remount('ro')).toBe(true);
          const locked = await meander(['resume', 'disk/run'], directory);
          expect(locked).toMatchObject({
            code: 2,
            stderr: 'disk/run: cannot be written: the file system is read-only\n',
          });
          for (const command of [['collect'], ['export', '--format', 'csv'], ['show', '--figure']]) {
            const refused = await meander([command[0], 'disk/run', ...command.slice(1)], directory);
            expect(refused.code, refused.stderr).toBe(2);
            expect(refused.stderr).toMatch(/^disk\/run\/\S+: cannot be written: the file system is read-only\n$/);
          }
          await statusOf('disk/run', directory);
          // Before the first step: nothing is printed, no progress either.
          for (const command of ['sweep', 'run']) {
            const fresh = await meander([command, 'sweep.yaml', '--out', 'disk/new'], directory);
            expect(fresh).toEqual({
              code: 2,
              stdout: '',
              stderr: 'disk/new: cannot be written: the file system is read-only\n',
            });
          }
        });
      });
    },
  );

  it.skipIf(isRoot)(
    `ends a run with a clear error when nothing may be written there${only(!isRoot, 'root may write everywhere')}`,
    async () => {
      await inDirectory({ 'sweep.yaml': sweepFile({ points: 10 }) }, async (directory) => {
        const closed = join(directory, 'closed');
        await mkdir(closed);
        await chmod(closed, 0o500);
        const { code, stderr } = await meander(['sweep', 'sweep.yaml', '--out', 'closed/run'], directory);
        expect(code).toBe(2);
        expect(stderr).toBe('closed/run: cannot be written: permission denied\n');
      });
    },
  );
});

const isDeviceThere = existsSync('/dev/full');

it.skipIf(!isDeviceThere)(
  `a full standard output or standard error ends a command with code 2, without a trace${isDeviceThere ? '' : ' (skipped: there is no /dev/full)'}`,
  () => {
    const run = (redirection: string): SpawnSyncReturns<string> =>
      spawnSync('sh', ['-c', `"$0" dist/cli/main.js theory examples/gaussian.yaml ${redirection}`, process.execPath], {
        cwd: root,
        encoding: 'utf8',
      });
    expect(run('> /dev/full')).toMatchObject({
      status: 2,
      stderr: 'standard output cannot be written: ENOSPC: no space left on device, write\n',
    });
    expect(run('nothing 2> /dev/full')).toMatchObject({ status: 2, stdout: '' });
  },
);
