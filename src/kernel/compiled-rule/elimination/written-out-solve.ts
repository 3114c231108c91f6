import type { Code, Instruction, Local } from '../code.js';
import type { Context } from '../context.js';
import { pushIsNoPivot, throwIfAny } from './pivots.js';
import type { Structure } from '../program/section.js';

/**
 * x of a x = b, for entries in variables: `solveInPlace` of src/linalg written out, for a (rows x rows) of any structure. What that says
 * is neither read nor made: of a symmetric matrix all below the diagonal, of a lower one all above.
 */
export function addWrittenOutSolve(
  context: Context,
  structure: Structure,
  a: readonly Local[],
  b: readonly Local[],
  rows: number,
): Local[] {
  const { code } = context;
  const cols = b.length / rows;
  const left = a.slice();
  const right = b.slice();
  const made = (x: Local, name: Instruction, y: Local): Local => {
    const local = code.vector();
    code.get(x);
    code.get(y);
    code.do(name);
    code.set(local);
    return local;
  };
  const less = (x: Local, factor: Local, y: Local): Local => lessProduct(code, x, factor, y);
  const bad = code.vector();
  const inverses: Local[] = [];
  for (let j = 0; j < rows; j++) {
    const pivot = left[j * rows + j];
    code.get(bad);
    pushIsNoPivot(code, pivot);
    code.do('v128.or');
    code.set(bad);
    const inverse = code.vector();
    code.f64(1);
    code.do('f64x2.splat');
    code.get(pivot);
    code.do('f64x2.div');
    code.set(inverse);
    inverses.push(inverse);
    const scaled = Array.from({ length: structure === 'general' ? rows : 0 }, (_, c) =>
      c > j ? made(left[j * rows + c], 'f64x2.mul', inverse) : inverse,
    );
    for (let i = j + 1; i < rows; i++) {
      const entry = left[structure === 'symmetric' ? j * rows + i : i * rows + j];
      const factor = made(entry, 'f64x2.mul', inverse);
      if (structure === 'general') {
        for (let c = j + 1; c < i; c++) left[i * rows + c] = less(left[i * rows + c], entry, scaled[c]);
      }
      if (structure !== 'lower') {
        for (let c = i; c < rows; c++) left[i * rows + c] = less(left[i * rows + c], factor, left[j * rows + c]);
      }
      for (let c = 0; c < cols; c++) right[i * cols + c] = less(right[i * cols + c], factor, right[j * cols + c]);
    }
  }
  throwIfAny(code, bad);
  for (let j = rows - 1; j >= 0; j--) {
    for (let c = 0; c < cols; c++) {
      right[j * cols + c] = made(right[j * cols + c], 'f64x2.mul', inverses[j]);
      if (structure === 'lower') continue;
      for (let i = 0; i < j; i++) {
        right[i * cols + c] = less(right[i * cols + c], left[i * rows + j], right[j * cols + c]);
      }
    }
  }
  return right;
}

/** x - factor y as a new variable. */
function lessProduct(code: Code, x: Local, factor: Local, y: Local): Local {
  const local = code.vector();
  code.get(x);
  code.get(factor);
  code.get(y);
  code.do('f64x2.mul', 'f64x2.sub');
  code.set(local);
  return local;
}
