import type { Operation, ProgramArray } from '#linalg';
import { analysisOf, type Analysis } from './program/analysis.js';
import type { Context } from './context.js';
import { applyElementary } from './elementary.js';
import { addInverse } from './elimination/invert.js';
import { importOf } from './module.js';
import { Nest, pushLowerMask, transposed, type Index, type Stored } from './nest.js';
import { addGeneralSolve, addLowerSolve } from './elimination/solve-loops.js';
import { addSymmetricSolve } from './elimination/solve-panels.js';
import type { Section } from './program/section.js';
import { addProduct } from './tiles.js';

/** An array that is there, or one whose entries are computed where they are used. */
type Value =
  | { readonly kind: 'stored'; readonly stored: Stored }
  | {
      readonly kind: 'lazy';
      /** Pushes the entry (i, j). */
      readonly push: (nest: Nest, i: Index, j: Index) => void;
      /** The arrays that it reads, and whether their rows are its rows. */
      readonly reads: readonly Read[];
    };

interface Read {
  readonly stored: Stored;
  readonly isTurned: boolean;
}

/** Adds the code of a section to a function, as loops over entries: for arrays of any size. */
export function addLoops(context: Context, section: Section): void {
  new Loops(context, section).add();
}

class Loops {
  readonly #analysis: Analysis;
  readonly #values = new Map<ProgramArray, Value>();

  constructor(
    private readonly context: Context,
    private readonly section: Section,
  ) {
    this.#analysis = analysisOf(section);
  }

  add(): void {
    const { operations, inputs, outputs } = this.section;
    for (const { array, region, first, packed } of inputs) {
      const { pointer, address } = this.context.region(region);
      const stored = this.#storedAt(array, address + first * this.context.vector, pointer);
      this.#values.set(array, { kind: 'stored', stored: packed ? this.#unpacked(array, stored) : stored });
    }
    for (const operation of operations) this.#values.set(operation.out, this.#valueOf(operation));
    // What is written must not be read any more, but by the entry that replaces it.
    const targets = outputs.map(({ array, region, first }) => {
      const { pointer, address } = this.context.region(region);
      return { array, stored: this.#storedAt(array, address + first * this.context.vector, pointer) };
    });
    const safe = targets.map(({ array, stored }) => {
      const value = this.#of(array);
      const reads = value.kind === 'lazy' ? value.reads : [{ stored: value.stored, isTurned: false }];
      const isSafe = reads.every(
        (read) =>
          !targets.some(
            (other) => isSame(other.stored, read.stored) && !(other.stored === stored && isInPlace(read, stored)),
          ),
      );
      return isSafe ? value : ({ kind: 'stored', stored: this.#materialized(array, value) } as const);
    });
    targets.forEach(({ array, stored }, k) => {
      this.#write(array, stored, safe[k]);
    });
  }

  #of(array: ProgramArray): Value {
    const known = this.#values.get(array);
    if (known) return known;
    const stored: Stored = {
      pointer: null,
      offset: this.context.matrix(array),
      row: 8 * array.cols,
      column: 8,
      shared: true,
    };
    const value: Value = { kind: 'stored', stored };
    this.#values.set(array, value);
    return value;
  }

  #write(array: ProgramArray, target: Stored, value: Value, isHalf = this.#analysis.isHalved(array)): void {
    const { rows, cols } = array;
    const { code } = this.context;
    const nest = new Nest(code);
    nest.forEach(
      rows,
      cols,
      (i, j) => {
        const offset = nest.address(target, i, j);
        push(nest, value, i, j);
        code.memory('v128.store', offset);
      },
      isHalf,
    );
  }

  #materialized(array: ProgramArray, value: Value): Stored {
    const stored = this.#room(array);
    this.#write(array, stored, value);
    return stored;
  }

  #room(array: ProgramArray): Stored {
    return this.#storedAt(array, this.context.scratch(array.rows * array.cols), null);
  }

  #storedAt({ cols }: ProgramArray, offset: number, pointer: number | null): Stored {
    const { vector } = this.context;
    return { pointer, offset, row: cols * vector, column: vector, shared: false };
  }

  #store(array: ProgramArray): Stored {
    const value = this.#of(array);
    if (value.kind === 'stored') return value.stored;
    const stored = this.#materialized(array, value);
    this.#values.set(array, { kind: 'stored', stored });
    return stored;
  }

  #unpacked(array: ProgramArray, { pointer, offset }: Stored): Stored {
    const { code } = this.context;
    const stored = this.#room(array);
    code.i32(offset);
    if (pointer !== null) {
      code.get(pointer);
      code.do('i32.add');
    }
    code.i32(stored.offset);
    code.i32(array.rows);
    code.call(importOf('unpackSymmetric'));
    return stored;
  }

  #valueOf(operation: Operation): Value {
    const { out } = operation;
    const value = this.#expression(operation);
    if (value.kind === 'stored') return value;
    const consumers = this.#analysis.consumers.get(out) ?? [];
    const isFused = consumers.length === 1 && (consumers[0] === null || isEntrywise(consumers[0]));
    if (isFused) return value;
    return { kind: 'stored', stored: this.#materialized(out, value) };
  }

  #expression(operation: Operation): Value {
    const { code } = this.context;
    const { a, out } = operation;
    switch (operation.kind) {
      case 'multiply':
        return this.#product(operation.out, a, operation.b);
      case 'inverse': {
        const stored = this.#materialized(out, this.#of(a));
        addInverse(this.context, stored.offset, a.rows);
        return { kind: 'stored', stored };
      }
      case 'runningSums':
        return { kind: 'stored', stored: this.#runningSums(out, this.#of(a)) };
      case 'solve':
        return { kind: 'stored', stored: this.#solution(a, operation.b) };
      case 'transpose': {
        const value = this.#of(a);
        return value.kind === 'stored' ? { kind: 'stored', stored: transposed(value.stored) } : turned(value);
      }
      case 'lowerTriangle':
        return lazy([this.#of(a)], ([push], i, j) => {
          push(i, j);
          pushLowerMask(code, i, j);
          code.do('v128.and');
        });
      case 'elementary':
        return lazy([this.#of(a)], ([push], i, j) => {
          push(i, j);
          applyElementary(this.context, operation.name);
        });
      case 'map':
        return lazy([this.#of(a)], ([push], i, j) => {
          push(i, j);
          this.context.apply(operation.value);
        });
      case 'scale': {
        const factor = this.context.constant(operation.factor);
        return lazy([this.#of(a)], ([push], i, j) => {
          this.context.load(factor);
          push(i, j);
          code.do('f64x2.mul');
        });
      }
      default: {
        const name = ({ add: 'f64x2.add', subtract: 'f64x2.sub', hadamard: 'f64x2.mul' } as const)[operation.kind];
        return lazy([this.#of(a), this.#of(operation.b)], ([left, right], i, j) => {
          left(i, j);
          right(i, j);
          code.do(name);
        });
      }
    }
  }

  #runningSums(out: ProgramArray, value: Value): Stored {
    const { code, vector } = this.context;
    const { rows, cols } = out;
    // Before the first row one of zeros, which stay.
    const before = this.#storedAt(out, this.context.scratch((rows + 1) * cols), null);
    const sums: Stored = { ...before, offset: before.offset + cols * vector };
    const nest = new Nest(code);
    const last = code.vector();
    nest.forEach(rows, cols, (i, j) => {
      const offset = nest.address(sums, i, j);
      // A nest takes some rows of a column together.
      if (i.constant > 0) code.get(last);
      else nest.load(before, i, j);
      push(nest, value, i, j);
      code.do('f64x2.add');
      code.tee(last);
      code.memory('v128.store', offset);
    });
    return sums;
  }

  #solution(a: ProgramArray, b: ProgramArray): Stored {
    const { context } = this;
    const { vector } = context;
    const [k, m] = [a.rows, b.cols];
    const structure = this.#analysis.structure(a);
    if (structure === 'lower') {
      const room = this.#storedAt(b, context.scratch(k * m), null);
      this.#write(b, room, this.#of(b));
      addLowerSolve(context, this.#store(a), room.offset, k, m);
      return room;
    }
    const offset = context.scratch(k * (k + m));
    const row = (k + m) * vector;
    const left: Stored = { pointer: null, offset, row, column: vector, shared: false };
    const right: Stored = { ...left, offset: offset + k * vector };
    const isSymmetric = structure === 'symmetric';
    // The half on and above the diagonal is used, that on and below it is there.
    this.#write(a, isSymmetric ? transposed(left) : left, this.#of(a), isSymmetric);
    this.#write(b, right, this.#of(b));
    (isSymmetric ? addSymmetricSolve : addGeneralSolve)(context, { offset, k, m });
    return right;
  }

  #product(out: ProgramArray, a: ProgramArray, b: ProgramArray): Value {
    const { code } = this.context;
    const first: Index = { local: null, constant: 0 };
    const fromZero = this.#analysis.startsFromZero(out);
    /** The one product that each entry is, added to 0. */
    const single = (factors: readonly Value[], push: (pushes: readonly Push[], i: Index, j: Index) => void): Value =>
      lazy(factors, (pushes, i, j) => {
        if (fromZero) code.get(code.zero);
        push(pushes, i, j);
        code.do('f64x2.mul');
        if (fromZero) code.do('f64x2.add');
      });
    const isOnes = (array: ProgramArray): boolean =>
      this.#analysis.isConstant(array) && array.data.every((value) => value === 1);
    if (a.cols === 1 && (isOnes(a) || isOnes(b))) {
      const other: Value = { kind: 'stored', stored: this.#store(isOnes(a) ? b : a) };
      return lazy([other], ([entry], i, j) => {
        if (fromZero) code.get(code.zero);
        if (isOnes(a)) entry(first, j);
        else entry(i, first);
        if (fromZero) code.do('f64x2.add');
      });
    }
    if (a.cols === 1) {
      const factors = [a, b].map((array): Value => ({ kind: 'stored', stored: this.#store(array) }));
      return single(factors, ([left, right], i, j) => {
        left(i, first);
        right(first, j);
      });
    }
    if (this.#analysis.isConstant(a) && this.#analysis.isFinite(b) && isDiagonal(a)) {
      const diagonal: Value = { kind: 'stored', stored: { ...this.#store(a), row: 8 * (a.cols + 1), column: 0 } };
      return single([diagonal, this.#of(b)], ([left, right], i, j) => {
        left(i, first);
        right(i, j);
      });
    }
    const [left, right] = [this.#store(a), this.#store(b)];
    const stored = this.#room(out);
    addProduct(code, stored, left, right, a.rows, a.cols, b.cols);
    return { kind: 'stored', stored };
  }
}

type Push = (i: Index, j: Index) => void;

function push(nest: Nest, value: Value, i: Index, j: Index): void {
  if (value.kind === 'stored') nest.load(value.stored, i, j);
  else value.push(nest, i, j);
}

function lazy(values: readonly Value[], entry: (pushes: readonly Push[], i: Index, j: Index) => void): Value {
  return {
    kind: 'lazy',
    reads: values.flatMap((value) =>
      value.kind === 'lazy' ? value.reads : [{ stored: value.stored, isTurned: false }],
    ),
    push: (nest, i, j) => {
      entry(
        values.map((value) => (row: Index, column: Index) => {
          push(nest, value, row, column);
        }),
        i,
        j,
      );
    },
  };
}

const turned = (value: Value & { readonly kind: 'lazy' }): Value => ({
  kind: 'lazy',
  reads: value.reads.map(({ stored, isTurned }) => ({ stored, isTurned: !isTurned })),
  push: (nest, i, j) => {
    value.push(nest, j, i);
  },
});

const isSame = (a: Stored, b: Stored): boolean => a.pointer === b.pointer && a.offset === b.offset;

const isInPlace = ({ stored: { row, column }, isTurned }: Read, target: Stored): boolean =>
  !isTurned && row === target.row && column === target.column;

const isEntrywise = ({ kind, a }: Operation): boolean =>
  !(kind === 'inverse' || kind === 'solve' || (kind === 'multiply' && a.cols !== 1));

const isDiagonal = ({ rows, cols, data }: ProgramArray): boolean =>
  rows === cols && data.every((value, at) => value === 0 || at % (cols + 1) === 0);
