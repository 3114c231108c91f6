import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderOutput } from '../support/meander.js';
import { sweepFile } from '../support/sweeps.js';

const sweep = ['sweep', 'sweep.yaml', '--out', 'run'];

describe('a site profile that cannot be used', () => {
  it.each([
    ['template', 'executor: template', 'submit: is missing'],
    ['template', 'executor: template\nsubmit: qsub {script}', 'expected arrayTaskVariable'],
    ['slurm', 'partitions: main', 'found partitions, did you mean partition?'],
    ['slurm', 'time: 2h', 'time: found 2h, expected a limit such as 90 (minutes), 12:00:00 or 2-00:00:00'],
    ['slurm', '[', 'cannot be read as a site profile'],
    [
      'template',
      'submit: qsub {script}\narrayTaskVariable: K\njobPattern: "("',
      'jobPattern: Invalid regular expression',
    ],
    ['template', 'submit: qsub {script}\narrayTaskVariable: K\njobPattern: Job', 'jobPattern: Job has no group'],
    ['template', 'submit: qsub {scirpt}\narrayTaskVariable: K', 'submit: found {scirpt}, expected one of {script}, '],
    ['slurm', 'time: "1"', 'time: 1 is not longer than the warning, 90 s'],
    ...['--array=0-5', '--arr=0-5', '-a0-5', '--constraint=avx2 -Jx', '-M all'].map((option) => [
      'slurm',
      `options: ["${option}"]`,
      `options: found ${option}, which Meander sets itself`,
    ]),
  ])('is rejected before anything is made (%s, %j)', async (executor, content, message) => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }), 'site.yaml': content }, async (directory) => {
      const { code, stderr } = await meander([...sweep, '--executor', executor, '--profile', 'site.yaml'], directory);
      expect(code).toBe(2);
      expect(stderr).toContain(`site.yaml: ${message}`);
      expect(await readdir(directory)).toEqual(['site.yaml', 'sweep.yaml']);
    });
  });
});

describe('meander sweep --executor slurm', () => {
  it('is needed for the options of a cluster', async () => {
    const local = await meander([...sweep, '--partition', 'main']);
    expect(local).toMatchObject({ code: 2, stderr: '--partition needs --executor slurm or template\n' });
  });

  it('prints the job script with --dry-run, with one array task for little work or as many as --array-tasks, and makes nothing', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      const dry = [...sweep, '--executor', 'slurm', '--time', '30', '--dry-run'];
      const script = await meanderOutput(dry, directory);
      expect(script).toMatch(
        /^#!\/bin\/sh\n# 1 of 1, submitted by: sbatch --parsable \S+001.sh\n#SBATCH --job-name=meander-dry-run-1\n/,
      );
      expect(script).toContain('#SBATCH --array=0-0\n');
      expect(await meanderOutput([...dry, '--array-tasks', '2'], directory)).toContain('#SBATCH --array=0-1\n');
      expect(await readdir(directory)).toEqual(['sweep.yaml']);
    });
  });
});

describe('names of options and keys that have been replaced', () => {
  const template = 'executor: template\nsubmit: echo {script}';

  it.each([
    ['--elements', ['--executor', 'slurm', '--elements', '2'], ''],
    ['the key elements', ['--profile', 'site.yaml'], 'executor: slurm\nelements: 2'],
  ])('%s gives the number of array tasks as before', async (_, options, content) => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }), 'site.yaml': content }, async (directory) => {
      const now = await meanderOutput([...sweep, '--executor', 'slurm', '--array-tasks', '2', '--dry-run'], directory);
      expect(now).toContain('#SBATCH --array=0-1\n');
      expect(await meanderOutput([...sweep, ...options, '--dry-run'], directory)).toBe(now);
    });
  });

  it.each([
    [
      `${template}\nelementVariable: K\nfirstElement: 1\nelements: 2`,
      `${template}\narrayTaskVariable: K\nfirstArrayTask: 1\narrayTasks: 2`,
    ],
    [`${template} {element}\nelements: 2`, `${template} {arrayTask}\narrayTasks: 2`],
  ])('a profile with the keys %j submits as before', async (former, present) => {
    const files = { 'sweep.yaml': sweepFile({ points: 2 }), 'former.yaml': former, 'present.yaml': present };
    await inDirectory(files, async (directory) => {
      const script = (profile: string): Promise<string> =>
        meanderOutput([...sweep, '--profile', profile, '--dry-run'], directory);
      expect(await script('former.yaml')).toBe(await script('present.yaml'));
    });
  });

  it('a profile with a former key beside the present one is rejected', async () => {
    const content = 'executor: slurm\nelements: 2\narrayTasks: 3';
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }), 'site.yaml': content }, async (directory) => {
      const { code, stderr } = await meander([...sweep, '--profile', 'site.yaml'], directory);
      expect(code).toBe(2);
      expect(stderr).toContain('site.yaml: found elements, ');
    });
  });

  it('--element is read as --array-task, and one of them must be given', async () => {
    const work = ['work', 'nowhere', '--submission', '1'];
    for (const option of ['--array-task', '--element']) {
      const { code, stderr } = await meander([...work, option, '0']);
      expect(code).toBe(2);
      expect(stderr).toContain('nowhere: there is no such directory');
      expect((await meander([...work, option, 'x'])).stderr).toContain(`${option} x: expected a whole number`);
    }
    expect((await meander(work)).stderr).toContain("required option '--array-task <number>' not specified");
  });

  it('are not in the help', async () => {
    for (const command of ['sweep', 'resume', 'work']) {
      const help = await meanderOutput([command, '--help']);
      expect(help).toContain('--array-task');
      expect(help).not.toMatch(/element/);
    }
  });
});
