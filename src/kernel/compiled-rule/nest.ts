import type { Code, Local } from './code.js';

/** Where the entry (i, j) of an array lies: `offset + i row + j column` bytes from a pointer. */
export interface Stored {
  readonly pointer: Local | null;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
  /** Whether it holds numbers of 8 bytes that all lanes share. */
  readonly shared: boolean;
}

/** A row or column number: a variable of a loop, if any, plus a constant. */
export interface Index {
  readonly local: Local | null;
  readonly constant: number;
}

/** The only column or row of an array, which all entries of a nest share. */
export const ONLY: Index = { local: null, constant: 0 };

export const transposed = (stored: Stored): Stored => ({ ...stored, row: stored.column, column: stored.row });

/** Columns that the body of a loop over columns treats. */
const UNROLLED = 4;

/** Two loops, over the rows and columns of an array; addresses in it are made of parts that belong to one of both. */
export class Nest {
  /** What the outer variable adds to addresses, by the multiple of it and the pointer. */
  readonly #hoisted = new Map<
    string,
    { readonly local: Local; readonly step: number; readonly pointer: Local | null }
  >();
  /** Entries that are the same in a whole row, loaded once for each, by what their address is made of. */
  readonly #rowEntries = new Map<
    string,
    { readonly local: Local; readonly stored: Stored; readonly i: Index; readonly j: Index }
  >();
  readonly #outer: Local;

  constructor(private readonly code: Code) {
    this.#outer = code.integer();
  }

  /** Makes the body for every entry; it uses `address` of this nest alone. */
  forEach(rows: number, cols: number, body: (i: Index, j: Index) => void): void {
    const { code } = this;
    if (rows * cols === 0) return;
    const inner = code.integer();
    const row: Index = { local: this.#outer, constant: 0 };
    const columns = code.captured(() => {
      const blocks = Math.floor(cols / UNROLLED);
      const single = blocks < 2;
      if (!single) {
        code.i32(0);
        code.set(inner);
        code.repeat(blocks, () => {
          for (let k = 0; k < UNROLLED; k++) body(row, { local: inner, constant: k });
          code.advance(inner, UNROLLED);
        });
      }
      for (let j = single ? 0 : blocks * UNROLLED; j < cols; j++) body(row, { local: null, constant: j });
    });
    code.i32(0);
    code.set(this.#outer);
    code.repeat(rows, () => {
      for (const { local, step, pointer } of this.#hoisted.values()) {
        code.get(this.#outer);
        code.i32(step);
        code.do('i32.mul');
        if (pointer !== null) {
          code.get(pointer);
          code.do('i32.add');
        }
        code.set(local);
      }
      for (const { local, stored, i, j } of this.#rowEntries.values()) {
        this.#loadAt(stored, i, j);
        code.set(local);
      }
      columns();
      code.advance(this.#outer, 1);
    });
  }

  /** Pushes the part of an entry's address that varies, and returns the part that does not. */
  address(stored: Stored, i: Index, j: Index): number {
    const { code } = this;
    const { pointer, row, column } = stored;
    const parts = [
      { index: i, step: row },
      { index: j, step: column },
    ].filter(({ index, step }) => index.local !== null && step !== 0);
    const outer = parts.find(({ index }) => index.local === this.#outer);
    const inner = parts.find(({ index }) => index.local !== this.#outer);
    if (outer) code.get(this.#hoist(outer.step, pointer));
    else if (pointer !== null) code.get(pointer);
    else code.i32(0);
    if (inner && inner.index.local !== null) {
      code.get(inner.index.local);
      code.i32(inner.step);
      code.do('i32.mul', 'i32.add');
    }
    return stored.offset + i.constant * row + j.constant * column;
  }

  /** Pushes an entry. What is written in this nest must not be read by it but in the same place. */
  load(stored: Stored, i: Index, j: Index): void {
    const isOfRow = [i, j].every((index) => index === ONLY || index.local === this.#outer);
    if (isOfRow) this.code.get(this.#rowEntry(stored, i, j));
    else this.#loadAt(stored, i, j);
  }

  #loadAt(stored: Stored, i: Index, j: Index): void {
    const offset = this.address(stored, i, j);
    this.code.memory(stored.shared ? 'v128.load64_splat' : 'v128.load', offset);
  }

  #rowEntry(stored: Stored, i: Index, j: Index): Local {
    const { pointer, offset, row, column, shared } = stored;
    const places = [i, j].map(({ local, constant }) => `${local} ${constant}`);
    const key = [pointer, offset, row, column, shared, ...places].join();
    const known = this.#rowEntries.get(key);
    if (known) return known.local;
    const local = this.code.vector();
    this.#rowEntries.set(key, { local, stored, i, j });
    // Makes the part of its address that belongs to the row.
    this.code.captured(() => this.address(stored, i, j));
    return local;
  }

  #hoist(step: number, pointer: Local | null): Local {
    const key = `${step} ${pointer}`;
    const known = this.#hoisted.get(key);
    if (known) return known.local;
    const local = this.code.integer();
    this.#hoisted.set(key, { local, step, pointer });
    return local;
  }
}

/** Pushes whether row i is at or below column j, as a mask of vectors. */
export function pushLowerMask(code: Code, i: Index, j: Index): void {
  code.i32(0);
  pushIndex(code, j);
  pushIndex(code, i);
  code.do('i32.le_s', 'i32.sub', 'i64.extend_i32_s', 'i64x2.splat');
}

function pushIndex(code: Code, { local, constant }: Index): void {
  code.i32(constant);
  if (local === null) return;
  code.get(local);
  code.do('i32.add');
}
