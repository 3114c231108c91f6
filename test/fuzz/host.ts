// Runs commands in a process beside this one: a command that hangs, or takes too much memory, ends only that process.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Asked {
  readonly args: readonly string[];
  readonly directory: string;
}

export interface Outcome {
  /** The exit code; null where the command threw or did not come to its end. */
  readonly code: number | null;
  /** What reached the top level: a defect, shown to the user as a stack trace. */
  readonly thrown: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** Resident memory of the process: the most of what was seen. */
  readonly bytes: number;
}

/** What no command may exceed. */
export const LIMITS = { seconds: 20, bytes: 2 ** 30 };

const guest = fileURLToPath(new URL('guest.ts', import.meta.url));
const LOOK_MILLISECONDS = 50;

export class Host {
  #child: ChildProcess | null = null;

  /** Runs one command to its end or to a limit. */
  async run(args: readonly string[], directory: string): Promise<Outcome> {
    const outcome = await this.#once({ args, directory });
    // What earlier commands left in memory is not this command's: a new process decides.
    if (outcome.bytes <= LIMITS.bytes) return outcome;
    await this.close();
    return this.#once({ args, directory });
  }

  async #once(asked: Asked): Promise<Outcome> {
    const child = (this.#child ??= await start());
    const begun = performance.now();
    let bytes = 0;
    let stopped: string | null = null;
    const stop = (reason: string): void => {
      stopped = reason;
      child.kill('SIGKILL');
    };
    const watch = setInterval(() => {
      bytes = Math.max(bytes, residentBytes(child.pid));
      if (bytes > 1.5 * LIMITS.bytes) stop('ended because of its memory');
      if (performance.now() - begun > LIMITS.seconds * 1000) stop('ended because of its time');
    }, LOOK_MILLISECONDS);
    try {
      const answered = new Promise<Outcome>((resolve, reject) => {
        child.once('message', resolve);
        child.once('exit', (code, signal) => {
          reject(new Error(stopped ?? `the process ended with ${String(code ?? signal)}`));
        });
      });
      child.send(asked);
      const outcome = await answered;
      return { ...outcome, bytes: Math.max(bytes, outcome.bytes) };
    } catch (error) {
      this.#child = null;
      const seconds = (performance.now() - begun) / 1000;
      return { code: null, thrown: (error as Error).message, stdout: '', stderr: '', seconds, bytes };
    } finally {
      clearInterval(watch);
      child.removeAllListeners('message').removeAllListeners('exit');
    }
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

async function start(): Promise<ChildProcess> {
  const child = fork(guest, [], {
    execArgv: ['--no-warnings', '--import', 'tsx', '--conditions=source'],
    stdio: 'inherit',
  });
  await once(child, 'message');
  return child;
}

/** Memory of a process that is in RAM; 0 where there is no such process. */
export function residentBytes(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024 || 0;
  } catch {
    return 0;
  }
}
