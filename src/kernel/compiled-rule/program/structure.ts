import type { Operation, ProgramArray } from '#linalg';
import type { Section, Structure } from './section.js';

/** The structures of all arrays of a section. */
export function structuresOf({ operations, inputs }: Section): (array: ProgramArray) => Structure {
  const known = new Map<ProgramArray, Structure>();
  const transposes = new Map<ProgramArray, ProgramArray>();
  for (const { array, structure } of inputs) known.set(array, structure);
  const of = (array: ProgramArray): Structure => {
    const found = known.get(array) ?? structureOf(array.rows, array.cols, array.data);
    known.set(array, found);
    return found;
  };
  for (const operation of operations) {
    known.set(operation.out, structureOfResult(operation, of, transposes));
    if (operation.kind === 'transpose') transposes.set(operation.out, operation.a);
  }
  return of;
}

function structureOfResult(
  operation: Operation,
  of: (array: ProgramArray) => Structure,
  transposes: ReadonlyMap<ProgramArray, ProgramArray>,
): Structure {
  const { a, out } = operation;
  switch (operation.kind) {
    case 'multiply':
      return transposes.get(operation.b) === a || transposes.get(a) === operation.b ? 'symmetric' : 'general';
    case 'inverse':
    case 'solve':
    case 'runningSums':
      return 'general';
    case 'transpose':
    case 'map':
      return of(a) === 'symmetric' ? 'symmetric' : 'general';
    case 'lowerTriangle':
      return out.rows === out.cols ? 'lower' : 'general';
    case 'elementary':
      return of(a);
    case 'scale':
      return of(a) === 'lower' && !(operation.factor > 0) ? 'general' : of(a);
    default:
      return of(a) === of(operation.b) ? of(a) : 'general';
  }
}

const structureOf = (rows: number, cols: number, data: ArrayLike<number>): Structure =>
  structuresIn(rows, cols, [data])[0] ?? 'general';

/** The structures, other than general, that all of some arrays of one shape have. */
export function structuresIn(rows: number, cols: number, all: readonly ArrayLike<number>[]): Structure[] {
  if (rows !== cols) return [];
  return (['symmetric', 'lower'] as const).filter((structure) =>
    all.every((data) => isStructured(structure, rows, data)),
  );
}

/** Whether the numbers of a square array have a structure. */
export function isStructured(structure: Structure, rows: number, data: ArrayLike<number>): boolean {
  if (structure === 'general') return true;
  for (let i = 0; i < rows; i++) {
    for (let j = i + 1; j < rows; j++) {
      const expected = structure === 'lower' ? 0 : data[j * rows + i];
      if (!Object.is(data[i * rows + j], expected)) return false;
    }
  }
  return true;
}

/**
 * The arrays of which the half on and below the diagonal is enough: what is above follows from their structure, and nothing reads
 * it. Outputs that replace inputs are among them where the inputs are.
 */
export function halvedArrays(
  { operations, inputs, outputs }: Section,
  structure: (array: ProgramArray) => Structure,
  consumers: ReadonlyMap<ProgramArray, readonly (Operation | null)[]>,
): ReadonlySet<ProgramArray> {
  const replacedBy = (array: ProgramArray): ProgramArray[] =>
    outputs.flatMap((output) => {
      if (output.array !== array) return [];
      const input = inputs.find(({ region, first }) => region === output.region && first === output.first);
      return [input?.array ?? array];
    });
  const isHalved = (array: ProgramArray, assumed: ReadonlySet<ProgramArray>): boolean => {
    if (assumed.has(array)) return true;
    const known = new Set([...assumed, array]);
    const own = structure(array);
    if (own === 'general') return false;
    return (consumers.get(array) ?? []).every((consumer) => {
      if (consumer === null) {
        return replacedBy(array).every(
          (input) => input !== array && structure(input) === own && isHalved(input, known),
        );
      }
      switch (consumer.kind) {
        case 'solve':
          return consumer.a === array && consumer.b !== array;
        case 'lowerTriangle':
          return true;
        case 'scale':
        case 'add':
        case 'subtract':
        case 'hadamard':
        case 'elementary':
          return isHalved(consumer.out, known);
        default:
          return false;
      }
    });
  };
  const all = [...inputs.map(({ array }) => array), ...operations.map(({ out }) => out)];
  return new Set(all.filter((array) => isHalved(array, new Set())));
}
