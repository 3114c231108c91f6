import { countDownFromAny, type Code, type Local } from '../code.js';
import type { Context } from '../context.js';
import { pushIsNoPivot, throwIfAny } from './pivots.js';

/** Rows that are eliminated together. */
const PANEL = 4;
/** Rows below a panel that are treated together: the sums of more would not stay in registers. */
const PAIR = 2;

/** The system [a | b] in working space: the k rows of a, on and above the diagonal, each followed by m entries of b. */
export interface System {
  readonly offset: number;
  readonly k: number;
  readonly m: number;
}

/**
 * Solves a symmetric system in its working space, where b becomes x; `solveInPlace` of src/linalg, bit by bit. Rows are eliminated in panels: entries
 * farther right and below are loaded and stored once for four pivots.
 */
export function addSymmetricSolve(context: Context, system: System): void {
  new SymmetricSolve(context, system).add();
}

class SymmetricSolve {
  readonly #code: Code;
  /** Bytes of an entry, and from one row to the next. */
  readonly #entry: number;
  readonly #row: number;
  /** Address of the first diagonal entry of a panel. */
  readonly #diagonal: Local;
  readonly #bad: Local;
  readonly #one: Local;

  constructor(
    { code, vector }: Context,
    private readonly system: System,
  ) {
    this.#code = code;
    this.#entry = vector;
    this.#row = (system.k + system.m) * vector;
    this.#diagonal = code.integer();
    this.#bad = code.vector();
    this.#one = code.vector();
  }

  add(): void {
    const code = this.#code;
    const { k, m, offset } = this.system;
    const panels = Math.floor(k / PANEL);
    const rest = k % PANEL;
    code.f64(1);
    code.do('f64x2.splat');
    code.set(this.#one);
    code.get(code.zero);
    code.set(this.#bad);
    this.#set(this.#diagonal, offset);
    const columns = code.integer();
    const pairs = code.integer();
    // Beyond the first panel, and fewer by a panel each time.
    this.#set(columns, k + m - PANEL);
    this.#set(pairs, Math.floor((k - PANEL) / PAIR));
    if (panels > 0) {
      code.repeat(panels, () => {
        this.#addPanel(PANEL, columns, { pairs, isOdd: rest % PAIR === 1 });
        code.advance(this.#diagonal, PANEL * (this.#row + this.#entry));
        code.advance(columns, -PANEL);
        code.advance(pairs, -PANEL / PAIR);
      });
    }
    if (rest > 0) {
      this.#set(columns, m);
      this.#addPanel(rest, columns, null);
    }
    throwIfAny(code, this.#bad);
    this.#set(this.#diagonal, offset + (k - rest) * (this.#row + this.#entry));
    const above = code.integer();
    if (rest > 0) {
      this.#set(above, k - rest);
      this.#addBack(rest, above);
    }
    if (panels > 0) {
      this.#set(above, k - rest - PANEL);
      code.repeat(panels, () => {
        code.advance(this.#diagonal, -PANEL * (this.#row + this.#entry));
        this.#addBack(PANEL, above);
        code.advance(above, -PANEL);
      });
    }
  }

  #addPanel(size: number, columns: Local, below: { readonly pairs: Local; readonly isOdd: boolean } | null): void {
    const code = this.#code;
    const at = (p: number, q: number): number => p * this.#row + q * this.#entry;
    const u = Array.from({ length: size }, (_, p) =>
      Array.from({ length: size }, (__, q) => (q < p ? code.zero : this.#loaded(this.#diagonal, at(p, q)))),
    );
    const inverses: Local[] = [];
    /** Of the row of the outer number, by that of the inner one. */
    const factors: Local[][] = u.map(() => []);
    for (let p = 0; p < size; p++) {
      code.get(this.#bad);
      pushIsNoPivot(code, u[p][p]);
      code.do('v128.or');
      code.set(this.#bad);
      inverses.push(this.#made(this.#one, 'f64x2.div', u[p][p]));
      for (let i = p + 1; i < size; i++) {
        factors[i].push(this.#made(u[p][i], 'f64x2.mul', inverses[p]));
        for (let c = i; c < size; c++) this.#reduce(u[i][c], factors[i][p], u[p][c]);
      }
    }
    for (let p = 0; p < size; p++) {
      for (let q = p; q < size; q++) this.#store(this.#diagonal, at(p, q), q === p ? inverses[p] : u[p][q]);
    }
    // The rows of the panel beyond its diagonal block.
    const right = code.integer();
    const left = code.integer();
    this.#copy(this.#diagonal, right);
    this.#copy(columns, left);
    const entries = inverses.map(() => code.vector());
    code.countDown(left, () => {
      entries.forEach((entry, i) => {
        this.#load(entry, right, at(i, size));
        for (let p = 0; p < i; p++) this.#reduce(entry, factors[i][p], entries[p]);
        if (i > 0) this.#store(right, at(i, size), entry);
      });
      code.advance(right, this.#entry);
    });
    if (below) this.#addBelow(inverses, entries, columns, below);
  }

  /** Takes the rows of a full panel from those below it, each from its diagonal on. */
  #addBelow(
    inverses: readonly Local[],
    entries: readonly Local[],
    columns: Local,
    { pairs, isOdd }: { readonly pairs: Local; readonly isOdd: boolean },
  ): void {
    const code = this.#code;
    const size = inverses.length;
    const [top, own, count, rows] = [code.integer(), code.integer(), code.integer(), code.integer()];
    this.#copy(this.#diagonal, top);
    code.advance(top, size * this.#entry);
    this.#copy(this.#diagonal, own);
    code.advance(own, size * (this.#row + this.#entry));
    this.#copy(columns, count);
    const treat = (height: number): void => {
      const factors = Array.from({ length: height }, (_, i) =>
        inverses.map((inverse, p) => {
          const entry = this.#loaded(top, p * this.#row + i * this.#entry);
          return this.#made(entry, 'f64x2.mul', inverse);
        }),
      );
      const sums = factors.map(() => code.vector());
      const [moving, to, left] = [code.integer(), code.integer(), code.integer()];
      this.#copy(top, moving);
      this.#copy(own, to);
      this.#copy(count, left);
      code.countDown(left, () => {
        entries.forEach((entry, p) => {
          this.#load(entry, moving, p * this.#row);
        });
        sums.forEach((sum, i) => {
          this.#load(sum, to, i * this.#row);
          entries.forEach((entry, p) => {
            this.#reduce(sum, factors[i][p], entry);
          });
          this.#store(to, i * this.#row, sum);
        });
        code.advance(moving, this.#entry);
        code.advance(to, this.#entry);
      });
      code.advance(top, height * this.#entry);
      code.advance(own, height * (this.#row + this.#entry));
      code.advance(count, -height);
    };
    this.#copy(pairs, rows);
    countDownFromAny(code, rows, () => {
      treat(PAIR);
    });
    if (isOdd) treat(1);
  }

  /** x of the rows of a panel, which is then taken from the rows above it. */
  #addBack(size: number, above: Local): void {
    const code = this.#code;
    const { k, m, offset } = this.system;
    const column = code.integer();
    /** Of the first row of the panel, in the present column of b. */
    const own = code.integer();
    const from = code.integer();
    // The distance of a column of b from the diagonal is that of the rows above the panel.
    code.get(this.#diagonal);
    code.i32(k * this.#entry);
    code.do('i32.add');
    code.get(above);
    code.i32(this.#entry);
    code.do('i32.mul', 'i32.sub');
    code.set(own);
    this.#set(from, offset + k * this.#entry);
    this.#set(column, m);
    code.countDown(column, () => {
      const x = Array.from({ length: size }, (_, p) => this.#loaded(own, p * this.#row));
      for (let q = size - 1; q >= 0; q--) {
        this.#multiply(x[q], this.#loaded(this.#diagonal, q * (this.#row + this.#entry)));
        for (let p = 0; p < q; p++) {
          this.#reduce(x[p], this.#loaded(this.#diagonal, p * this.#row + q * this.#entry), x[q]);
        }
      }
      x.forEach((entry, p) => {
        this.#store(own, p * this.#row, entry);
      });
      const [left, moving, to] = [code.integer(), code.integer(), code.integer()];
      const sum = code.vector();
      this.#copy(above, left);
      this.#copy(from, to);
      // The first row's entries in the columns of the panel.
      this.#set(moving, offset);
      code.get(moving);
      code.get(above);
      code.i32(this.#entry);
      code.do('i32.mul', 'i32.add');
      code.set(moving);
      countDownFromAny(code, left, () => {
        this.#load(sum, to, 0);
        for (let q = size - 1; q >= 0; q--) this.#reduce(sum, this.#loaded(moving, q * this.#entry), x[q]);
        this.#store(to, 0, sum);
        code.advance(moving, this.#row);
        code.advance(to, this.#row);
      });
      code.advance(own, this.#entry);
      code.advance(from, this.#entry);
    });
  }

  #set(local: Local, value: number): void {
    this.#code.i32(value);
    this.#code.set(local);
  }

  #copy(from: Local, to: Local): void {
    this.#code.get(from);
    this.#code.set(to);
  }

  #loaded(pointer: Local, offset: number): Local {
    const local = this.#code.vector();
    this.#load(local, pointer, offset);
    return local;
  }

  #load(local: Local, pointer: Local, offset: number): void {
    this.#code.get(pointer);
    this.#code.memory('v128.load', offset);
    this.#code.set(local);
  }

  #store(pointer: Local, offset: number, value: Local): void {
    this.#code.get(pointer);
    this.#code.get(value);
    this.#code.memory('v128.store', offset);
  }

  #made(x: Local, name: 'f64x2.mul' | 'f64x2.div', y: Local): Local {
    const code = this.#code;
    const local = code.vector();
    code.get(x);
    code.get(y);
    code.do(name);
    code.set(local);
    return local;
  }

  #multiply(x: Local, y: Local): void {
    const code = this.#code;
    code.get(x);
    code.get(y);
    code.do('f64x2.mul');
    code.set(x);
  }

  /** x -= factor y. */
  #reduce(x: Local, factor: Local, y: Local): void {
    const code = this.#code;
    code.get(x);
    code.get(factor);
    code.get(y);
    code.do('f64x2.mul', 'f64x2.sub');
    code.set(x);
  }
}
