import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** From src/kernel/ as from dist/kernel/, two levels up and down again. */
const file = fileURLToPath(new URL('../../dist/kernel/meander.wasm', import.meta.url));

/** Reads and compiles the kernel that the build left in dist/kernel/. */
export async function loadKernel(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(file));
}
