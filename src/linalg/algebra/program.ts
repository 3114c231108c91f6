import { zeros, type Matrix } from '../matrix.js';
import type { ArrayAlgebra } from './array-algebra.js';
import type { ElementaryFunction } from './elementary-functions.js';
import { operandsOf, type Operation, type ProgramArray } from './operation.js';
import { runnable } from './run-operation.js';
import { shapeAlgebra, type Shape } from './shape-algebra.js';

/** The algebra of a program that is being recorded. */
export interface RecordedAlgebra extends ArrayAlgebra<ProgramArray> {
  /** The operation that sets an array; undefined for inputs and constants. */
  readonly madeBy: (array: ProgramArray) => Operation | undefined;
}

/** A sequence of operations on arrays of fixed shapes, which allocates nothing when it runs. */
export interface Program {
  readonly outputs: readonly ProgramArray[];
  /** In their order. Arrays that none of them sets are inputs and constants. */
  readonly operations: readonly Operation[];
  /**
   * Computes the outputs from the present numbers of the inputs. Throws RangeError for the inverse of a singular
   * matrix, and where `solve` meets a singular block.
   */
  readonly run: () => void;
  /** A run of the operations that depend on these inputs: enough where only they changed since the run before. */
  readonly runFor: (changed: readonly ProgramArray[]) => () => void;
}

/**
 * Records what `build` computes from inputs of given shapes. A run makes the operations of `plainAlgebra` in the same
 * order, so that the numbers are the same to the last bit; what is built must depend on shapes alone. The data of an
 * input may be replaced between runs.
 */
export function recordProgram(build: (algebra: RecordedAlgebra) => readonly ProgramArray[]): Program {
  const recorded: Operation[] = [];
  const outputs = build(recordingAlgebra(recorded));
  const operations = neededFor(outputs, recorded);
  const steps = operations.map(runnable);
  return {
    outputs,
    operations,
    run: all(steps),
    runFor: (changed) => {
      const affected = new Set(changed);
      return all(
        steps.filter((_, k) => {
          const operation = operations[k];
          const isAffected = operandsOf(operation).some((operand) => affected.has(operand));
          if (isAffected) affected.add(operation.out);
          return isAffected;
        }),
      );
    },
  };
}

/** The operations that outputs depend on, in their order. */
function neededFor(outputs: readonly ProgramArray[], operations: readonly Operation[]): Operation[] {
  const needed = new Set(outputs);
  return [...operations]
    .reverse()
    .filter((operation) => {
      if (!needed.has(operation.out)) return false;
      for (const operand of operandsOf(operation)) needed.add(operand);
      return true;
    })
    .reverse();
}

const all = (steps: readonly (() => void)[]) => (): void => {
  for (const step of steps) step();
};

/** An input of a program. */
export const programInput = (rows: number, cols: number): ProgramArray => ({ ...zeros(rows, cols) });

function recordingAlgebra(operations: Operation[]): RecordedAlgebra {
  const makers = new Map<ProgramArray, Operation>();
  const record = (operation: Operation): ProgramArray => {
    operations.push(operation);
    makers.set(operation.out, operation);
    return operation.out;
  };
  const result = ({ rows, cols }: Shape): ProgramArray => programInput(rows, cols);
  const product = (a: ProgramArray, b: ProgramArray): ProgramArray =>
    record({ kind: 'multiply', a, b, out: result(shapeAlgebra.multiply(a, b)) });
  const entrywise =
    (kind: 'add' | 'subtract' | 'hadamard') =>
    (a: ProgramArray, b: ProgramArray): ProgramArray =>
      record({ kind, a, b, out: result(shapeAlgebra[kind](a, b)) });
  const named =
    (name: ElementaryFunction) =>
    (a: ProgramArray): ProgramArray =>
      record({ kind: 'elementary', a, name, out: result(a) });
  const sum = entrywise('add');
  const { rows, cols } = shapeAlgebra;
  return {
    madeBy: (array) => makers.get(array),
    constant: (matrix: Matrix) => ({ ...matrix }),
    rows,
    cols,
    multiply: (first, ...others) => others.reduce(product, first),
    transpose: (a) => record({ kind: 'transpose', a, out: result(shapeAlgebra.transpose(a)) }),
    add: (first, ...others) => others.reduce(sum, first),
    subtract: entrywise('subtract'),
    scale: (a, factor) => record({ kind: 'scale', a, factor, out: result(a) }),
    hadamard: entrywise('hadamard'),
    inverse: (a) => record({ kind: 'inverse', a, out: result(shapeAlgebra.inverse(a)) }),
    solve: (a, b) => record({ kind: 'solve', a, b, out: result(shapeAlgebra.solve(a, b)) }),
    lowerTriangle: (a) => record({ kind: 'lowerTriangle', a, out: result(a) }),
    runningSums: (a) => record({ kind: 'runningSums', a, out: result(a) }),
    relu: named('relu'),
    positive: named('positive'),
    tanh: named('tanh'),
    map: (a, { value }) => record({ kind: 'map', a, value, out: result(a) }),
  };
}
