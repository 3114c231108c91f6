import { join } from 'node:path';
import { outputOf } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';

/** SLURM by its commands. Accounting is not needed: what is not in the queue and has no record is lost. */
export const slurm: Scheduler = {
  async mostElements() {
    // Where SLURM does not answer, submitting will say so; a dry run goes by its default.
    const config = await outputOf('scontrol', ['show', 'config']).catch(() => '');
    // The highest index is one less than MaxArraySize.
    const most = /^MaxArraySize\s*=\s*(\d+)/m.exec(config);
    return most ? Math.max(1, Number(most[1]) - 1) : 1000;
  },

  header({ site, name, elements }, directory) {
    const given: [string, string | number | undefined][] = [
      ['job-name', name],
      ['partition', site.partition],
      ['account', site.account],
      ['qos', site.qos],
      ['time', site.time],
      ['mem', site.memory],
      ['nodes', 1],
      ['ntasks', 1],
      ['cpus-per-task', site.cpus],
      ['array', `0-${elements.length - 1}${site.arrayLimit ? `%${site.arrayLimit}` : ''}`],
      ['output', join(directory, 'logs', '%A_%a.log')],
      ['open-mode', 'append'],
      ['signal', `B:USR2@${site.warning}`],
    ];
    return [
      ...given.flatMap(([option, value]) => (value === undefined ? [] : [`#SBATCH --${option}=${value}`])),
      '#SBATCH --requeue',
      ...site.options.map((option) => `#SBATCH ${option}`),
    ];
  },

  element: () => 'MEANDER_ELEMENT=$SLURM_ARRAY_TASK_ID',

  async submit(_, script, directory) {
    const answer = await outputOf('sbatch', ['--parsable', script], directory);
    return [answer.trim().split(';')[0]];
  },

  async active(submissions) {
    const found = new Map<number, Set<number>>(submissions.map(({ number }) => [number, new Set()]));
    if (submissions.length === 0) return found;
    const names = submissions.map(({ name }) => name).join(',');
    const lines = await outputOf('squeue', ['--noheader', '--array', `--name=${names}`, '--format=%j %K']);
    for (const line of lines.split('\n')) {
      const [name, element] = line.trim().split(/\s+/);
      const number = submissions.find((submission) => submission.name === name)?.number;
      if (number !== undefined) found.get(number)?.add(Number(element));
    }
    return found;
  },

  async cancel(submissions) {
    for (const { name } of submissions) await outputOf('scancel', [`--name=${name}`]);
  },

  async requeue() {
    const { SLURM_ARRAY_JOB_ID: job, SLURM_ARRAY_TASK_ID: element } = process.env;
    if (job === undefined || element === undefined) return false;
    await outputOf('scontrol', ['requeue', `${job}_${element}`]);
    return true;
  },
};
