import type { Code, Local } from '../code.js';
import type { Context } from '../context.js';
import { importOf } from '../module.js';

/** Adds the inversion of a matrix (rows x rows vectors) in place. */
export function addInverse(context: Context, matrix: number, rows: number): void {
  const { code } = context;
  for (const argument of [matrix, rows, context.scratch(rows)]) code.i32(argument);
  code.call(importOf('invertPair'));
  code.ifZero(() => {
    code.call(importOf('singular'));
  });
}

/**
 * The inverse of a matrix of variables, written out as `invertInPlace` of src/linalg makes it where it swaps no rows;
 * where it does in any lane, by the function for any matrix.
 */
export function addWrittenOutInverse(context: Context, matrix: readonly Local[], rows: number): Local[] {
  const { code } = context;
  const result = matrix.map(() => code.vector());
  code.attempt(
    (giveUp) => {
      addElimination(code, matrix, rows, giveUp).forEach((entry, at) => {
        code.get(entry);
        code.set(result[at]);
      });
    },
    () => {
      const address = context.scratch(rows * rows);
      matrix.forEach((entry, at) => {
        code.i32(0);
        code.get(entry);
        code.memory('v128.store', address + at * context.vector);
      });
      addInverse(context, address, rows);
      result.forEach((entry, at) => {
        context.load(address + at * context.vector);
        code.set(entry);
      });
    },
  );
  return result;
}

function addElimination(code: Code, matrix: readonly Local[], rows: number, giveUp: () => void): Local[] {
  const a = matrix.slice();
  const entry = (i: number, j: number): Local => a[i * rows + j];
  const replace = (i: number, j: number, push: () => void): void => {
    push();
    code.set((a[i * rows + j] = code.vector()));
  };
  const one = code.vector();
  code.f64(1);
  code.do('f64x2.splat');
  code.set(one);
  for (let k = 0; k < rows; k++) {
    pushNeedsOtherPivot(
      code,
      Array.from({ length: rows - k }, (_, below) => entry(k + below, k)),
    );
    giveUp();
    const pivot = entry(k, k);
    replace(k, k, () => {
      code.get(one);
      code.get(pivot);
      code.do('f64x2.div');
    });
    const inverse = entry(k, k);
    for (let j = 0; j < rows; j++) {
      if (j === k) continue;
      const before = entry(k, j);
      replace(k, j, () => {
        code.get(before);
        code.get(inverse);
        code.do('f64x2.mul');
      });
    }
    for (let i = 0; i < rows; i++) {
      if (i === k) continue;
      const factor = entry(i, k);
      for (let j = 0; j < rows; j++) {
        const before = j === k ? code.zero : entry(i, j);
        replace(i, j, () => {
          code.get(before);
          code.get(factor);
          code.get(entry(k, j));
          code.do('f64x2.mul', 'f64x2.sub');
        });
      }
    }
  }
  return a;
}

/** Pushes whether in any lane the first of some entries is not above 0, or another one larger. */
function pushNeedsOtherPivot(code: Code, [pivot, ...others]: readonly Local[]): void {
  const size = code.vector();
  code.get(pivot);
  code.do('f64x2.abs');
  code.tee(size);
  code.get(code.zero);
  code.do('f64x2.gt', 'v128.not');
  for (const other of others) {
    code.get(other);
    code.do('f64x2.abs');
    code.get(size);
    code.do('f64x2.gt', 'v128.or');
  }
  code.do('v128.any_true');
}
