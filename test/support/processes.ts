// Processes of the system, to be killed or slowed down.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

interface ProcessOfSystem {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): ProcessOfSystem[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return [];
      }
    });
}

/** Processes that a process began and that still run. */
export const childrenOf = (pid: number): number[] =>
  processes().flatMap((process) => (process.parent === pid ? [process.pid] : []));

/** Processes that say in their environment that they belong to a configuration of SLURM, one array task of it if given, and still run. */
export function jobProcesses(config: string, arrayTask?: number): number[] {
  return processes().flatMap(({ pid, command }) => {
    if (!command.includes('/dist/')) return [];
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const own =
        environment.includes(`SLURM_CONF=${config}`) &&
        environment.some((line) => line.startsWith('SLURM_JOB_ID=')) &&
        (arrayTask === undefined || environment.includes(`SLURM_ARRAY_TASK_ID=${arrayTask}`));
      return own ? [pid] : [];
    } catch {
      return [];
    }
  });
}

/** Lets the workers that processes began run a twentieth of the time, until something is the case. */
export async function slowed(processesNow: () => readonly number[], until: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await until()); turn++) {
    if (turn > 300) throw new Error('what the workers are slowed down for does not come');
    const workers = processesNow().flatMap(childrenOf);
    signal(workers, 'SIGCONT');
    await delay(50);
    signal(workers, 'SIGSTOP');
    await delay(950);
    signal(workers, 'SIGCONT');
  }
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended.
    }
  }
}
