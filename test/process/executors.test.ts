import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput, spawnMeander } from '../support/meander.js';
import { ownRuleSweep } from '../support/own-rule-sweep.js';
import { statusOf, sweepFile, tableOf, type Status } from '../support/sweeps.js';

describe('the template executor', () => {
  const batch = `#!/bin/sh
# A batch system of a few lines: runs an array at once, writes down what still runs.
for i in $(seq $2 $3); do
  ( echo "77[$i]" > running.$i; FAKE_INDEX=$i sh "$1" > log.$i 2>&1; rm running.$i ) &
done
echo "Job <77> is submitted"
`;
  const profile = `executor: template
submit: sh ../batch.sh {script} {first} {last}
jobPattern: 'Job <(\\d+)>'
arrayTaskVariable: FAKE_INDEX
firstArrayTask: 1
list: cat running.* 2> /dev/null || true
`;

  it.each<[string, number, Record<string, string>]>([
    ['a rule of the package', 20, { 'sweep.yaml': sweepFile({ points: 20 }) }],
    ['a rule file', 8, ownRuleSweep(400)],
  ])(
    'makes the table of a local run by the commands of a site, whatever the name of the directory: %s',
    async (_, all, files) => {
      await inDirectory(files, async (directory) => {
        await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run'], directory);
        await writeFile(join(directory, 'batch.sh'), batch);
        const expected = await tableOf(join(directory, 'run'));
        await writeFile(join(directory, 'site.yaml'), profile);
        const out = "it's another";
        const args = ['sweep', 'sweep.yaml', '--out', out, '--profile', 'site.yaml', '--array-tasks', '3'];
        const { code, stderr } = await meander(args, directory);
        expect(code, stderr).toBe(0);
        expect(stderr).toContain(`submitted ${all} tasks in 3 array tasks as 77`);
        for (;;) {
          const status = await statusOf(out, directory);
          expect(status.cluster.problem).toBeNull();
          if (status.tasks.finished === all) break;
          expect(status.cluster.lost).toBe(0);
          await delay(300);
        }
        await meanderOutput(['collect', out], directory);
        expect((await tableOf(join(directory, out))).equals(expected)).toBe(true);
        // Three array tasks shared one shard, and none knew of the others.
        expect(await readdir(join(directory, out, 'records'))).toEqual(['000000.pack']);
        const again = await meander(['resume', out], directory);
        expect(again.stderr).toContain('all tasks are done; meander collect');
      });
    },
  );

  it('knows what it submitted when the batch system refuses the rest, and cancels all of it', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 3, duration: 60_000_000 }) }, async (directory) => {
      // Takes two array tasks; the first ends at once.
      const submit = `[ $2 = 2 ] && { echo 'the queue is full' >&2; exit 3; }
[ $2 = 1 ] && { setsid sh "$1" $2 > /dev/null 2>&1 & echo $! > pid; }
echo "Job $2"
`;
      const site = `executor: template
submit: sh ../batch.sh {script} {arrayTask}
list: 'kill -0 $(cat pid) 2> /dev/null && echo 1 || true'
cancel: 'test {job} = 1 && kill $(cat pid)'
`;
      await writeFile(join(directory, 'batch.sh'), submit);
      await writeFile(join(directory, 'site.yaml'), site);
      const args = ['sweep', 'sweep.yaml', '--out', 'run', '--profile', 'site.yaml', '--array-tasks', '3'];
      const refused = await meander(args, directory);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/^sh \.\.\/batch\.sh .* failed with 3: the queue is full; run keeps the run: /);
      expect((await statusOf('run', directory)).cluster).toMatchObject({ active: 1, underWay: 1, lost: 2 });
      const local = await meander(['resume', 'run', '--executor', 'local'], directory);
      expect(local).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('1 array task is queued or running') as string,
      });
      const cancelled = await meander(['cancel', 'run'], directory);
      // The command fails for job 0, which has ended; job 1 is cancelled all the same.
      expect(cancelled).toMatchObject({ code: 2, stderr: expect.stringContaining('failed with 1') as string });
      while ((await statusOf('run', directory)).cluster.active > 0) await delay(100);
      expect((await statusOf('run', directory)).cluster.lost).toBe(3);
    });
  });

  it('counts a task as finished, not as lost, that ends while the batch system answers', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      // The job runs when the queue is asked, and has left it with the answer.
      const site = `executor: template
submit: 'echo {script} > job; echo 5'
list: 'K=0 sh $(cat job) > /dev/null'
elementVariable: K
`;
      await writeFile(join(directory, 'site.yaml'), site);
      const submit = ['sweep', 'sweep.yaml', '--out', 'run', '--profile', 'site.yaml', '--elements', '1'];
      await meanderOutput(submit, directory);
      const { tasks, cluster } = await statusOf('run', directory);
      expect(tasks).toEqual({ total: 2, finished: 2, halfDone: 0 });
      expect(cluster).toMatchObject({ active: 0, underWay: 0, lost: 0, problem: null });
    });
  });

  it('runs no command that another user stored in the run directory, unless a profile gives it', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      const site = (list: string): string =>
        `executor: template\nsubmit: 'echo 5 {script}'\nlist: ${list}\ncancel: touch cancelled\narrayTaskVariable: K\n`;
      await writeFile(join(directory, 'site.yaml'), site('echo 5'));
      const submit = ['sweep', 'sweep.yaml', '--out', 'run', '--profile', 'site.yaml', '--array-tasks', '1'];
      await meanderOutput(submit, directory);
      expect((await statusOf('run', directory)).cluster).toMatchObject({ active: 1, problem: null });
      const stored = join(directory, 'run/submissions/001.json');
      const text = await readFile(stored, 'utf8');
      await writeFile(stored, text.replace('"list":"echo 5"', '"list":"touch stolen; echo 5"'));
      const { cluster } = await statusOf('run', directory);
      expect(cluster).toMatchObject({ active: null });
      expect(cluster.problem).toContain('001.json: was not stored by this user, so its commands are not run');
      for (const args of [
        ['resume', 'run', '--nothing-runs'],
        ['cancel', 'run'],
      ]) {
        const refused = await meander(args, directory);
        expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('give --profile FILE') as string });
      }
      expect(await readdir(join(directory, 'run'))).not.toContain('stolen');
      const trusted = await meanderJson<Status>(['status', 'run', '--json', '--profile', 'site.yaml'], directory);
      expect(trusted.cluster).toMatchObject({ active: 1, problem: null });
      await meanderOutput(['cancel', 'run', '--profile', 'site.yaml'], directory);
      expect(await readdir(join(directory, 'run'))).toContain('cancelled');
      for (const content of ['{}', '[]', 'null', '{"number":1}']) {
        await writeFile(stored, content);
        const { code, stderr } = await meander(['status', 'run'], directory);
        expect({ code, stderr }).toEqual({
          code: 2,
          stderr: expect.stringMatching(/^run.*001\.json: is damaged: /) as string,
        });
      }
    });
  });

  it('takes no line break into a job script', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      for (const option of ['partition', 'account', 'memory']) {
        const args = ['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm', `--${option}`, 'a\ntouch b'];
        const { code, stderr } = await meander([...args, '--dry-run'], directory);
        expect(code).toBe(2);
        expect(stderr).toContain(`${option}: found a line break, expected one line`);
      }
    });
  });

  it('resumes only with --nothing-runs where the batch system cannot be asked', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      await writeFile(
        join(directory, 'site.yaml'),
        'executor: template\nsubmit: echo 5 {script}\narrayTaskVariable: K\n',
      );
      const submit = ['sweep', 'sweep.yaml', '--out', 'run', '--profile', 'site.yaml', '--array-tasks', '2'];
      await meanderOutput(submit, directory);
      for (const executor of ['local', 'template']) {
        const refused = await meander(['resume', 'run', '--executor', executor], directory);
        expect(refused.code).toBe(2);
        expect(refused.stderr).toContain(
          'cannot report whether jobs of this run are queued or running; if none are, meander resume run --nothing-runs continues it',
        );
      }
      for (const arrayTask of ['7', '-1', 'x']) {
        const none = await meander(['work', 'run', '--submission', '1', '--array-task', arrayTask], directory);
        expect(none.code).toBe(2);
        expect(none.stderr).toMatch(/has no array task (7|-1), expected 0 to 1|expected a whole number/);
      }
      await meanderOutput(['resume', 'run', '--executor', 'local', '--nothing-runs'], directory);
    });
  });
});

describe('the SLURM executor', () => {
  it('leaves sbatch the defaults of the user where the site sets nothing, and cancels every job', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      const command = (name: string, body: string) =>
        writeFile(join(directory, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
      await command('sbatch', 'env > "$(dirname "$0")/seen"; echo 12');
      await command('scontrol', 'exit 1');
      await command('squeue', 'exit 0');
      await command(
        'scancel',
        `case $1 in *-1) echo 'no such job' >&2; exit 1;; *) echo "$1" > "$(dirname "$0")/back";; esac`,
      );
      const env = {
        ...process.env,
        PATH: `${directory}:${process.env.PATH}`,
        SBATCH_PARTITION: 'theirs',
        SBATCH_TIMELIMIT: '1',
        SBATCH_ACCOUNT: 'lab',
        SBATCH_JOB_NAME: 'mine',
      };
      const args = ['--executor', 'slurm', '--partition', 'main', '--time', '0'];
      const { code, stderr } = await spawnMeander(['sweep', 'sweep.yaml', '--out', 'run', ...args], directory, env);
      expect(code, stderr).toBe(0);
      const seen = await readFile(join(directory, 'seen'), 'utf8');
      expect(seen).toContain('SBATCH_ACCOUNT=lab');
      expect(seen).not.toMatch(/SBATCH_(PARTITION|TIMELIMIT|JOB_NAME)/);
      // Nothing of it is in the queue, so it is submitted again; taking back the first of the two fails.
      expect((await spawnMeander(['resume', 'run'], directory, env)).code).toBe(0);
      const cancelled = await spawnMeander(['cancel', 'run'], directory, env);
      expect(cancelled).toMatchObject({ code: 2, stderr: 'scancel failed with 1: no such job\n' });
      expect(await readFile(join(directory, 'back'), 'utf8')).toMatch(/-2\n$/);
    });
  });

  it('leaves a run that can be finished locally where sbatch and squeue fail, and says how', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      for (const name of ['sbatch', 'squeue', 'scontrol']) {
        await writeFile(join(directory, name), '#!/bin/sh\necho "no controller" >&2; exit 1\n', { mode: 0o755 });
      }
      const env = { ...process.env, PATH: `${directory}:${process.env.PATH}` };
      const refused = await spawnMeander(
        ['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm'],
        directory,
        env,
      );
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(
        /sbatch failed with 1: no controller; run keeps the run: meander resume run submits/,
      );
      const resume = ['resume', 'run', '--executor', 'local'];
      const unknown = await spawnMeander(resume, directory, env);
      expect(unknown.code).toBe(2);
      expect(unknown.stderr).toContain(
        'squeue failed with 1: no controller; if no job of run is queued or running, meander resume run --nothing-runs continues it',
      );
      const done = await spawnMeander([...resume, '--nothing-runs'], directory, env);
      expect(done.code, done.stderr).toBe(0);
      expect(existsSync(join(directory, 'run/results.parquet'))).toBe(true);
    });
  });
});
