import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generator } from '#random';
import { begin, meander, type Finished } from '../support/meander.js';
import { jobProcesses, slowed } from '../support/processes.js';
import { inDirectory } from '../support/directory.js';
import { ownRuleSweep } from '../support/own-rule-sweep.js';
import { startSlurm, whyNoSlurm, type Slurm } from '../support/slurm.js';
import { sweepFile, tableOf, type Status } from '../support/sweeps.js';

const reason = whyNoSlurm();

describe.skipIf(reason !== null)(`a sweep on SLURM${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let slurm: Slurm;
  beforeAll(async () => {
    slurm = await startSlurm();
  });
  afterAll(async () => {
    await slurm.stop();
  });

  // What a user may have set for himself must not change what is found.
  const run = (args: readonly string[], directory: string): Promise<Finished> =>
    meander(args, directory, { ...slurm.env, SQUEUE_STATES: 'FAILED', SQUEUE_SORT: 'i', SBATCH_JOB_NAME: 'mine' });
  const succeeded = async (args: readonly string[], directory: string): Promise<Finished> => {
    const finished = await run(args, directory);
    expect(finished.code, finished.stderr).toBe(0);
    return finished;
  };
  const statusOf = async (directory: string): Promise<Status> =>
    JSON.parse((await succeeded(['status', 'run', '--json'], directory)).stdout) as Status;
  /** Waits until nothing waits or runs. */
  const quiet = async (directory: string): Promise<Status> => {
    for (let turn = 0; turn < 600; turn++) {
      const status = await statusOf(directory);
      if (status.cluster.active === 0 || status.tasks.finished === status.tasks.total) return status;
      await delay(500);
    }
    throw new Error('the cluster does not become quiet');
  };
  const local = async (directory: string): Promise<Buffer> => {
    await succeeded(['sweep', 'sweep.yaml', '--out', 'local'], directory);
    return tableOf(join(directory, 'local'));
  };
  const collected = async (directory: string): Promise<Buffer> => {
    await succeeded(['collect', 'run'], directory);
    return tableOf(join(directory, 'run'));
  };

  it('has the table of a local one, killed or not, in arrays as large as SLURM takes', async () => {
    await inDirectory({}, async (outer) => {
      // Neither spaces nor what SLURM takes for a pattern may lead astray.
      const directory = join(outer, 'a b%A');
      await mkdir(directory);
      await writeFile(join(directory, 'sweep.yaml'), sweepFile({ duration: 6000 }));
      const expected = await local(directory);
      const victim = begin(['sweep', 'sweep.yaml', '--out', 'killed'], directory);
      while (!(await readdir(join(directory, 'killed/records/000000')).catch(() => [])).length) await delay(20);
      victim.kill('SIGKILL');
      expect((await victim.ended).signal).toBe('SIGKILL');
      await succeeded(['resume', 'killed'], directory);
      expect((await tableOf(join(directory, 'killed'))).equals(expected)).toBe(true);
      const args = ['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm', '--partition', 'main', '--time', '5'];
      // 200 tasks in 15 array tasks, where a job array has 10 at most.
      const { stderr } = await succeeded([...args, '--array-tasks', '15', '--array-limit', '8'], directory);
      expect(stderr).toContain('submitted 200 tasks in 15 array tasks as ');
      const scripts = (await readdir(join(directory, 'run/submissions'))).filter((name) => name.endsWith('.sh'));
      expect(scripts).toHaveLength(2);
      expect(await readFile(join(directory, 'run/submissions/001.sh'), 'utf8')).toContain('--array=0-9%8');
      const { tasks } = await quiet(directory);
      expect(tasks).toEqual({ total: 200, finished: 200, halfDone: 0 });
      expect(await readdir(join(directory, 'run/logs'))).toHaveLength(15);
      // The process that finished the last task packs the shard, and then removes its single records.
      const records = (): Promise<string[]> => readdir(join(directory, 'run/records'));
      await expect.poll(records, { timeout: 30_000 }).toEqual(['000000.pack']);
      expect((await collected(directory)).equals(expected)).toBe(true);
    });
  });

  it('keeps its state when the time limit comes, and only that array task is queued again', async () => {
    // SLURM warns within 35 s of the start of an array task. The long one takes some 13 s of a core, the other one none;
    // until it is queued again it runs a twentieth of the time.
    const text = sweepFile({ points: 1 }).replace(/^sweep:[^]*/m, 'sweep:\n  simulation.duration: [40_000_000, 600]\n');
    await inDirectory({ 'sweep.yaml': text.replaceAll('_000', '000') }, async (directory) => {
      const args = ['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm', '--time', '1', '--warning', '25'];
      await succeeded([...args, '--array-tasks', '2'], directory);
      const logs = join(directory, 'run/logs');
      const texts = async (): Promise<string[]> =>
        Promise.all((await readdir(logs)).sort().map((name) => readFile(join(logs, name), 'utf8')));
      const isQueuedAgain = async (): Promise<boolean> => (await texts()).some((log) => log.includes('queued again'));
      await slowed(() => jobProcesses(slurm.env.SLURM_CONF ?? '', 0), isQueuedAgain);
      const expected = await local(directory);
      const { tasks } = await quiet(directory);
      expect(tasks.finished).toBe(2);
      // A process says that it is done after its last task has finished.
      await expect.poll(async () => (await texts()).filter((log) => log.trim().endsWith(': done'))).toHaveLength(2);
      const said = await texts();
      expect(said[0]).toContain('array task 0 of submission 1: queued again');
      expect(said[0]).toContain('array task 0 of submission 1: done');
      expect(said[1].trim()).toBe('array task 1 of submission 1: done');
      expect(await readdir(join(directory, 'run/submissions'))).toHaveLength(2);
      expect((await collected(directory)).equals(expected)).toBe(true);
    });
  });

  it('loses nothing when its processes are killed, and finds what was lost', async () => {
    const random = generator(7, 0, 'start');
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 20, duration: 1_500_000 }) }, async (directory) => {
      const expected = await local(directory);
      await succeeded(
        ['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm', '--time', '5', '--array-tasks', '10'],
        directory,
      );
      let killed = 0;
      let resubmitted = 0;
      for (let turn = 0; ; turn++) {
        if (turn > 300) throw new Error('the cluster does not come to an end');
        await delay(100 + 300 * random.uniform());
        // Job scripts and their workers, whoever it hits.
        const victims = jobProcesses(slurm.env.SLURM_CONF ?? '');
        if (victims.length > 0 && killed < 12) {
          try {
            process.kill(victims[Math.floor(random.uniform() * victims.length)], 'SIGKILL');
            killed++;
          } catch {
            continue;
          }
        }
        const { tasks, cluster } = await statusOf(directory);
        if (tasks.finished === tasks.total) break;
        // The killed array tasks may have been the last ones; the lost tasks have to be submitted, to be killed again.
        if (cluster.lost > 0 && (killed >= 6 || cluster.active === 0)) {
          await succeeded(['resume', 'run'], directory);
          resubmitted++;
        }
      }
      expect(killed).toBeGreaterThanOrEqual(6);
      expect(resubmitted).toBeGreaterThan(0);
      expect((await collected(directory)).equals(expected)).toBe(true);
    });
  });

  it('can be taken back, and finished elsewhere', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 20, duration: 600_000 }) }, async (directory) => {
      await succeeded(['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm', '--array-tasks', '10'], directory);
      const refused = await run(['resume', 'run', '--executor', 'local'], directory);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(
        /run: \d+ array tasks? (is|are) queued or running on the cluster; meander cancel run cancels them/,
      );
      await delay(2000);
      await succeeded(['cancel', 'run'], directory);
      const { tasks, cluster } = await quiet(directory);
      expect(cluster.lost).toBe(tasks.total - tasks.finished);
      expect(cluster.lost).toBeGreaterThan(0);
      await succeeded(['resume', 'run', '--executor', 'local'], directory);
      expect((await tableOf(join(directory, 'run'))).equals(await local(directory))).toBe(true);
    });
  });

  it('of a rule file is refused in the words of SLURM, can be submitted again, and has the table of a local one', async () => {
    await inDirectory(ownRuleSweep(600), async (directory) => {
      const expected = await local(directory);
      const args = ['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm'];
      const { code, stderr } = await run([...args, '--partition', 'nowhere'], directory);
      expect(code).toBe(2);
      expect(stderr).toContain('sbatch failed with 1: sbatch: error: invalid partition specified: nowhere');
      expect((await statusOf(directory)).cluster).toMatchObject({ active: 0, lost: 8 });
      // The array tasks have the code of the run directory.
      await rm(join(directory, 'whitening.ts'));
      await succeeded(['resume', 'run', '--partition', 'main'], directory);
      expect((await quiet(directory)).tasks.finished).toBe(8);
      expect((await collected(directory)).equals(expected)).toBe(true);
    });
  });
});
