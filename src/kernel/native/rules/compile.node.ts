import { singular, unsolvable } from '#linalg';
import { Context, parameters } from '../../compiled-rule/context.js';
import { numbersOfPlace, type Advance } from '../../compiled-rule/place.js';
import type { StepProgram } from '../../compiled-rule/program/step-program.js';
import { addSteps } from '../../compiled-rule/steps.js';
import type { KernelInstance } from '../../instance.js';
import type { RuleLibrary } from '../library.js';
import type { Environment } from '../place.node.js';
import { ruleLibrary } from './build.node.js';
import { CCode, NotInC } from './c-code.js';

/** Bits of a number. */
const NUMBER = 64;

/**
 * Compiles the step of a learning rule from C for vectors of `width` bits, with the bits of `compileStep`. Returns why that cannot be
 * otherwise: there is no compiler, or the rule calls JavaScript.
 */
export function compileNativeStep(
  env: Environment,
  width: number,
  kernel: KernelInstance,
  program: StepProgram,
  inputs: number,
): Advance | string {
  const code = new CCode(Object.keys(parameters).length);
  const context = new Context(kernel, code, width / NUMBER, program.sumsSize);
  try {
    addSteps(context, program, inputs);
  } catch (error) {
    if (error instanceof NotInC) return error.message;
    throw error;
  }
  const library = ruleLibrary(env, code.finished(), width);
  return typeof library === 'string' ? library : advanceWith(library, kernel);
}

const advanceWith =
  (library: RuleLibrary, kernel: KernelInstance): Advance =>
  (place, steps) => {
    const { width, groups, blockSteps, epochs, inputs, inputSize, batch } = place;
    const values = kernel.valuesOf(library.names);
    const advance = (first: number, count: number, now: number): void => {
      const { buffer } = kernel.exports.memory;
      const stopped = library.advance(buffer, values, numbersOfPlace(place, first, count), now);
      if (stopped === 1) throw singular();
      if (stopped === 2) throw unsolvable();
      if (stopped !== 0) throw new RangeError('there is not enough memory for the working space of the native kernel');
    };
    if (!epochs) {
      if (steps > 0) advance(0, groups, steps);
      return;
    }
    for (let group = 0; group < groups; group++) {
      for (let left = steps; left > 0; left -= blockSteps) {
        const now = Math.min(left, blockSteps);
        epochs.present(group, now * batch, kernel.view('f64', inputs, now * batch * inputSize * width) as Float64Array);
        advance(group, 1, now);
      }
    }
  };
