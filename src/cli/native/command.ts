import { buildNative, describeKernel, removeNative } from '#kernel/node';
import type { Io } from '../io.js';

interface NativeInput {
  readonly remove?: boolean;
  readonly json?: boolean;
}

/** `meander native`: builds the native kernel where it is not there, or removes it. */
export async function nativeCommand({ remove, json }: NativeInput, { env, stdout }: Io): Promise<void> {
  if (remove) {
    const directory = await removeNative(env);
    stdout.write(json ? `${JSON.stringify({ removed: directory })}\n` : `removed ${directory}\n`);
    return;
  }
  const { file, compiler } = await buildNative(env);
  const kernel = describeKernel(env);
  const made = compiler === null ? 'is there' : `built with ${compiler}`;
  stdout.write(json ? `${JSON.stringify({ file, compiler, kernel })}\n` : `${file} ${made}\nin use: ${kernel}\n`);
}
