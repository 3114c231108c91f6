import { describeKernel } from '#kernel/node';
import { note, type Io } from '../io.js';

/**
 * One line with the kernel that makes the steps, where that is not the usual one or is `asked` for. Not part of any result:
 * both give the same numbers. Throws InvalidInputError where MEANDER_KERNEL asks for what is not there.
 */
export function noteKernel(io: Io, asked = false): void {
  const kernel = describeKernel(io.env);
  if (asked || kernel !== 'WebAssembly kernel, 128 bits') note(io, kernel);
}
