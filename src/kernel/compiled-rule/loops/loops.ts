import type { Operation, ProgramArray } from '#linalg';
import { analysisOf, type Analysis } from '../program/analysis.js';
import type { Context } from '../context.js';
import { applyElementary } from '../elementary.js';
import { addInverse } from '../elimination/invert.js';
import { importOf } from '../module.js';
import { Nest, pushLowerMask, transposed, type Index, type Stored } from './nest.js';
import { addGeneralSolve, addLowerSolve } from '../elimination/solve-loops.js';
import { addSymmetricSolve } from '../elimination/solve-panels.js';
import type { Section } from '../program/section.js';
import { addProduct } from './tiles.js';
import { lazy, push, readsOf, startsOf, turned, type Lazy, type Push, type Read, type Value } from './values.js';

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
      const isSafe = readsOf(value).every(
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
    for (const start of startsOf(value)) start();
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
        return this.#runningSums(out, this.#of(a));
      case 'solve':
        return { kind: 'stored', stored: this.#solution(a, operation.b) };
      case 'transpose': {
        const value = this.#inAnyOrder(a);
        return value.kind === 'stored' ? { kind: 'stored', stored: transposed(value.stored) } : turned(value);
      }
      case 'lowerTriangle':
        return lazy([this.#inAnyOrder(a)], ([push], i, j, nest) => {
          const isLower = nest.isLower(i, j);
          if (isLower === false) {
            code.get(code.zero);
            return;
          }
          push(i, j);
          if (isLower) return;
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
        return lazy([this.#constant(operation.factor), this.#of(a)], ([factor, entry], i, j) => {
          factor(i, j);
          entry(i, j);
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

  /** A number that all entries are. */
  #constant(value: number): Value {
    return { kind: 'stored', stored: { ...ABSOLUTE, offset: this.context.constant(value) } };
  }

  /** A value whose entries may be computed in any order, and some not at all. */
  #inAnyOrder(array: ProgramArray): Value {
    return startsOf(this.#of(array)).length > 0 ? { kind: 'stored', stored: this.#store(array) } : this.#of(array);
  }

  #runningSums({ cols }: ProgramArray, value: Value): Lazy {
    const { code, vector } = this.context;
    const above: Stored = { ...ABSOLUTE, offset: this.context.scratch(cols), row: 0, column: vector };
    const sum = code.vector();
    return {
      kind: 'lazy',
      reads: readsOf(value),
      starts: [
        ...startsOf(value),
        () => {
          this.context.fill(above.offset, cols, 0);
        },
      ],
      push: (nest, i, j) => {
        // A nest takes some rows of a column together.
        if (i.constant > 0) code.get(sum);
        else code.memory('v128.load', nest.address(above, i, j));
        push(nest, value, i, j);
        code.do('f64x2.add');
        code.set(sum);
        if (nest.isLastOfGroup(i)) {
          const offset = nest.address(above, i, j);
          code.get(sum);
          code.memory('v128.store', offset);
        }
        code.get(sum);
      },
    };
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
      // Its rows, or its columns, are all the same.
      const stored = this.#store(isOnes(a) ? b : a);
      return { kind: 'stored', stored: { ...stored, ...(isOnes(a) ? { row: 0 } : { column: 0 }) } };
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

/** Where nothing moves. */
const ABSOLUTE: Stored = { pointer: null, offset: 0, row: 0, column: 0, shared: false };

const isSame = (a: Stored, b: Stored): boolean => a.pointer === b.pointer && a.offset === b.offset;

const isInPlace = ({ stored: { row, column }, isTurned }: Read, target: Stored): boolean =>
  !isTurned && row === target.row && column === target.column;

const isEntrywise = ({ kind, a }: Operation): boolean =>
  !(kind === 'inverse' || kind === 'solve' || (kind === 'multiply' && a.cols !== 1));

const isDiagonal = ({ rows, cols, data }: ProgramArray): boolean =>
  rows === cols && data.every((value, at) => value === 0 || at % (cols + 1) === 0);
