import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Identifies a process by machine, boot and start time as well as by its number, which the system may use again. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  readonly boot: string;
  readonly started: string;
}

export function thisProcess(): ProcessIdentity {
  return {
    host: hostname(),
    pid: process.pid,
    boot: textOf('/proc/sys/kernel/random/boot_id'),
    started: startOf(process.pid),
  };
}

/**
 * Start time of a process of this machine, in a form that no other process with the same number has; '' after its end.
 */
export function startOf(pid: number): string {
  const stats = textOf(`/proc/${pid}/stat`);
  if (stats === '') return isRunning(pid) && !isLinux ? 'running' : '';
  // The name of the program, in parentheses, may contain spaces. The state comes next, and the start time as 20th
  // field.
  const fields = stats.slice(stats.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : fields[19];
}

const isLinux = process.platform === 'linux';

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
