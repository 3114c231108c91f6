// The package as users get it: packed from a copy of the sources, installed where there is neither compiler nor source.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { type Finished, root } from './meander.js';

const excluded = [
  '.git',
  'coverage',
  'dist',
  'node_modules',
  'docs/api',
  'docs/.vitepress/cache',
  'docs/.vitepress/dist',
];

/** Finds npm beside Node or in the PATH: the one that started the tests, if any. */
function npmProgram(): string {
  if (process.env.npm_execpath?.endsWith('npm-cli.js')) return process.env.npm_execpath;
  const directories = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)];
  for (const directory of directories) {
    try {
      return realpathSync(join(directory, 'npm'));
    } catch {
      // Not here.
    }
  }
  throw new Error('there is no npm');
}

/** Runs a program to its end with only the given directories as PATH. */
function run(program: string, args: readonly string[], cwd: string, path: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: path };
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** Packs a copy of the sources in `directory`, which builds them, and returns the tarball. */
export async function pack(directory: string): Promise<string> {
  const copy = join(directory, 'sources');
  cpSync(root, copy, { recursive: true, filter: (file) => !excluded.includes(relative(root, file)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  const args = [npmProgram(), 'pack', '--json', '--pack-destination', directory];
  const { code, stdout, stderr } = await run(process.execPath, args, copy, process.env.PATH ?? '');
  if (code !== 0) throw new Error(`npm pack ended with ${String(code)}: ${stderr}`);
  const [, filename] = /"filename": "([^"]+)"/.exec(stdout) ?? [];
  return join(directory, filename);
}

/** The paths of the files that the package of this directory has, without building it. */
export async function packedFiles(): Promise<string[]> {
  const args = [npmProgram(), 'pack', '--dry-run', '--json', '--ignore-scripts'];
  const { code, stdout, stderr } = await run(process.execPath, args, root, process.env.PATH ?? '');
  if (code !== 0) throw new Error(`npm pack --dry-run ended with ${String(code)}: ${stderr}`);
  const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
  return files.map(({ path }) => path);
}

/** Programs of an installed package: npm, and the commands that the package brings. */
export interface Installation {
  /** What npm printed while it installed. */
  readonly npm: Finished;
  /** The folder of the package. */
  readonly package: string;
  readonly meander: (args: readonly string[], cwd: string) => Promise<Finished>;
  readonly node: (args: readonly string[], cwd: string) => Promise<Finished>;
}

/** Installs a tarball globally below `directory`, where the only other programs are Node and a shell. */
export async function install(tarball: string, directory: string): Promise<Installation> {
  const bin = join(directory, 'bin');
  const prefix = join(directory, 'prefix');
  for (const folder of [bin, prefix]) mkdirSync(folder);
  symlinkSync(process.execPath, join(bin, 'node'));
  symlinkSync('/bin/sh', join(bin, 'sh'));
  const args = [npmProgram(), 'install', '--global', '--prefix', prefix, '--prefer-offline', tarball];
  return {
    npm: await run(process.execPath, args, directory, bin),
    package: join(prefix, 'lib/node_modules/meander-drift'),
    meander: (args, cwd) => run(join(prefix, 'bin/meander'), args, cwd, bin),
    node: (args, cwd) => run(process.execPath, args, cwd, bin),
  };
}
