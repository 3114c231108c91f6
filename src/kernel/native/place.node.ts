import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Environment = Readonly<Partial<Record<string, string>>>;

/** The sources, part of the package: from src/kernel/native/ as from dist/kernel/native/, three levels up and down again. */
export const sourceDirectory = fileURLToPath(new URL('../../../src/kernel/native/', import.meta.url));

/** Options of every compilation. Without them a product and a sum may become one operation, whose bits differ. */
export const commonOptions = ['-O3', '-std=gnu11', '-ffp-contract=off', '-fPIC', '-fvisibility=hidden'] as const;

/** Vector widths in bits, and the options that allow the compiler to use them; only 128 where a processor is not x86-64. */
const widths: readonly { readonly bits: number; readonly options: readonly string[] }[] =
  process.arch === 'x64'
    ? [
        { bits: 128, options: ['-msse4.2'] },
        { bits: 256, options: ['-mavx2'] },
        { bits: 512, options: ['-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx512bw', '-mprefer-vector-width=512'] },
      ]
    : [{ bits: 128, options: [] }];

/** Options of the compiler for vectors of a width that this kind of processor has. */
export const optionsOfWidth = (bits: number): readonly string[] =>
  widths.find((width) => width.bits === bits)?.options ?? [];

/** What is compiled, each into an object file: a source and its options. */
export const objects: readonly { readonly source: string; readonly options: readonly string[] }[] = [
  { source: 'addon.c', options: [] },
  ...widths.map(({ bits, options }) => ({ source: 'width.c', options: [...options, `-DBITS=${bits}`] })),
];

/** Where the user's builds of all versions are kept. */
export function cacheDirectory(env: Environment): string {
  const { XDG_CACHE_HOME: configured } = env;
  const own = process.platform === 'darwin' ? join('Library', 'Caches') : '.cache';
  return join(configured !== undefined && configured !== '' ? configured : join(homedir(), own), 'meander', 'native');
}

/**
 * The library of this version of the package on this kind of machine; it need not be there. Its name has a part of the SHA-256 of
 * the sources and their options, so that no other version's is ever loaded.
 */
export function libraryFile(env: Environment): string {
  const hash = createHash('sha256').update(JSON.stringify([commonOptions, objects]));
  const sources = readdirSync(sourceDirectory).filter((name) => /\.[ch]$/.test(name));
  for (const name of sources.sort()) hash.update(name).update(readFileSync(join(sourceDirectory, name)));
  const name = `${hash.digest('hex').slice(0, 16)}-${process.platform}-${process.arch}`;
  return join(cacheDirectory(env), name, 'kernel.node');
}
