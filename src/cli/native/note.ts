import { describeKernel } from '#kernel/node';
import type { RuleModel } from '#model';
import { note, type Io } from '../io.js';

const USUAL = 'WebAssembly kernel, 128 bits';

/**
 * One line with the kernel that makes the steps, where that is not the usual one or is `asked` for. Not part of any result:
 * both give the same numbers. Throws InvalidInputError where MEANDER_KERNEL asks for what is not there.
 */
export function noteKernel(io: Io, asked = false, models: readonly RuleModel[] = []): void {
  const kernel = describeKernel(io.env, models);
  if (asked || kernel !== USUAL) note(io, kernel);
}
