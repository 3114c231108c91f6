import { singular, unsolvable } from '#linalg';
import type { KernelInstance } from '../instance.js';
import { Context, parameters } from './context.js';
import { commonImports, moduleOf, type CommonImport } from './module.js';
import type { Advance, Place } from './place.js';
import type { StepProgram } from './program/step-program.js';
import { addSteps } from './steps.js';
import { WasmCode } from './wasm-code.js';

/** Bytes of a vector. */
const VECTOR = 16;

type ImportedFunction = (...given: never[]) => unknown;

/**
 * Makes `steps` steps of a pair of replicas: addresses of their state, of the normals drawn for them and of their inputs.
 */
type RunSteps = (state: number, drawn: number, input: number, steps: number) => void;

/** Replicas in a vector of WebAssembly, and those whose normals are drawn together. */
export const PAIR = 2;
const QUAD = 4;

/**
 * Compiles the step of a learning rule to WebAssembly that works in the memory of a kernel. Two replicas lie in the
 * lanes of its vectors; each has the bits of the readable step, for the operations on a lane are the same, in the same
 * order. The code throws RangeError where the readable step does, for singular matrices.
 */
export function compileStep(kernel: KernelInstance, program: StepProgram, inputs: number): Advance {
  const code = new WasmCode(Object.keys(parameters).length);
  const context = new Context(kernel, code, PAIR, program.sumsSize);
  addSteps(context, program, inputs);
  const bytes = moduleOf(code, Object.keys(parameters).length, context.functions.length);
  const { memory, invertPair, unpackSymmetric } = kernel.exports;
  const throwing = (error: () => RangeError) => (): never => {
    throw error();
  };
  const common: Record<CommonImport, ImportedFunction> = {
    invertPair,
    unpackSymmetric,
    singular: throwing(singular),
    unsolvable: throwing(unsolvable),
  };
  const env: Record<string, ImportedFunction | WebAssembly.Memory> = { memory };
  for (const name of commonImports) env[name] = common[name];
  context.functions.forEach((f, k) => {
    env[`f${k}`] = f;
  });
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env }).exports;
  return (place, steps) => {
    for (let quad = 0; quad < place.lanes / QUAD; quad++) {
      for (let left = steps; left > 0; left -= place.blockSteps) {
        advanceQuad(kernel, run as RunSteps, place, quad, Math.min(left, place.blockSteps));
      }
    }
  };
}

function advanceQuad(kernel: KernelInstance, run: RunSteps, place: Place, quad: number, steps: number): void {
  const { groups, states, stateSize, normals, sampleNormals, deviations, drawn, gap, inputs, epochs } = place;
  const { inputSize, batch, isPresented } = place;
  const { normals64, presentInputs } = kernel.exports;
  if (normals > 0) normals64(quad, deviations, drawn, gap, steps, normals, normals * VECTOR);
  for (let half = 0; half < QUAD / PAIR; half++) {
    const pair = (QUAD / PAIR) * quad + half;
    if (pair >= groups) break;
    const own = drawn + half * gap;
    if (epochs) {
      const vectors = kernel.view('f64', inputs, steps * batch * inputSize * PAIR) as Float64Array;
      epochs.present(pair, steps * batch, vectors);
    } else if (isPresented) presentInputs(pair, own, normals * VECTOR, sampleNormals * VECTOR, steps, inputs);
    run(states + pair * stateSize * VECTOR, own, inputs, steps);
  }
}
