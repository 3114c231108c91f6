import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { generator } from '#random';
import { inDirectory } from '../support/directory.js';
import { begin, meander, meanderOutput } from '../support/meander.js';
import { childrenOf } from '../support/processes.js';
import { inRun, recordsIn, statusOf, sweepFile, tableOf } from '../support/sweeps.js';
import { until } from '../support/until.js';

/** The table of a sweep that nothing disturbed. */
const undisturbed = (text: string, ...args: string[]): Promise<Buffer> =>
  inDirectory({ 'sweep.yaml': text }, async (directory) => {
    await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run', ...args], directory);
    return tableOf(join(directory, 'run'));
  });

/** About 10 s of one core in 20 tasks: long enough to be hit again and again. */
const LONG = { duration: 1_200_000, points: 20 };
let expected: Buffer;
beforeAll(async () => {
  expected = await undisturbed(sweepFile(LONG));
});

describe('a sweep in a run directory', () => {
  it('makes the same table however replicas are dealt to tasks and tasks to workers', async () => {
    const whole = await undisturbed(sweepFile());
    expect(whole.length).toBeGreaterThan(80_000);
    expect((await undisturbed(sweepFile(), '--workers', '1', '--task-replicas', '3')).equals(whole)).toBe(true);
  });

  it('ends with 130 on Ctrl-C, keeps checkpoints, and makes the undisturbed table by the same command', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile(LONG) }, async (directory) => {
      const run = join(directory, 'run');
      const args = ['sweep', 'sweep.yaml', '--out', 'run'];
      // Dealt to tasks in another way than the same command would: that makes it no other run.
      const sweep = begin([...args, '--workers', '2', '--task-replicas', '3'], directory);
      // The first task is done, so that the second one is under way, or will be when it is told to stop.
      await until(async () => (await recordsIn(run)).length > 0);
      await delay(200);
      sweep.kill('SIGINT');
      const { code, stderr } = await sweep.ended;
      expect(code, stderr).toBe(130);
      expect(stderr).toContain('interrupted; run keeps the finished work, and the same command continues it');
      expect(stderr).toMatch(/\d+\/20 points/);
      const status = await statusOf(run);
      expect(status.tasks.halfDone).toBeGreaterThan(0);
      expect(status.tasks.finished).toBeLessThan(20);
      const early = await meander(['collect', 'run'], directory);
      expect(early).toMatchObject({ code: 2 });
      expect(early.stderr).toContain('of 20 points are finished; meander resume run continues');
      for (const setting of ['model.hiddenUnits=4', 'simulation.seed=4']) {
        expect(await meander([...args, '--set', setting], directory)).toMatchObject({
          code: 2,
          stderr: expect.stringMatching(
            /^run: holds another run: \S+ is \d there and 4 here; nothing was changed, name another directory\n$/,
          ) as unknown,
        });
      }
      expect((await statusOf(run)).tasks).toEqual(status.tasks);
      for (const time of ['unfinished', 'finished']) {
        const { code: last, stderr: said } = await meander(args, directory);
        expect(last, said).toBe(0);
        expect(said, time).toContain('20 points are done; the table is run/results.parquet\n');
      }
      expect((await tableOf(run)).equals(expected)).toBe(true);
      expect(await readdir(join(run, 'checkpoints'))).toEqual([]);
      expect((await readdir(run)).filter((name) => name.includes('lock'))).toEqual([]);
    });
  });

  it('makes the undisturbed table, each task once, whichever of its processes are killed when', async () => {
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
        await meanderOutput(['resume', name], directory);
        expect((await tableOf(run)).equals(expected)).toBe(true);
        const { tasks } = await statusOf(run);
        expect(tasks).toEqual({ total: 20, finished: 20, halfDone: 0 });
        const left = await readdir(run, { recursive: true });
        expect(left.filter((entry) => /part|lock|checkpoints\//.test(entry))).toEqual([]);
      }
    });
  });

  it('is rejected where it is under way, and by another version', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile(LONG) }, async (directory) => {
      const run = join(directory, 'run');
      const sweep = begin(['sweep', 'sweep.yaml', '--out', 'run', '--workers', '1'], directory);
      await until(() => existsSync(join(run, 'lock')));
      const second = await meander(['sweep', 'sweep.yaml', '--out', 'run'], directory);
      expect(second).toMatchObject({ code: 2, stdout: '' });
      expect(second.stderr).toMatch(/^run: is in use by "meander sweep", process \d+ on /);
      const other = await meander(['resume', 'run'], directory);
      expect(other.code).toBe(2);
      expect(other.stderr).toMatch(/^run: is in use by "meander sweep", process \d+ on /);
      sweep.kill('SIGINT');
      await sweep.ended;
      const manifest = join(run, 'manifest.json');
      const text = await readFile(manifest, 'utf8');
      // Another version writes checksums of its own.
      await rm(join(run, 'checksums.sha256'));
      await writeFile(manifest, text.replace('"meander": "', '"meander": "9.'));
      const later = await meander(['resume', 'run'], directory);
      expect(later.code).toBe(2);
      expect(later.stderr).toContain('run: was created by Meander 9.');
      await writeFile(manifest, text.replace('"format": 3', '"format": 7'));
      for (const command of ['resume', 'status', 'collect']) {
        const { code, stderr } = await meander([command, 'run'], directory);
        expect(code).toBe(2);
        expect(stderr).toBe(
          'run/manifest.json: has the format 7, this version of Meander reads 3; nothing was changed\n',
        );
      }
    });
  });

  it('starts no more workers than there are tasks, and ends with a clear error where its directory is moved away', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2, duration: 2e8 }) }, async (directory) => {
      const sweep = begin(['sweep', 'sweep.yaml', '--out', 'run', '--workers', '40'], directory);
      await until(() => childrenOf(sweep.pid ?? 0).length === 2);
      // Had it more to start, it would have by now.
      await delay(300);
      expect(childrenOf(sweep.pid ?? 0)).toHaveLength(2);
      await rename(join(directory, 'run'), join(directory, 'moved'));
      // Whether they have opened it by now or not; those that have cannot save what they did.
      sweep.kill('SIGINT');
      const { code, stderr } = await sweep.ended;
      expect(code, stderr).toBe(2);
      expect(stderr).toMatch(/^run\b.*(cannot be|is not|no such|there is no)/m);
      expect(stderr).not.toMatch(/^ +at /m);
    });
  });

  it('names a damaged record, and computes it again with resume --check', async () => {
    await inRun(async (directory) => {
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
      expect(stderr).toContain('damaged, renamed to run/records/000000.pack.damaged');
      expect((await tableOf(join(directory, 'run'))).equals(table)).toBe(true);
    });
  });
});

describe('a sweep of more than a thousand tasks', () => {
  it('ends with one file of records for each thousand, and the table of larger tasks', async () => {
    const text = sweepFile({ points: 30, replicas: 40 });
    const tables = await inDirectory({ 'sweep.yaml': text }, async (directory) => {
      const table = async (size: string): Promise<Buffer> => {
        await meanderOutput(['sweep', 'sweep.yaml', '--out', size, '--task-replicas', size], directory);
        return tableOf(join(directory, size));
      };
      const found = [await table('1'), await table('7')];
      expect((await readdir(join(directory, '1/records'))).sort()).toEqual(['000000.pack', '000001.pack']);
      return found;
    });
    expect(tables[0].equals(tables[1])).toBe(true);
  });
});
