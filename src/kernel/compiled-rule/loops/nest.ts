import { countDownFromAny, type Code, type Local } from '../code.js';

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

export const transposed = (stored: Stored): Stored => ({ ...stored, row: stored.column, column: stored.row });

/** Columns that the body of a loop over columns treats. */
const UNROLLED = 4;

/** Rows that are treated together. */
const ROWS = 4;

/** Rows from one on, in groups of a height. */
interface RowGroups {
  readonly from: number;
  readonly groups: number;
  readonly height: number;
}

/** Two loops, over the rows and columns of an array; addresses in it are made of parts that belong to one of both. */
export class Nest {
  /** What the outer variable adds to addresses, by the multiple of it and the pointer. */
  readonly #hoisted = new Map<
    string,
    { readonly local: Local; readonly step: number; readonly pointer: Local | null }
  >();
  /** What is loaded once for a row, by its address: the same for all entries of the row. */
  readonly #ofRow = new Map<string, { readonly local: Local; readonly load: () => void }>();
  /** What rows share of the present column. */
  readonly #ofColumn = new Map<string, Local>();
  readonly #outer: Local;
  #inLoop = false;
  #height = 1;
  /** Where the present block of columns lies that a group of rows meets; null where its entries may lie on both sides of the diagonal. */
  #block: 'left' | 'diagonal' | null = null;

  constructor(private readonly code: Code) {
    this.#outer = code.integer();
  }

  /**
   * Makes the body for every entry, or at least for those on and below the diagonal; it uses `address` and `load` of this nest
   * alone.
   */
  forEach(rows: number, cols: number, body: (i: Index, j: Index) => void, isHalf = false): void {
    if (rows * cols === 0) return;
    const groups = Math.floor(rows / ROWS);
    if (groups > 0) this.#forEach({ from: 0, groups, height: ROWS }, cols, body, isHalf && groups > 1);
    if (rows % ROWS > 0) this.#forEach({ from: groups * ROWS, groups: rows % ROWS, height: 1 }, cols, body, false);
  }

  /** Whether an entry lies on or below the diagonal, as far as it is the same in every turn of the loops; else null. */
  isLower(i: Index, j: Index): boolean | null {
    if (this.#block === 'diagonal') return i.constant >= j.constant;
    // Of a transpose the row is the inner index.
    return this.#block === 'left' ? i.local === this.#outer : null;
  }

  /** Whether a row is the last of those that are treated together: the entries of a column follow each other up to there. */
  isLastOfGroup({ constant }: Index): boolean {
    return constant === this.#height - 1;
  }

  #forEach(
    { from, groups, height }: RowGroups,
    cols: number,
    body: (i: Index, j: Index) => void,
    isHalf: boolean,
  ): void {
    const { code } = this;
    this.#height = height;
    for (const map of [this.#hoisted, this.#ofRow]) map.clear();
    const inner = code.integer();
    const column = (j: Index): void => {
      this.#ofColumn.clear();
      for (let k = 0; k < height; k++) body({ local: this.#outer, constant: k }, j);
    };
    // As many blocks of columns as rows reach; a group of rows is as high as a block is wide.
    const reached = code.integer();
    const columns = code.captured(() => {
      const blocks = Math.floor(cols / UNROLLED);
      const single = blocks < 2;
      if (!single) {
        code.i32(0);
        code.set(inner);
        this.#inLoop = true;
        const block = (place: 'left' | 'diagonal' | null): void => {
          this.#block = place;
          for (let k = 0; k < UNROLLED; k++) column({ local: inner, constant: k });
          this.#block = null;
          code.advance(inner, UNROLLED);
        };
        if (isHalf) {
          const left = code.integer();
          code.get(reached);
          code.set(left);
          countDownFromAny(code, left, () => {
            block('left');
          });
          code.advance(reached, 1);
          block('diagonal');
        } else {
          // Rows after the last whole group begin where the whole blocks of a square end.
          const place = from >= blocks * UNROLLED ? 'left' : null;
          code.repeat(blocks, () => {
            block(place);
          });
        }
        this.#inLoop = false;
      }
      if (isHalf) return;
      for (let j = single ? 0 : blocks * UNROLLED; j < cols; j++) column({ local: null, constant: j });
    });
    code.i32(0);
    code.set(reached);
    code.i32(from);
    code.set(this.#outer);
    code.repeat(groups, () => {
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
      for (const { local, load } of this.#ofRow.values()) {
        load();
        code.set(local);
      }
      columns();
      code.advance(this.#outer, height);
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

  /** Pushes an entry; one that a row or a column of entries shares is loaded once for it. */
  load(stored: Stored, i: Index, j: Index): void {
    const { code } = this;
    const { pointer, offset, row, column } = stored;
    const varies = [
      { index: i, step: row },
      { index: j, step: column },
    ].flatMap(({ index: { local }, step }) => (step === 0 || local === null ? [] : [local]));
    const place = offset + i.constant * row + j.constant * column;
    const key = [pointer, place, row, column, ...varies].join(' ');
    const known = this.#ofRow.get(key)?.local ?? this.#ofColumn.get(key);
    if (known !== undefined) {
      code.get(known);
    } else if (this.#inLoop && varies.every((local) => local === this.#outer)) {
      const local = code.vector();
      const load = code.captured(() => {
        this.#load(stored, i, j);
      });
      this.#ofRow.set(key, { local, load });
      code.get(local);
    } else {
      this.#load(stored, i, j);
      if (varies.includes(this.#outer)) return;
      const local = code.vector();
      this.#ofColumn.set(key, local);
      code.tee(local);
    }
  }

  #load(stored: Stored, i: Index, j: Index): void {
    const offset = this.address(stored, i, j);
    this.code.memory(stored.shared ? 'v128.load64_splat' : 'v128.load', offset);
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
