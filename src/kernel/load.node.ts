import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Kernel } from './kernel.js';
import { loadNative } from './native/load.node.js';

/** From src/kernel/ as from dist/kernel/, two levels up and down again. */
const file = fileURLToPath(new URL('../../dist/kernel/meander.wasm', import.meta.url));

/**
 * Reads and compiles the kernel that the build left in dist/kernel/, and loads the native one where it is built. Throws
 * InvalidInputError where the variable MEANDER_KERNEL asks for what is not there.
 */
export async function loadKernel(env: NodeJS.ProcessEnv = process.env): Promise<Kernel> {
  const module = await WebAssembly.compile(await readFile(file));
  const native = loadNative(env);
  return { module, ...(native && { native }) };
}
