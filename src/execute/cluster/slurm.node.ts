import { InvalidInputError, shellWord } from '#core';
import { join } from 'node:path';
import { outputOf, type Environment } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';
import type { Site } from './site-schema.js';

/** States in which an array task is queued or running. */
const ACTIVE = 'PENDING,CONFIGURING,RUNNING,SUSPENDED,STOPPED,COMPLETING,REQUEUED,REQUEUE_HOLD,SPECIAL_EXIT';

/** Environment variables that change what a command does or prints; those of sbatch override the lines of a script. */
const OVERRIDING = /^(SQUEUE_|SCANCEL_|SBATCH_(JOB_NAME|ARRAY_INX|SIGNAL|OUTPUT|OPEN_MODE|REQUEUE|NO_REQUEUE|WAIT)$)/;

/** Environment variables with defaults of the user, which the keys of a site replace. */
const userDefaults = {
  partition: ['SBATCH_PARTITION'],
  account: ['SBATCH_ACCOUNT'],
  qos: ['SBATCH_QOS'],
  time: ['SBATCH_TIMELIMIT'],
  memory: ['SBATCH_MEM_PER_NODE', 'SBATCH_MEM_PER_CPU', 'SBATCH_MEM_PER_GPU'],
} as const satisfies Partial<Record<keyof Site, readonly string[]>>;

/** The output of a command of SLURM, run without overriding environment variables and without those in `dropped`. */
function slurmOutput(
  env: Environment,
  file: string,
  args: readonly string[],
  cwd?: string,
  dropped: readonly string[] = [],
): Promise<string> {
  const isKept = ([name]: [string, unknown]): boolean => !OVERRIDING.test(name) && !dropped.includes(name);
  return outputOf(file, args, { cwd, env: Object.fromEntries(Object.entries(env).filter(isKept)) });
}

/** SLURM by its commands. Needs no accounting: a task is lost if it has no record and its array task is not queued. */
export const slurm = (env: Environment): Scheduler => ({
  async maxArraySize() {
    // If SLURM does not answer, submitting will report it; a dry run uses the default of SLURM.
    const config = await slurmOutput(env, 'scontrol', ['show', 'config']).catch(() => '');
    // The highest index is one less than MaxArraySize.
    const size = /^MaxArraySize\s*=\s*(\d+)/m.exec(config);
    return size ? Math.max(1, Number(size[1]) - 1) : 1000;
  },

  header({ site, name, arrayTasks }, directory) {
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
      ['array', `0-${arrayTasks.length - 1}${site.arrayLimit ? `%${site.arrayLimit}` : ''}`],
      ['output', logPattern(directory)],
      ['open-mode', 'append'],
      ['signal', `B:USR2@${site.warning}`],
    ];
    return [
      ...given.flatMap(([option, value]) => (value === undefined ? [] : [`#SBATCH --${option}=${value}`])),
      '#SBATCH --requeue',
      ...site.options.map((option) => `#SBATCH ${option}`),
    ];
  },

  arrayTaskIndex: () => 'MEANDER_ARRAY_TASK=${SLURM_ARRAY_TASK_ID:?}',

  commands: (_, script) => [`sbatch --parsable ${shellWord(script)}`],

  async submit({ site }, script, directory, saveJobs) {
    const set = (Object.keys(userDefaults) as (keyof typeof userDefaults)[]).filter((key) => site[key] !== undefined);
    const dropped = set.flatMap((key) => userDefaults[key]);
    const answer = await slurmOutput(env, 'sbatch', ['--parsable', script], directory, dropped);
    await saveJobs([answer.trim().split(';')[0]]);
  },

  async active(submissions) {
    const found = new Map<number, Set<number>>(submissions.map(({ number }) => [number, new Set()]));
    if (submissions.length === 0) return found;
    const names = submissions.map(({ name }) => name).join(',');
    const args = ['--noheader', '--array', `--states=${ACTIVE}`, `--name=${names}`, '--format=%j %K'];
    for (const line of (await slurmOutput(env, 'squeue', args)).split('\n')) {
      const [name, index] = line.trim().split(/\s+/);
      const number = submissions.find((submission) => submission.name === name)?.number;
      if (number !== undefined) found.get(number)?.add(Number(index));
    }
    return found;
  },

  async cancel(submissions) {
    const attempts = submissions.map(({ name }) => slurmOutput(env, 'scancel', [`--name=${name}`]));
    const failures = (await Promise.allSettled(attempts)).flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as Error).message] : [],
    );
    if (failures.length > 0) throw new InvalidInputError(failures.join('; '));
  },

  async requeue() {
    const { SLURM_ARRAY_JOB_ID: job, SLURM_ARRAY_TASK_ID: index } = env;
    if (job === undefined || index === undefined) return false;
    await slurmOutput(env, 'scontrol', ['requeue', `${job}_${index}`]);
    return true;
  },
});

/**
 * The log file of an array task as SLURM reads it: quoted because of spaces, with percent signs of the path doubled.
 */
function logPattern(directory: string): string {
  if (/["\n\\]/.test(directory)) {
    throw new InvalidInputError(`${directory}: SLURM takes no path with a quote, a backslash or a line break`);
  }
  return `"${join(directory.replaceAll('%', '%%'), 'logs', '%A_%a.log')}"`;
}
