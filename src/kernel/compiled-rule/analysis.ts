import { operandsOf, type Operation, type ProgramArray } from '#linalg';
import { elementaryCost } from './elementary.js';
import type { Section } from './step-program.js';
import { sumsWithoutStart } from './zero-signs.js';

/** Products of a few constants below this and of random numbers stay finite. */
const MODERATE = 1e30;

/** What code makers ask about the arrays of a section. */
export interface Analysis {
  /** Whether an array is the same in every run. */
  readonly isConstant: (array: ProgramArray) => boolean;
  /**
   * Whether the numbers of an array are finite in every run: samples, and what follows from them without the weights.
   */
  readonly isFinite: (array: ProgramArray) => boolean;
  /** Whether the sums of a product have to begin with 0. */
  readonly startsFromZero: (array: ProgramArray) => boolean;
  /** The operations that use an array; an output has one use more. */
  readonly consumers: ReadonlyMap<ProgramArray, readonly (Operation | null)[]>;
}

export function analysisOf({ operations, inputs, outputs, finite }: Section): Analysis {
  const varying = new Set([...inputs.map(({ array }) => array), ...operations.map(({ out }) => out)]);
  const known = new Set(finite);
  const isConstant = (array: ProgramArray): boolean => !varying.has(array);
  const isFinite = (array: ProgramArray): boolean =>
    known.has(array) || (isConstant(array) && array.data.every((value) => Math.abs(value) < MODERATE));
  const consumers = new Map<ProgramArray, (Operation | null)[]>();
  const use = (array: ProgramArray, by: Operation | null): void => {
    consumers.set(array, [...(consumers.get(array) ?? []), by]);
  };
  for (const operation of operations) {
    const operands = operandsOf(operation);
    for (const operand of operands) use(operand, operation);
    const keepsFinite = operation.kind !== 'map' && operation.kind !== 'inverse';
    if (keepsFinite && operands.every(isFinite)) known.add(operation.out);
  }
  for (const { array } of outputs) use(array, null);
  const free = sumsWithoutStart(operations, consumers);
  return { isConstant, isFinite, startsFromZero: (array) => !free.has(array), consumers };
}

/** Multiplications of a section, about: what unrolled code grows with. */
export function operationCount({ operations }: Section): number {
  return operations.reduce((sum, operation) => {
    const { a, out } = operation;
    if (operation.kind === 'multiply') return sum + out.rows * out.cols * a.cols;
    if (operation.kind === 'elementary') return sum + elementaryCost[operation.name] * out.rows * out.cols;
    return sum + (operation.kind === 'transpose' || operation.kind === 'lowerTriangle' ? 0 : out.rows * out.cols);
  }, 0);
}
