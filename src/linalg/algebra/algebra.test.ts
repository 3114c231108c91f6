import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, fromData, identity, maxAbs, scale, type Matrix } from '../matrix.js';
import type { ArrayAlgebra, ScalarFunction } from './array-algebra.js';
import { plainAlgebra } from './plain-algebra.js';
import { programInput, recordProgram } from './program.js';
import { shapeAlgebra } from './shape-algebra.js';
import { taylorAlgebra, taylorAlgebraOver } from './taylor-algebra.js';

const tanh: ScalarFunction = {
  value: Math.tanh,
  first: (x) => 1 - Math.tanh(x) ** 2,
  second: (x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2),
};

/** Every operation at least once: 3 x 3. */
function everything<A>(algebra: ArrayAlgebra<A>, a: A, b: A): A {
  const {
    constant,
    multiply,
    transpose,
    add: plus,
    subtract,
    scale: times,
    hadamard,
    inverse,
    solve,
    runningSums,
    lowerTriangle,
  } = algebra;
  const regular = plus(constant(scale(identity(3), 4)), hadamard(a, a), multiply(b, transpose(a)));
  const left = subtract(multiply(inverse(regular), a, transpose(b)), times(lowerTriangle(hadamard(a, b)), 0.3));
  return plus(
    algebra.map(left, tanh),
    multiply(b, runningSums(a)),
    solve(plus(regular, constant(scale(identity(3), 3))), plus(a, b)),
  );
}

const matrices = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 })
  .map((all) => [0, 9, 18, 27].map((from) => fromData(3, 3, Float64Array.from(all.slice(from, from + 9)))));
const property = (check: (a: Matrix, b: Matrix, u: Matrix, v: Matrix) => void): void => {
  fc.assert(
    fc.property(matrices, ([a, b, u, v]) => {
      check(a, b, u, v);
    }),
    { numRuns: 50, seed: 1 },
  );
};

describe('array algebras', () => {
  it('have exact first and second derivatives', () => {
    const step = 1e-3;
    property((a, b, u, v) => {
      const at = (s: number, t: number): Matrix => everything(plainAlgebra, add(add(a, u, s), v, t), b);
      const { value, first, second, mixed } = everything(
        taylorAlgebra,
        { value: a, first: u, second: v, mixed: null },
        taylorAlgebra.constant(b),
      );
      const combination = (...parts: [Matrix, number][]): Matrix =>
        parts.slice(1).reduce((sum, [part, factor]) => add(sum, part, factor), scale(parts[0][0], parts[0][1]));
      const near = (found: Matrix | null, expected: Matrix, tolerance: number): void => {
        expect(found && maxAbs(add(found, expected, -1))).toBeLessThan(tolerance);
      };
      near(value, at(0, 0), 1e-14);
      near(first, combination([at(step, 0), 0.5 / step], [at(-step, 0), -0.5 / step]), 2e-4);
      near(second, combination([at(0, step), 0.5 / step], [at(0, -step), -0.5 / step]), 2e-4);
      const quarter = 0.25 / step ** 2;
      near(
        mixed,
        combination(
          [at(step, step), quarter],
          [at(step, -step), -quarter],
          [at(-step, step), -quarter],
          [at(-step, -step), quarter],
        ),
        2e-3,
      );
    });
  });

  it('make the same numbers in a recorded program, run after run', () => {
    const [a, b] = [programInput(3, 3), programInput(3, 3)];
    const { outputs, run } = recordProgram((algebra) => [everything(algebra, a, b)]);
    property((first, second) => {
      a.data = first.data;
      b.data = second.data;
      run();
      expect(Array.from(outputs[0].data)).toEqual(Array.from(everything(plainAlgebra, first, second).data));
    });
  });

  it('make the same derivatives in a recorded program as on numbers', () => {
    const [state, other, first, second] = Array.from({ length: 4 }, () => programInput(3, 3));
    const { outputs, run } = recordProgram((algebra) => {
      const taylor = taylorAlgebraOver(algebra);
      const unperturbed = { value: other, first: null, second: null, mixed: null };
      const result = everything(taylor, { value: state, first, second, mixed: null }, unperturbed);
      return [result.first ?? result.value, result.mixed ?? result.value];
    });
    property((a, b, u, v) => {
      [state.data, other.data, first.data, second.data] = [a.data, b.data, u.data, v.data];
      run();
      const exact = everything(
        taylorAlgebra,
        { value: a, first: u, second: v, mixed: null },
        taylorAlgebra.constant(b),
      );
      expect(outputs.map(({ data }) => data)).toEqual([exact.first?.data, exact.mixed?.data]);
    });
  });

  it('run only the operations of a program that its outputs need', () => {
    const input = programInput(2, 2);
    const { operations, run, outputs } = recordProgram((algebra) => {
      algebra.multiply(algebra.inverse(input), input);
      return [algebra.scale(algebra.add(input, input), 2)];
    });
    expect(operations.map(({ kind }) => kind)).toEqual(['add', 'scale']);
    expect(run).not.toThrow();
    expect([...outputs[0].data]).toEqual([0, 0, 0, 0]);
  });

  it('know shapes without numbers, and reject those that do not fit', () => {
    const a = { rows: 3, cols: 3 };
    expect(everything(shapeAlgebra, a, a)).toEqual({ rows: 3, cols: 3 });
    for (const algebra of [shapeAlgebra, taylorAlgebra, plainAlgebra] as ArrayAlgebra<unknown>[]) {
      const [square, column] = [algebra.constant(identity(3)), algebra.constant(fromData(2, 1, Float64Array.of(1, 2)))];
      expect(() => algebra.multiply(square, column)).toThrow('cannot multiply 3 x 3 by 2 x 1');
      expect(() => algebra.add(square, column)).toThrow('cannot combine 3 x 3 entry by entry with 2 x 1');
      expect(() => algebra.inverse(column)).toThrow('cannot invert 2 x 1: not square');
      expect(() => algebra.solve(column, column)).toThrow('cannot solve with 2 x 1: not square');
      expect(() => algebra.solve(square, column)).toThrow('cannot solve 3 x 3 for 2 x 1');
    }
  });

  it('sum down the columns', () => {
    const sums = plainAlgebra.runningSums(fromData(3, 2, Float64Array.of(1, -2, 3, 4, -5, 6)));
    expect([...sums.data]).toEqual([1, -2, 4, 2, -1, 8]);
  });

  it('reject a system whose matrix begins with a singular block', () => {
    const column = fromData(2, 1, Float64Array.of(1, 2));
    const swapped = fromData(2, 2, Float64Array.of(0, 1, 1, 0));
    expect(() => plainAlgebra.solve(swapped, column)).toThrow('leading blocks is singular');
    const input = programInput(2, 2);
    const { run } = recordProgram((algebra) => [algebra.solve(input, algebra.constant(column))]);
    expect(run).toThrow('leading blocks is singular');
  });

  it('reject the inverse of a singular matrix', () => {
    const singular = fromData(2, 2, Float64Array.of(1, 2, 2, 4));
    expect(() => plainAlgebra.inverse(singular)).toThrow('singular');
    const input = programInput(2, 2);
    const { run } = recordProgram((algebra) => [algebra.inverse(input)]);
    expect(run).toThrow('singular');
  });
});
