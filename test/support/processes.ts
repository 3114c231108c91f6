// Processes of the system, to be killed.
import { readdirSync, readFileSync } from 'node:fs';

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

/** Processes that say in their environment that they belong to a configuration of SLURM, and still run. */
export function jobProcesses(config: string): number[] {
  return processes().flatMap(({ pid, command }) => {
    if (!command.includes('/dist/')) return [];
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const own =
        environment.includes(`SLURM_CONF=${config}`) && environment.some((line) => line.startsWith('SLURM_JOB_ID='));
      return own ? [pid] : [];
    } catch {
      return [];
    }
  });
}
