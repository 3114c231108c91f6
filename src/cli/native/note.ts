import { describeKernel } from '#kernel/node';
import { isTwoLayer, type RuleModel } from '#model';
import { note, type Io } from '../io.js';

const USUAL = 'WebAssembly kernel, 128 bits';

/**
 * One line with the kernel that makes the steps, where that is not the usual one or is `asked` for. Not part of any result:
 * both give the same numbers. Throws InvalidInputError where MEANDER_KERNEL asks for what is not there.
 */
export function noteKernel(io: Io, asked = false, models: readonly RuleModel[] = []): void {
  const loaded = describeKernel(io.env);
  // The native kernel knows two-layer SGD alone.
  const kernel = models.length === 0 || models.some(isTwoLayer) ? loaded : USUAL;
  if (asked || kernel !== USUAL) note(io, kernel);
}
