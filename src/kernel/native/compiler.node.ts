import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Environment } from './place.node.js';

/** What links a library that Node loads; the functions of Node-API are those of the process. */
export const linkOptions: readonly string[] =
  process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];

const require = createRequire(import.meta.url);
/** The directory of the headers of Node-API. */
export const headers = (): string => join(dirname(require.resolve('node-api-headers')), 'include');

/** Compilers to try, in this order: the one that CC names, or the usual ones. */
export function compilerCandidates({ CC: chosen }: Environment): readonly string[] {
  return chosen !== undefined && chosen !== '' ? [chosen] : ['cc', 'gcc', 'clang'];
}
