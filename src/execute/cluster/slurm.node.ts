import { InvalidInputError } from '#core';
import { join } from 'node:path';
import { outputOf } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';

/** States in which an element may still do something. */
const ALIVE = 'PENDING,CONFIGURING,RUNNING,SUSPENDED,STOPPED,COMPLETING,REQUEUED,REQUEUE_HOLD,SPECIAL_EXIT';

/** Variables of a user that would change what a command does or says; those of sbatch go over the lines of a script. */
const MEDDLING = /^(SQUEUE_|SCANCEL_|SBATCH_(JOB_NAME|ARRAY_INX|SIGNAL|OUTPUT|OPEN_MODE|REQUEUE|NO_REQUEUE|WAIT))/;

function asked(file: string, args: readonly string[], cwd?: string): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !MEDDLING.test(name)));
  return outputOf(file, args, { cwd, env });
}

/** SLURM by its commands. Accounting is not needed: what is not in the queue and has no record is lost. */
export const slurm: Scheduler = {
  async mostElements() {
    // Where SLURM does not answer, submitting will say so; a dry run goes by its default.
    const config = await asked('scontrol', ['show', 'config']).catch(() => '');
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
      ['output', pattern(directory)],
      ['open-mode', 'append'],
      ['signal', `B:USR2@${site.warning}`],
    ];
    return [
      ...given.flatMap(([option, value]) => (value === undefined ? [] : [`#SBATCH --${option}=${value}`])),
      '#SBATCH --requeue',
      ...site.options.map((option) => `#SBATCH ${option}`),
    ];
  },

  element: () => 'MEANDER_ELEMENT=${SLURM_ARRAY_TASK_ID:?}',

  commands: (_, script) => [`sbatch --parsable ${script}`],

  async submit(_, script, directory, keep) {
    const answer = await asked('sbatch', ['--parsable', script], directory);
    await keep([answer.trim().split(';')[0]]);
  },

  async active(submissions) {
    const found = new Map<number, Set<number>>(submissions.map(({ number }) => [number, new Set()]));
    if (submissions.length === 0) return found;
    const names = submissions.map(({ name }) => name).join(',');
    const args = ['--noheader', '--array', `--states=${ALIVE}`, `--name=${names}`, '--format=%j %K'];
    for (const line of (await asked('squeue', args)).split('\n')) {
      const [name, element] = line.trim().split(/\s+/);
      const number = submissions.find((submission) => submission.name === name)?.number;
      if (number !== undefined) found.get(number)?.add(Number(element));
    }
    return found;
  },

  async cancel(submissions) {
    for (const { name } of submissions) await asked('scancel', [`--name=${name}`]);
  },

  async requeue() {
    const { SLURM_ARRAY_JOB_ID: job, SLURM_ARRAY_TASK_ID: element } = process.env;
    if (job === undefined || element === undefined) return false;
    await asked('scontrol', ['requeue', `${job}_${element}`]);
    return true;
  },
};

/** Where an element's output goes, as SLURM reads it: quoted for spaces, and a percent sign of the path doubled. */
function pattern(directory: string): string {
  if (/["\n\\]/.test(directory)) {
    throw new InvalidInputError(`${directory}: SLURM takes no path with a quote, a backslash or a line break`);
  }
  return `"${join(directory.replaceAll('%', '%%'), 'logs', '%A_%a.log')}"`;
}
