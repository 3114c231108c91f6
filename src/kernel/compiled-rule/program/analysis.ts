import { operandsOf, type Operation, type ProgramArray } from '#linalg';
import { elementaryCost } from '../elementary.js';
import type { Section } from './section.js';
import type { Structure } from './section.js';
import { halvedArrays, structuresOf } from './structure.js';
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
  /** What is known of the entries of an array. */
  readonly structure: (array: ProgramArray) => Structure;
  /** Whether the entries on and below the diagonal are enough. */
  readonly isHalved: (array: ProgramArray) => boolean;
  /** The operations that use an array; an output has one use more. */
  readonly consumers: ReadonlyMap<ProgramArray, readonly (Operation | null)[]>;
}

export function analysisOf(section: Section): Analysis {
  const { operations, inputs, outputs, finite } = section;
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
    const keepsFinite = !['map', 'inverse', 'solve'].includes(operation.kind);
    if (keepsFinite && operands.every(isFinite)) known.add(operation.out);
  }
  for (const { array } of outputs) use(array, null);
  const structure = structuresOf(section);
  const halved = halvedArrays(section, structure, consumers);
  const free = sumsWithoutStart(operations, consumers);
  return {
    isConstant,
    isFinite,
    startsFromZero: (array) => !free.has(array),
    structure,
    isHalved: (array) => halved.has(array),
    consumers,
  };
}

/** Multiplications of a section, about: what unrolled code grows with. */
export function operationCount({ operations }: Section): number {
  return operations.reduce((sum, operation) => {
    const { a, out } = operation;
    if (operation.kind === 'multiply') return sum + out.rows * out.cols * a.cols;
    if (operation.kind === 'solve') return sum + a.rows * a.rows * (a.rows / 3 + out.cols);
    if (operation.kind === 'elementary') return sum + elementaryCost[operation.name] * out.rows * out.cols;
    return sum + (operation.kind === 'transpose' || operation.kind === 'lowerTriangle' ? 0 : out.rows * out.cols);
  }, 0);
}
