// How tests run the command line: in this process, or as a user does.
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/program.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built executable. */
const executable = join(root, 'dist/cli/main.js');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command finds instead of a process: streams that collect text, and signals that a test sends by `emit`. */
export function collectingIo(): Io & {
  readonly stdout: Writable;
  readonly signals: EventEmitter;
  readonly text: () => Omit<Finished, 'code'>;
} {
  const [stdout, stderr] = [new Collector(), new Collector()];
  return {
    stdout,
    stderr,
    env: process.env,
    signals: new EventEmitter(),
    text: () => ({ stdout: stdout.text, stderr: stderr.text }),
  };
}

class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    this.emit('text', this.text);
    done();
  }
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command to its end in this process, from source; its workers run built code. One command runs at a time, because paths
 * are relative to the working directory of the process.
 */
export function meander(args: readonly string[], cwd = root, env = process.env): Promise<Finished> {
  const finished = last.then(async () => {
    const io = { ...collectingIo(), env };
    const before = process.cwd();
    process.chdir(cwd);
    try {
      return { code: await main(args, io), ...io.text() };
    } finally {
      process.chdir(before);
    }
  });
  last = finished.catch(() => undefined);
  return finished;
}

/** Runs a command in a process of its own, for what depends on one: its environment, its signals, its death. */
export async function spawnMeander(args: readonly string[], cwd = root, env = process.env): Promise<Finished> {
  const { code, stdout, stderr } = await begin(args, cwd, env).ended;
  return { code, stdout, stderr };
}

interface Ended extends Finished {
  readonly signal: NodeJS.Signals | null;
}

/** A command in a process of its own that is still going on. */
export function begin(args: readonly string[], cwd = root, env = process.env) {
  const child = spawn(process.execPath, [executable, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  return Object.assign(child, { ended, written: () => ({ stdout, stderr }) });
}

/** What a command that must succeed writes to standard output. */
export async function meanderOutput(args: readonly string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await meander(args, cwd);
  if (code !== 0) throw new Error(`meander ${args.join(' ')} ended with ${String(code)}: ${stderr}`);
  return stdout;
}

/** The one JSON document of a command that must succeed. */
export async function meanderJson<T>(args: readonly string[], cwd?: string): Promise<T> {
  return JSON.parse(await meanderOutput([...args, '--json'], cwd)) as T;
}
