import { InvalidInputError } from '#core';
import { join } from 'node:path';
import { outputOf, shellWord } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';
import type { Site } from './site.js';

/** States in which an element may still do something. */
const ALIVE = 'PENDING,CONFIGURING,RUNNING,SUSPENDED,STOPPED,COMPLETING,REQUEUED,REQUEUE_HOLD,SPECIAL_EXIT';

/** Variables of a user that would change what a command does or says; those of sbatch go over the lines of a script. */
const MEDDLING = /^(SQUEUE_|SCANCEL_|SBATCH_(JOB_NAME|ARRAY_INX|SIGNAL|OUTPUT|OPEN_MODE|REQUEUE|NO_REQUEUE|WAIT)$)/;

/** Variables that are the defaults of a user where the site sets nothing. */
const defaults = {
  partition: ['SBATCH_PARTITION'],
  account: ['SBATCH_ACCOUNT'],
  qos: ['SBATCH_QOS'],
  time: ['SBATCH_TIMELIMIT'],
  memory: ['SBATCH_MEM_PER_NODE', 'SBATCH_MEM_PER_CPU', 'SBATCH_MEM_PER_GPU'],
} as const satisfies Partial<Record<keyof Site, readonly string[]>>;

/** Asks a command without variables that meddle; `dropped` names further ones. */
function asked(file: string, args: readonly string[], cwd?: string, dropped: readonly string[] = []): Promise<string> {
  const kept = ([name]: [string, unknown]): boolean => !MEDDLING.test(name) && !dropped.includes(name);
  return outputOf(file, args, { cwd, env: Object.fromEntries(Object.entries(process.env).filter(kept)) });
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

  commands: (_, script) => [`sbatch --parsable ${shellWord(script)}`],

  async submit({ site }, script, directory, keep) {
    const set = (Object.keys(defaults) as (keyof typeof defaults)[]).filter((key) => site[key] !== undefined);
    const dropped = set.flatMap((key) => defaults[key]);
    const answer = await asked('sbatch', ['--parsable', script], directory, dropped);
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
    const tries = submissions.map(({ name }) => asked('scancel', [`--name=${name}`]));
    const failures = (await Promise.allSettled(tries)).flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as Error).message] : [],
    );
    if (failures.length > 0) throw new InvalidInputError(failures.join('; '));
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
