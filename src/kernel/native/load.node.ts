import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { InvalidInputError } from '#core';
import type { RuleModel } from '#model';
import type { Kernel } from '../kernel.js';
import type { NativeLibrary } from './library.js';
import { libraryFile, type Environment } from './place.node.js';
import { compileNativeStep } from './rules/compile.node.js';
import { nativeObstacle } from './rules/obstacle.node.js';

/** What MEANDER_KERNEL accepts: wasm, native, or native with a vector width in bits. */
const choices = /^(wasm|native(?:-(128|256|512))?)$/;

/**
 * The native kernel of this version where it is built and can be loaded, unless MEANDER_KERNEL is wasm. Throws
 * InvalidInputError where MEANDER_KERNEL asks for what is not there.
 */
export function loadNative(env: Environment): Kernel['native'] {
  const { MEANDER_KERNEL: wanted = '' } = env;
  const choice = choices.exec(wanted);
  if (wanted !== '' && !choice) {
    throw new InvalidInputError(
      `MEANDER_KERNEL is ${wanted}: expected wasm, native, native-128, native-256 or native-512`,
    );
  }
  if (wanted === 'wasm') return undefined;
  const library = open(libraryFile(env));
  if (typeof library === 'string') {
    if (wanted === '') return undefined;
    throw new InvalidInputError(`MEANDER_KERNEL is ${wanted}, but ${library}`);
  }
  const widest = Math.max(...library.widths);
  const width = choice?.[2] === undefined ? widest : Number(choice[2]);
  if (!library.widths.includes(width)) {
    throw new InvalidInputError(
      `MEANDER_KERNEL is ${wanted}: this processor has vectors of ${library.widths.join(', ')} bits`,
    );
  }
  return {
    library,
    width,
    compile: (kernel, program, inputs, bits) => compileNativeStep(env, bits, kernel, program, inputs),
  };
}

/**
 * The kernel that `loadKernel` loads, in words: `native kernel, 512 bits`; where it makes the steps of none of some models, what
 * does, and why. Throws as it does.
 */
export function describeKernel(env: Environment, models: readonly RuleModel[] = []): string {
  const native = loadNative(env);
  if (native) {
    const obstacles = models.map((model) => nativeObstacle(env, model));
    const [first] = obstacles;
    const isUsed = models.length === 0 || obstacles.includes(null);
    return isUsed ? `native kernel, ${native.width} bits` : `WebAssembly kernel, 128 bits: ${first}`;
  }
  const file = libraryFile(env);
  const problem = env.MEANDER_KERNEL !== 'wasm' && existsSync(file) ? open(file) : '';
  return `WebAssembly kernel, 128 bits${typeof problem === 'string' && problem !== '' ? `: ${problem}` : ''}`;
}

/** The library, or why there is none. */
function open(file: string): NativeLibrary | string {
  if (!existsSync(file)) return `${file} is not there: meander native builds it`;
  try {
    return createRequire(import.meta.url)(file) as NativeLibrary;
  } catch (error) {
    // Built for another system that shares the home, or damaged.
    return `${file} cannot be loaded (${(error as Error).message}): meander native --remove and meander native build it anew`;
  }
}
