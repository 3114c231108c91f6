import type { Code, Local } from '../code.js';
import type { Stored } from './nest.js';

/** Sums that are made together: more would not stay in registers beside their factors. */
const SUMS = 7;
/** Inner loops of at most so many terms are written out. */
const WRITTEN_OUT = 4;

/**
 * Adds out = a b (rows x cols, `inner` terms each), the sums from 0 in the order of the inner index. Tiles of 2 x 4
 * sums, or 8 x 1 where there is one column.
 */
export function addProduct(
  code: Code,
  out: Stored,
  a: Stored,
  b: Stored,
  rows: number,
  inner: number,
  cols: number,
): void {
  const width = rows === 1 ? SUMS : Math.min(4, cols);
  const height = cols === 1 ? evenly(rows, SUMS) : cols === 2 ? 4 : 2;
  const [left, right, target] = [code.integer(), code.integer(), code.integer()];
  const [rowLeft, rowTarget] = [code.integer(), code.integer()];
  start(code, rowLeft, a);
  start(code, rowTarget, out);
  blocks(code, rows, height, (tall) => {
    start(code, right, b);
    copy(code, rowTarget, target);
    blocks(code, cols, width, (wide) => {
      copy(code, rowLeft, left);
      addTile(code, { out, a, b, left, right, target, inner, tall, wide });
      code.advance(right, wide * b.column);
      code.advance(target, wide * out.column);
    });
    code.advance(rowLeft, tall * a.row);
    code.advance(rowTarget, tall * out.row);
  });
}

/** The size of blocks of at most `most` into which a number is divided evenly: a small last one waits for its own sums. */
const evenly = (count: number, most: number): number => Math.ceil(count / Math.ceil(count / most));

/** Sets a variable to the pointer of an array; its offset is added where it is used. */
function start(code: Code, variable: Local, { pointer }: Stored): void {
  if (pointer === null) code.i32(0);
  else code.get(pointer);
  code.set(variable);
}

function copy(code: Code, from: Local, to: Local): void {
  code.get(from);
  code.set(to);
}

/** The body for whole blocks of `size` in a loop, and once more for what is left over. */
function blocks(code: Code, count: number, size: number, body: (size: number) => void): void {
  const whole = Math.floor(count / size);
  if (whole > 1) {
    code.repeat(whole, () => {
      body(size);
    });
  } else if (whole === 1) body(size);
  if (count % size > 0) body(count % size);
}

interface Tile {
  readonly out: Stored;
  readonly a: Stored;
  readonly b: Stored;
  readonly left: Local;
  readonly right: Local;
  readonly target: Local;
  readonly inner: number;
  readonly tall: number;
  readonly wide: number;
}

function addTile(code: Code, { out, a, b, left, right, target, inner, tall, wide }: Tile): void {
  const sums = Array.from({ length: tall * wide }, () => code.vector());
  const factors = Array.from({ length: tall }, () => code.vector());
  const other = code.vector();
  const term = (k: number, from: Local): void => {
    factors.forEach((factor, i) => {
      code.get(left);
      load(code, a, i * a.row + k * a.column);
      code.set(factor);
    });
    for (let j = 0; j < wide; j++) {
      code.get(from);
      load(code, b, j * b.column + k * b.row);
      code.set(other);
      factors.forEach((factor, i) => {
        const sum = sums[i * wide + j];
        code.get(sum);
        code.get(factor);
        code.get(other);
        code.do('f64x2.mul', 'f64x2.add');
        code.set(sum);
      });
    }
  };
  for (const sum of sums) copy(code, code.zero, sum);
  if (inner <= WRITTEN_OUT) for (let k = 0; k < inner; k++) term(k, right);
  else {
    const moving = code.integer();
    copy(code, right, moving);
    code.repeat(inner, () => {
      term(0, moving);
      code.advance(left, a.column);
      code.advance(moving, b.row);
    });
  }
  sums.forEach((sum, at) => {
    code.get(target);
    code.get(sum);
    code.memory('v128.store', out.offset + Math.floor(at / wide) * out.row + (at % wide) * out.column);
  });
}

function load(code: Code, { shared, offset }: Stored, by: number): void {
  code.memory(shared ? 'v128.load64_splat' : 'v128.load', offset + by);
}
