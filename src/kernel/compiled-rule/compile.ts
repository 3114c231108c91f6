import { singular } from '#linalg';
import type { KernelInstance } from '../instance.js';
import { operationCount } from './analysis.js';
import { Context, parameters, VECTOR } from './context.js';
import { addLoops } from './loops.js';
import { commonImports, moduleOf, type CommonImport } from './module.js';
import type { Section, StepProgram } from './step-program.js';
import { addUnrolled } from './unrolled.js';

/** Multiplications up to which a step is written out entry by entry. */
const UNROLLED = 400;

type ImportedFunction = (...given: never[]) => unknown;

/** Makes `steps` steps of a pair of replicas: addresses of its state, of the normals drawn for it and of its inputs. */
type RunSteps = (state: number, drawn: number, input: number, steps: number) => void;

/**
 * Compiles the step of a learning rule to WebAssembly that works in the memory of a kernel. Two replicas lie in the
 * lanes of its vectors; each has the bits of the readable step, for the operations on a lane are the same, in the same
 * order. Small steps are written out, large ones made of loops. The code throws RangeError where a matrix to be
 * inverted is singular.
 */
export function compileStep(kernel: KernelInstance, program: StepProgram, inputs: number): RunSteps {
  const sums = kernel.allocate(program.sumsSize * VECTOR);
  const context = new Context(kernel, sums);
  addSteps(context, program, inputs, sums);
  const bytes = moduleOf(context.code, Object.keys(parameters).length, context.functions.length);
  const { memory, invertPair, unpackSymmetric } = kernel.exports;
  const common: Record<CommonImport, ImportedFunction> = {
    invertPair,
    unpackSymmetric,
    singular: () => {
      throw singular();
    },
  };
  const env: Record<string, ImportedFunction | WebAssembly.Memory> = { memory };
  for (const name of commonImports) env[name] = common[name];
  context.functions.forEach((f, k) => {
    env[`f${k}`] = f;
  });
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env }).exports;
  return run as RunSteps;
}

function addSteps(context: Context, program: StepProgram, inputs: number, sums: number): void {
  const { code } = context;
  const { sample, update, batch, sumsSize, sampleDeviations, updateDeviations, isPresented } = program;
  const next = (normals: number): void => {
    if (normals > 0) code.advance(parameters.drawn, normals * VECTOR);
  };
  const add = (section: Section): void => {
    if (operationCount(section) <= UNROLLED) addUnrolled(context, section);
    else addLoops(context, section);
  };
  const addSample = (): void => {
    add(sample);
    next(sampleDeviations.length);
    if (isPresented) code.advance(parameters.input, inputs * VECTOR);
  };
  code.countDown(parameters.steps, () => {
    if (update) {
      clear(context, sums, sumsSize);
      code.repeat(batch, addSample);
      add(update);
    } else addSample();
    next(updateDeviations.length);
  });
}

/** Sets vectors to -0, to which any number adds as it is. */
function clear(context: Context, address: number, count: number): void {
  const { code } = context;
  const at = code.integer();
  code.i32(0);
  code.set(at);
  code.repeat(count, () => {
    code.get(at);
    context.load(context.constant(-0));
    code.memory('v128.store', address);
    code.advance(at, VECTOR);
  });
}
