import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderOutput } from '../support/meander.js';
import { sweepFile } from '../support/sweeps.js';

const sweep = ['sweep', 'sweep.yaml', '--out', 'run'];

describe('a site profile that cannot be used', () => {
  it.each([
    ['template', 'executor: template', 'submit: is missing'],
    ['template', 'executor: template\nsubmit: qsub {script}', 'expected elementVariable'],
    ['slurm', 'partitions: main', 'found partitions, did you mean partition?'],
    ['slurm', 'time: 2h', 'time: found 2h, expected a limit such as 90 (minutes), 12:00:00 or 2-00:00:00'],
    ['slurm', '[', 'cannot be read as a site profile'],
    [
      'template',
      'submit: qsub {script}\nelementVariable: K\njobPattern: "("',
      'jobPattern: Invalid regular expression',
    ],
    ['template', 'submit: qsub {script}\nelementVariable: K\njobPattern: Job', 'jobPattern: Job has no group'],
    ['template', 'submit: qsub {scirpt}\nelementVariable: K', 'submit: found {scirpt}, expected one of {script}, '],
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

  it('prints the job script with --dry-run, with one element for little work or as many as --elements, and makes nothing', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      const dry = [...sweep, '--executor', 'slurm', '--time', '30', '--dry-run'];
      const script = await meanderOutput(dry, directory);
      expect(script).toMatch(
        /^#!\/bin\/sh\n# 1 of 1, submitted by: sbatch --parsable \S+001.sh\n#SBATCH --job-name=meander-dry-run-1\n/,
      );
      expect(script).toContain('#SBATCH --array=0-0\n');
      expect(await meanderOutput([...dry, '--elements', '2'], directory)).toContain('#SBATCH --array=0-1\n');
      expect(await readdir(directory)).toEqual(['sweep.yaml']);
    });
  });
});
