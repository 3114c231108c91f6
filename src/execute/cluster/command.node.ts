import { InvalidInputError } from '#core';
import { spawn } from 'node:child_process';

/** Variables of the environment in which the commands of the batch system run. */
export type Environment = Readonly<Partial<Record<string, string>>>;

/**
 * The standard output of a command of the batch system. Throws InvalidInputError with its error message when it fails.
 */
export function outputOf(
  file: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd?: string | undefined; readonly env: Environment },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
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
      else {
        const words = oneLine(stderr || stdout) || 'no message';
        reject(new InvalidInputError(`${file === 'sh' ? args.at(-1) : file} failed with ${String(code)}: ${words}`));
      }
    });
  });
}

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, '; ');
