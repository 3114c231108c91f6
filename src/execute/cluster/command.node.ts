import { InvalidInputError } from '#core';
import { spawn } from 'node:child_process';

/** What a command of the batch system says. Throws InvalidInputError with its own words when it fails. */
export function outputOf(file: string, args: readonly string[], cwd?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        new InvalidInputError(
          error.code === 'ENOENT' ? `${file}: there is no such command here; is this a login node?` : error.message,
        ),
      );
    });
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new InvalidInputError(`${file} failed with ${String(code)}: ${oneLine(stderr || stdout)}`));
    });
  });
}

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, '; ');
