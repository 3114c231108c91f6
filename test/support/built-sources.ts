// What dist/ was built from: a digest of the sources of each of its parts, written by the build and compared by the tests.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const record = join(root, 'dist/.sources.json');

const isKernel = (file: string): boolean => /^src.kernel.assembly./.test(file);
const isPage = (file: string): boolean => /^src.web./.test(file);

/** The parts of dist/, the command that builds each, and the files that it is built from. */
const parts = {
  kernel: { command: 'npm run build:kernel', holds: isKernel },
  node: { command: 'npm run build:node', holds: (file: string) => !isKernel(file) && !isPage(file) },
  web: { command: 'npm run build:web', holds: (file: string) => !isKernel(file) },
};

export type Part = keyof typeof parts;
export const partNames = Object.keys(parts) as Part[];

/** What decides beside the sources what is built from them. */
const settings = ['package-lock.json', 'tsconfig.base.json', 'tsconfig.build.json', 'vite.web.config.ts'];

function digestOf(part: Part): string {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('src', file))
    .filter((file) => /\.(tsx?|css|html|json)$/.test(file) && !file.endsWith('.test.ts') && parts[part].holds(file))
    .sort();
  for (const file of [...files, ...settings]) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function recorded(): Partial<Record<Part, string>> {
  try {
    return JSON.parse(readFileSync(record, 'utf8')) as Partial<Record<Part, string>>;
  } catch {
    return {};
  }
}

/** Notes that parts of dist/ have just been built. */
export function recordBuild(built: readonly Part[]): void {
  const digests = Object.fromEntries(built.map((part) => [part, digestOf(part)]));
  writeFileSync(record, `${JSON.stringify({ ...recorded(), ...digests }, null, 1)}\n`);
}

/** Those parts of dist/ that were built from other sources than those of now, or not at all. */
export function staleOf(needed: readonly Part[]): Part[] {
  const digests = recorded();
  return needed.filter((part) => digests[part] !== digestOf(part));
}

/** Throws where a part of dist/ was built from other sources than those of now. */
export function assertFresh(needed: readonly Part[]): void {
  const stale = staleOf(needed);
  if (stale.length === 0) return;
  const commands = stale.map((part) => parts[part].command).join(' && ');
  throw new Error(`dist/ was built from other sources than those of now (${stale.join(', ')}): ${commands}`);
}
