import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { generator } from '#random';
import { meander } from './meander.js';
import { canMount, inDirectory, onSmallDisk } from './support/directory.js';
import { begin, childrenOf, sweepFile, tableOf } from './support/sweeps.js';

interface Status {
  tasks: { total: number; finished: number; halfDone: number };
  points: { total: number; finished: number };
  steps: { total: number; finished: number };
}

const statusOf = async (directory: string): Promise<Status> => {
  const { code, stdout, stderr } = await meander(['status', directory, '--json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Status;
};

/** The table of a sweep that nothing disturbed, by the duration of its points. */
async function undisturbed(duration: number, points: number, args: readonly string[] = []): Promise<Buffer> {
  return inDirectory({ 'sweep.yaml': sweepFile({ duration, points }) }, async (directory) => {
    const { code, stderr } = await meander(['sweep', 'sweep.yaml', '--out', 'run', ...args], directory);
    expect(code, stderr).toBe(0);
    return tableOf(join(directory, 'run'));
  });
}

/** About 10 s of one core in 20 tasks: long enough to be hit again and again. */
const LONG = { duration: 1_200_000, points: 20 };
let expected: Buffer;
beforeAll(async () => {
  expected = await undisturbed(LONG.duration, LONG.points);
});

describe('a sweep in a run directory', () => {
  it('has the same table however replicas are dealt to tasks and tasks to workers', async () => {
    const whole = await undisturbed(600, 200);
    expect(whole.length).toBeGreaterThan(80_000);
    expect((await undisturbed(600, 200, ['--workers', '1', '--task-replicas', '3'])).equals(whole)).toBe(true);
  });

  it('stops cleanly after Ctrl-C and goes on with resume', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile(LONG) }, async (directory) => {
      const run = join(directory, 'run');
      const sweep = begin(['sweep', 'sweep.yaml', '--out', 'run', '--workers', '2'], directory);
      // The first task is done, so that the second one is under way, or will be when it is told to stop.
      await vi.waitFor(async () => {
        expect(await readdir(join(run, 'records/000000'))).not.toEqual([]);
      }, 60_000);
      await delay(200);
      const interrupted = performance.now();
      sweep.kill('SIGINT');
      const { code, stderr } = await sweep.ended;
      expect(performance.now() - interrupted).toBeLessThan(10_000);
      expect(code, stderr).toBe(130);
      expect(stderr).toContain('interrupted; meander resume run goes on where it stopped');
      expect(stderr).toMatch(/\d+\/20 points/);
      const status = await statusOf(run);
      expect(status.tasks.halfDone).toBeGreaterThan(0);
      expect(status.tasks.finished).toBeLessThan(20);
      const early = await meander(['collect', 'run'], directory);
      expect(early).toMatchObject({ code: 2 });
      expect(early.stderr).toContain('of 20 points are finished; meander resume run goes on');
      const resumed = await meander(['resume', 'run'], directory);
      expect(resumed.code, resumed.stderr).toBe(0);
      expect((await tableOf(run)).equals(expected)).toBe(true);
      expect(await readdir(join(run, 'checkpoints'))).toEqual([]);
      expect((await readdir(run)).filter((name) => name.includes('lock'))).toEqual([]);
    });
  });

  it('loses nothing and counts nothing twice, whoever is killed when', async () => {
    const random = generator(6, 0, 'start');
    await inDirectory({ 'sweep.yaml': sweepFile(LONG) }, async (directory) => {
      const killed = { workers: 0, runs: 0 };
      const enough = (): boolean => killed.workers + killed.runs >= 30 && Math.min(killed.workers, killed.runs) > 5;
      const names: string[] = [];
      /** Starts or resumes, kills some workers at random moments, then all of it; returns whether the run was faster. */
      const turn = async (name: string): Promise<boolean> => {
        const begun = (await readdir(directory)).includes(name);
        const args = begun ? ['resume', name] : ['sweep', 'sweep.yaml', '--out', name];
        const victim = begin([...args, '--checkpoint', '1'], directory);
        for (let blows = Math.floor(random.uniform() * 4); blows > 0 && victim.exitCode === null;) {
          await delay(100 + 500 * random.uniform());
          const workers = childrenOf(victim.pid ?? 0);
          if (workers.length === 0) continue;
          process.kill(workers[Math.floor(random.uniform() * workers.length)], 'SIGKILL');
          killed.workers++;
          blows--;
        }
        await delay(100 + 700 * random.uniform());
        victim.kill('SIGKILL');
        const { code, signal, stderr } = await victim.ended;
        if (signal === 'SIGKILL') killed.runs++;
        else expect(code, stderr).toBe(0);
        return code === 0;
      };
      while (!enough()) {
        const name = `run${names.length}`;
        names.push(name);
        while (!enough() && !(await turn(name)));
      }
      for (const name of names) {
        const run = join(directory, name);
        const { code, stderr } = await meander(['resume', name], directory);
        expect(code, stderr).toBe(0);
        expect((await tableOf(run)).equals(expected)).toBe(true);
        const { tasks } = await statusOf(run);
        expect(tasks).toEqual({ total: 20, finished: 20, halfDone: 0 });
        const left = await readdir(run, { recursive: true });
        expect(left.filter((entry) => /part|lock|checkpoints\//.test(entry))).toEqual([]);
      }
    });
  });

  it('is refused where another one is under way or a run is, and by another version', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile(LONG) }, async (directory) => {
      const run = join(directory, 'run');
      const sweep = begin(['sweep', 'sweep.yaml', '--out', 'run', '--workers', '1'], directory);
      await filled(run);
      const second = await meander(['sweep', 'sweep.yaml', '--out', 'run'], directory);
      expect(second).toMatchObject({ code: 2, stdout: '' });
      expect(second.stderr).toContain('run: is a run directory already; meander resume run goes on with it');
      const other = await meander(['resume', 'run'], directory);
      expect(other.code).toBe(2);
      expect(other.stderr).toMatch(/^run: is in use by "meander sweep", process \d+ on /);
      sweep.kill('SIGINT');
      await sweep.ended;
      const manifest = join(run, 'manifest.json');
      const text = await readFile(manifest, 'utf8');
      await writeFile(manifest, text.replace('"meander": "', '"meander": "9.'));
      const later = await meander(['resume', 'run'], directory);
      expect(later.code).toBe(2);
      expect(later.stderr).toContain('run: was created by Meander 9.');
      await writeFile(manifest, text.replace('"format": 2', '"format": 7'));
      for (const command of ['resume', 'status', 'collect']) {
        const { code, stderr } = await meander([command, 'run'], directory);
        expect(code).toBe(2);
        expect(stderr).toBe(
          'run/manifest.json: has the format 7, this version of Meander reads 2; nothing was changed\n',
        );
      }
    });
  });

  it('tells of a damaged record, and computes it again once it is set aside', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 20 }) }, async (directory) => {
      await meander(['sweep', 'sweep.yaml', '--out', 'run'], directory);
      const table = await tableOf(join(directory, 'run'));
      const pack = join(directory, 'run/records/000000.pack');
      const bytes = await readFile(pack);
      const damaged = Buffer.from(bytes);
      damaged[bytes.length - 1000] ^= 1;
      for (const content of [damaged, bytes.subarray(0, bytes.length - 5)]) {
        await writeFile(pack, content);
        const { code, stderr } = await meander(['collect', 'run'], directory);
        expect(code).toBe(2);
        expect(stderr).toMatch(/^run\/records\/000000\.pack \(task 19\): is (damaged: its checksum|cut short)/);
        expect((await readFile(pack)).equals(content)).toBe(true);
      }
      await rm(join(directory, 'run/results.parquet'));
      const { code, stderr } = await meander(['resume', 'run', '--check'], directory);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain('damaged, set aside: run/records/000000.pack.damaged');
      expect((await tableOf(join(directory, 'run'))).equals(table)).toBe(true);
    });
  });
});

describe('tasks of more than one shard', () => {
  it('end as one file for each thousand, with the table of other tasks', async () => {
    const text = sweepFile({ points: 30, replicas: 40 });
    const tables = await inDirectory({ 'sweep.yaml': text }, async (directory) => {
      const table = async (size: string): Promise<Buffer> => {
        const { code, stderr } = await meander(
          ['sweep', 'sweep.yaml', '--out', size, '--task-replicas', size],
          directory,
        );
        expect(code, stderr).toBe(0);
        return tableOf(join(directory, size));
      };
      const found = [await table('1'), await table('7')];
      expect((await readdir(join(directory, '1/records'))).sort()).toEqual(['000000.pack', '000001.pack']);
      return found;
    });
    expect(tables[0].equals(tables[1])).toBe(true);
  });
});

describe('a place that takes no files', () => {
  const isRoot = process.getuid?.() === 0;
  const only = (who: boolean, why: string): string => (who ? '' : ` (skipped: ${why})`);

  it.skipIf(!canMount)(
    `because it is full ends the run with a clear error, and it can go on later${only(canMount, 'nothing can be mounted')}`,
    async () => {
      await inDirectory({ 'sweep.yaml': sweepFile({ points: 200 }) }, async (directory) => {
        const whole = await meander(['sweep', 'sweep.yaml', '--out', 'whole'], directory);
        expect(whole.code).toBe(0);
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
          const resumed = await meander(['resume', 'disk/run'], directory);
          expect(resumed.code, resumed.stderr).toBe(0);
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
          expect((await meander(['status', 'disk/run'], directory)).code).toBe(0);
          const fresh = await meander(['sweep', 'sweep.yaml', '--out', 'disk/new'], directory);
          expect(fresh.code).toBe(2);
          expect(fresh.stderr).toBe('disk/new: cannot be written: the file system is read-only\n');
        });
      });
    },
  );

  it.skipIf(isRoot)(`because it is read-only is told${only(!isRoot, 'root may write everywhere')}`, async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 10 }) }, async (directory) => {
      const closed = join(directory, 'closed');
      await mkdir(closed);
      await chmod(closed, 0o500);
      const { code, stderr } = await meander(['sweep', 'sweep.yaml', '--out', 'closed/run'], directory);
      expect(code).toBe(2);
      expect(stderr).toBe('closed/run: cannot be written: permission denied\n');
    });
  });
});

/** Resolves once a run directory is there. */
async function filled(run: string): Promise<void> {
  for (;;) {
    try {
      await stat(join(run, 'lock'));
      return;
    } catch {
      await delay(50);
    }
  }
}
