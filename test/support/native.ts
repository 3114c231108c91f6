// The native kernel for tests, built once into a directory of their own.
import { InvalidInputError } from '#core';
import type { Kernel } from '#kernel';
import { buildNative, loadKernel } from '#kernel/node';
import { nativeCache } from './native-cache.js';

/** What a process needs to find it. */
export const nativeEnvironment: Readonly<Partial<Record<string, string>>> = {
  ...process.env,
  XDG_CACHE_HOME: nativeCache,
  MEANDER_KERNEL: 'native',
};

/** Why there can be no native kernel here; null where it is built. */
export const noNative: string | null = await buildNative(nativeEnvironment).then(
  () => null,
  (error: unknown) => {
    if (error instanceof InvalidInputError && error.message.includes('no C compiler')) return error.message;
    throw error;
  },
);

/** The kernel at each vector width of this processor. */
export async function nativeKernels(): Promise<Kernel[]> {
  const { native } = await loadKernel(nativeEnvironment);
  const widths = native?.library.widths ?? [];
  return Promise.all(widths.map((width) => loadKernel({ ...nativeEnvironment, MEANDER_KERNEL: `native-${width}` })));
}
