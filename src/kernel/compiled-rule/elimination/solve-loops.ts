import { countDownFromAny, type Code, type Local } from '../code.js';
import type { Context } from '../context.js';
import type { Stored } from '../loops/nest.js';
import { pushIsNoPivot, throwIfAny } from './pivots.js';
import type { System } from './solve-panels.js';

/** Solves a system with any matrix in its working space, where b becomes x; `solveInPlace` of src/linalg, bit by bit. */
export function addGeneralSolve(context: Context, { offset, k, m }: System): void {
  const { code, vector } = context;
  const row = (k + m) * vector;
  const scaledAt = context.scratch(k);
  const loops = new Elimination(code);
  const { pivotRow, diagonal, inverse, bad } = loops;
  const [scaled, below] = [code.integer(), code.integer()];
  const after = code.integer();
  loops.begin();
  set(code, pivotRow, offset);
  set(code, diagonal, offset);
  set(code, scaled, scaledAt);
  const rows = code.integer();
  set(code, rows, k);
  set(code, after, k - 1);
  code.countDown(rows, () => {
    loops.invertPivot(diagonal, 0);
    const [from, to, count] = [code.integer(), code.integer(), code.integer()];
    copy(code, diagonal, from);
    copy(code, scaled, to);
    copy(code, after, count);
    countDownFromAny(code, count, () => {
      code.advance(from, vector);
      code.advance(to, vector);
      code.get(to);
      load(code, from, 0);
      code.get(inverse);
      code.do('f64x2.mul');
      code.memory('v128.store', 0);
    });
    // Rows below: `own` is the entry of the pivot's column, `lower` counts the entries between it and the diagonal.
    const [own, lower, upper] = [code.integer(), code.integer(), code.integer()];
    const [entry, factor] = [code.vector(), code.vector()];
    copy(code, diagonal, own);
    copy(code, after, below);
    set(code, lower, 0);
    code.get(after);
    code.i32(m);
    code.do('i32.add');
    code.set(upper);
    const reduce = (count: Local, at: Local, by: Local, other: Local): void => {
      const left = code.integer();
      copy(code, count, left);
      countDownFromAny(code, left, () => {
        code.advance(at, vector);
        code.advance(other, vector);
        code.get(at);
        load(code, at, 0);
        code.get(by);
        load(code, other, 0);
        code.do('f64x2.mul', 'f64x2.sub');
        code.memory('v128.store', 0);
      });
    };
    countDownFromAny(code, below, () => {
      code.advance(own, row);
      load(code, own, 0);
      code.tee(entry);
      code.get(inverse);
      code.do('f64x2.mul');
      code.set(factor);
      const [at, other, pivot] = [code.integer(), code.integer(), code.integer()];
      copy(code, own, at);
      copy(code, scaled, other);
      reduce(lower, at, entry, other);
      // The same column of the row of the pivot.
      code.get(diagonal);
      code.get(lower);
      code.i32(vector);
      code.do('i32.mul', 'i32.add');
      code.set(pivot);
      reduce(upper, at, factor, pivot);
      code.advance(lower, 1);
      code.advance(upper, -1);
    });
    code.get(diagonal);
    code.get(inverse);
    code.memory('v128.store', 0);
    code.advance(diagonal, row + vector);
    code.advance(scaled, vector);
    code.advance(after, -1);
  });
  throwIfAny(code, bad);
  const above = code.integer();
  set(code, rows, k);
  set(code, above, k - 1);
  set(code, pivotRow, offset + (k - 1) * row + k * vector);
  code.countDown(rows, () => {
    code.advance(diagonal, -(row + vector));
    const column = code.integer();
    const x = code.vector();
    const [own, first] = [code.integer(), code.integer()];
    copy(code, pivotRow, own);
    set(code, first, offset + k * vector);
    set(code, column, m);
    code.countDown(column, () => {
      load(code, own, 0);
      load(code, diagonal, 0);
      code.do('f64x2.mul');
      code.set(x);
      store(code, own, x);
      const [at, entry, left] = [code.integer(), code.integer(), code.integer()];
      copy(code, first, at);
      code.get(above);
      code.i32(vector);
      code.do('i32.mul');
      code.i32(offset);
      code.do('i32.add');
      code.set(entry);
      copy(code, above, left);
      countDownFromAny(code, left, () => {
        code.get(at);
        load(code, at, 0);
        load(code, entry, 0);
        code.get(x);
        code.do('f64x2.mul', 'f64x2.sub');
        code.memory('v128.store', 0);
        code.advance(at, row);
        code.advance(entry, row);
      });
      code.advance(own, vector);
      code.advance(first, vector);
    });
    code.advance(pivotRow, -row);
    code.advance(above, -1);
  });
}

/** Solves a system whose matrix is 0 above the diagonal by forward substitution: b (k x m, its rows one after the other) becomes x. */
export function addLowerSolve(context: Context, matrix: Stored, b: number, k: number, m: number): void {
  const { code, vector } = context;
  const loops = new Elimination(code);
  const { diagonal, inverse, bad, pivotRow } = loops;
  loops.begin();
  if (matrix.pointer === null) code.i32(0);
  else code.get(matrix.pointer);
  code.set(diagonal);
  set(code, pivotRow, b);
  const [rows, after, below] = [code.integer(), code.integer(), code.integer()];
  set(code, rows, k);
  set(code, after, k - 1);
  code.countDown(rows, () => {
    loops.invertPivot(diagonal, matrix.offset, matrix.shared);
    const [own, at] = [code.integer(), code.integer()];
    const factor = code.vector();
    copy(code, diagonal, own);
    copy(code, pivotRow, at);
    copy(code, after, below);
    countDownFromAny(code, below, () => {
      code.advance(own, matrix.row);
      code.get(own);
      code.memory(matrix.shared ? 'v128.load64_splat' : 'v128.load', matrix.offset);
      code.get(inverse);
      code.do('f64x2.mul');
      code.set(factor);
      code.advance(at, m * vector);
      alongRows(context, m, [at, pivotRow], ([to, from]) => {
        code.get(to);
        load(code, to, 0);
        code.get(factor);
        load(code, from, 0);
        code.do('f64x2.mul', 'f64x2.sub');
        code.memory('v128.store', 0);
      });
    });
    alongRows(context, m, [pivotRow], ([to]) => {
      code.get(to);
      load(code, to, 0);
      code.get(inverse);
      code.do('f64x2.mul');
      code.memory('v128.store', 0);
    });
    code.advance(diagonal, matrix.row + matrix.column);
    code.advance(pivotRow, m * vector);
    code.advance(after, -1);
  });
  throwIfAny(code, bad);
}

/** Makes the body for each of m columns, with pointers that begin at the first; for one column without a loop. */
function alongRows(
  { code, vector }: Context,
  m: number,
  firsts: readonly Local[],
  body: (pointers: readonly Local[]) => void,
): void {
  if (m === 1) {
    body(firsts);
    return;
  }
  const pointers = firsts.map((first) => {
    const pointer = code.integer();
    copy(code, first, pointer);
    return pointer;
  });
  code.repeat(m, () => {
    body(pointers);
    for (const pointer of pointers) code.advance(pointer, vector);
  });
}

/** The variables of an elimination. */
class Elimination {
  readonly diagonal: Local;
  readonly pivotRow: Local;
  /** One over the present pivot. */
  readonly inverse: Local;
  /** Where any pivot was 0. */
  readonly bad: Local;
  readonly #one: Local;

  constructor(private readonly code: Code) {
    this.diagonal = code.integer();
    this.pivotRow = code.integer();
    this.inverse = code.vector();
    this.bad = code.vector();
    this.#one = code.vector();
  }

  begin(): void {
    const { code } = this;
    code.f64(1);
    code.do('f64x2.splat');
    code.set(this.#one);
    code.get(code.zero);
    code.set(this.bad);
  }

  invertPivot(pointer: Local, offset: number, shared = false): void {
    const { code } = this;
    const pivot = code.vector();
    code.get(pointer);
    code.memory(shared ? 'v128.load64_splat' : 'v128.load', offset);
    code.set(pivot);
    code.get(this.bad);
    pushIsNoPivot(code, pivot);
    code.do('v128.or');
    code.set(this.bad);
    code.get(this.#one);
    code.get(pivot);
    code.do('f64x2.div');
    code.set(this.inverse);
  }
}

function set(code: Code, local: Local, value: number): void {
  code.i32(value);
  code.set(local);
}

function copy(code: Code, from: Local, to: Local): void {
  code.get(from);
  code.set(to);
}

function load(code: Code, pointer: Local, offset: number): void {
  code.get(pointer);
  code.memory('v128.load', offset);
}

function store(code: Code, pointer: Local, value: Local): void {
  code.get(pointer);
  code.get(value);
  code.memory('v128.store', 0);
}
