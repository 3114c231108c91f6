import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { InvalidInputError } from '#core';
import { compilerCandidates, headers, linkOptions } from './compiler.node.js';
import {
  cacheDirectory,
  commonOptions,
  libraryFile,
  objects,
  sourceDirectory,
  type Environment,
} from './place.node.js';

const execute = promisify(execFile);

interface Built {
  readonly file: string;
  /** The command that compiled it; null where it was there. */
  readonly compiler: string | null;
}

/**
 * Builds the native kernel of this version where it is not there yet. Throws InvalidInputError where there is no compiler,
 * or one that cannot compile it.
 */
export async function buildNative(env: Environment): Promise<Built> {
  const file = libraryFile(env);
  if (await exists(file)) return { file, compiler: null };
  if (process.platform === 'win32') {
    throw new InvalidInputError(
      'the native kernel can be built on Linux and macOS, or in WSL; without it Meander uses WebAssembly',
    );
  }
  const compiler = await findCompiler(env);
  const parent = dirname(dirname(file));
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, '.build-'));
  try {
    const outputs = objects.map((_, k) => join(work, `${k}.o`));
    const compile = ({ source, options }: (typeof objects)[number], k: number): Promise<void> => {
      const paths = ['-I', headers(), '-c', join(sourceDirectory, source), '-o', outputs[k]];
      return run(env, compiler, [...commonOptions, ...options, ...paths]);
    };
    await Promise.all(objects.map(compile));
    await mkdir(dirname(file), { recursive: true });
    const library = join(work, 'kernel.node');
    await run(env, compiler, [...linkOptions, ...outputs, '-o', library, '-lm']);
    // At once, so that no other process loads half of it.
    await rename(library, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { file, compiler };
}

/** Removes the builds of all versions; the directory where they were. */
export async function removeNative(env: Environment): Promise<string> {
  const directory = cacheDirectory(env);
  await rm(directory, { recursive: true, force: true });
  return directory;
}

async function findCompiler(env: Environment): Promise<string> {
  const candidates = compilerCandidates(env);
  for (const candidate of candidates) {
    const works = await execute(candidate, ['--version'], { env: { ...env } }).then(
      () => true,
      () => false,
    );
    if (works) return candidate;
  }
  const install =
    process.platform === 'darwin'
      ? 'xcode-select --install'
      : 'apt install gcc, dnf install gcc, or module load gcc on a cluster';
  throw new InvalidInputError(
    `no C compiler found (tried ${candidates.join(', ')}): install gcc or clang (${install}), or name one in CC; ` +
      'without it Meander uses WebAssembly',
  );
}

async function run(env: Environment, compiler: string, options: readonly string[]): Promise<void> {
  try {
    await execute(compiler, options, { env: { ...env } });
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: string };
    const line = stderr.split('\n').find((text) => text.includes('error')) ?? (error as Error).message;
    throw new InvalidInputError(`${compiler} cannot build the native kernel (gcc 9, clang 11 or newer can): ${line}`);
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
