import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Vectors of the C peers: those of WebAssembly, and those of this machine. */
export const peerVectors = [
  { name: 'C, 128 bits', options: ['-msse4.2', '-DBYTES=16'] },
  { name: 'C, native width', options: ['-march=native', '-mprefer-vector-width=512', '-DBYTES=64'] },
];

export function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A program that reads a task in every line and answers with seconds. */
interface PeerProgram {
  readonly ask: (...task: readonly (string | number)[]) => Promise<number>;
  /** Ends it; resolves when it has ended, and takes no processor any more. */
  readonly close: () => Promise<void>;
}

export function startPeer(name: string, command: string, args: readonly string[] = []): PeerProgram {
  const peer = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = peer;
  const ended = once(peer, 'close');
  const lines: AsyncIterator<string, undefined> = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    ask: async (...task) => {
      stdin.write(`${task.join(' ')}\n`);
      const answer = await lines.next();
      if (answer.done) throw new Error(`${name} ended early`);
      return Number(answer.value);
    },
    close: async () => {
      stdin.end();
      await ended;
    },
  };
}
