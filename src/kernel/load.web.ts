import type { Kernel } from './kernel.js';

/** From src/kernel/ as from dist/kernel/; bundlers see the file name and bring the file along. */
const url = new URL('../../dist/kernel/meander.wasm', import.meta.url);

/**
 * Fetches and compiles the kernel. Compiles while it arrives where the server names its type, application/wasm, which not
 * every static host does. Throws an Error that names the address when it cannot be had or is no WebAssembly.
 */
export async function loadKernel(): Promise<Kernel> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answers ${response.status} ${response.statusText}`.trim());
    const streaming = response.headers.get('content-type')?.startsWith('application/wasm') ?? false;
    const module = await (streaming
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
    return { module };
  } catch (error) {
    throw new Error(`the simulation kernel ${url.href} cannot be loaded: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
