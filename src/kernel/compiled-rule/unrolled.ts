import type { Operation, ProgramArray } from '#linalg';
import { analysisOf, type Analysis } from './program/analysis.js';
import type { Local } from './code.js';
import type { Context } from './context.js';
import { applyElementary } from './elementary.js';
import { addInverse, addWrittenOutInverse } from './elimination/invert.js';
import { addWrittenOutSolve } from './elimination/written-out-solve.js';
import type { Section } from './program/section.js';

/** One entry of an array: a number, a variable, or a place in memory. */
type Entry =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'local'; readonly local: Local }
  | { readonly kind: 'memory'; readonly pointer: Local | null; readonly offset: number };

/** Largest matrix whose inversion is written out. */
const WRITTEN_OUT = 4;

const ZERO: Entry = { kind: 'number', value: 0 };

/** Adds the code of a section to a function, entry by entry: for small arrays. */
export function addUnrolled(context: Context, section: Section): void {
  new Unrolled(context, section).add();
}

class Unrolled {
  readonly #analysis: Analysis;
  readonly #entries = new Map<ProgramArray, readonly Entry[]>();

  constructor(
    private readonly context: Context,
    private readonly section: Section,
  ) {
    this.#analysis = analysisOf(section);
  }

  add(): void {
    const { operations, inputs, outputs } = this.section;
    const { code } = this.context;
    for (const { array, region, first, packed } of inputs) {
      const { pointer, address } = this.context.region(region);
      const places = packed ? packedPlaces(array.rows) : Array.from(array.data, (_, at) => at);
      // Loaded once: the engine keeps what fits into registers.
      const entries = this.#structured(array, (at) =>
        this.#computed(() => {
          this.#push({ kind: 'memory', pointer, offset: address + (first + places[at]) * this.context.vector });
        }),
      );
      this.#entries.set(array, entries);
    }
    for (const operation of operations) this.#entries.set(operation.out, this.#entriesOf(operation));
    // All outputs are computed before the first is written: they may replace inputs.
    for (const { array, region, first } of outputs) {
      const { pointer, address } = this.context.region(region);
      this.#of(array).forEach((entry, at) => {
        if (pointer === null) code.i32(0);
        else code.get(pointer);
        this.#push(entry);
        code.memory('v128.store', address + (first + at) * this.context.vector);
      });
    }
  }

  #of(array: ProgramArray): readonly Entry[] {
    return this.#entries.get(array) ?? Array.from(array.data, (value) => ({ kind: 'number', value }));
  }

  #push(entry: Entry): void {
    const { code } = this.context;
    if (entry.kind === 'local') code.get(entry.local);
    else if (entry.kind === 'memory') {
      if (entry.pointer === null) code.i32(0);
      else code.get(entry.pointer);
      code.memory('v128.load', entry.offset);
    } else if (Object.is(entry.value, 0)) code.get(code.zero);
    else this.context.load(this.context.constant(entry.value));
  }

  /** The entries of an array, of which only those are computed that its structure does not tell. */
  #structured(array: ProgramArray, entry: (at: number) => Entry): Entry[] {
    const structure = this.#analysis.structure(array);
    const isAbove = (at: number): boolean => at % array.cols > Math.floor(at / array.cols);
    const computed = Array.from(array.data, (_, at) => (structure !== 'general' && isAbove(at) ? ZERO : entry(at)));
    if (structure !== 'symmetric') return computed;
    return computed.map((own, at) =>
      isAbove(at) ? computed[(at % array.cols) * array.cols + Math.floor(at / array.cols)] : own,
    );
  }

  #locals(array: ProgramArray): Local[] {
    return this.#asLocals(this.#of(array));
  }

  #asLocals(entries: readonly Entry[]): Local[] {
    const { code } = this.context;
    return entries.map((entry) => {
      if (entry.kind === 'local') return entry.local;
      const local = code.vector();
      this.#push(entry);
      code.set(local);
      return local;
    });
  }

  /** The value of what `push` leaves on the stack, computed once. */
  #computed(push: () => void): Entry {
    const { code } = this.context;
    const local = code.vector();
    push();
    code.set(local);
    return { kind: 'local', local };
  }

  #entriesOf(operation: Operation): readonly Entry[] {
    const { code } = this.context;
    const { a } = operation;
    const left = this.#of(a);
    switch (operation.kind) {
      case 'multiply':
        return this.#product(operation.out, a, operation.b);
      case 'transpose':
        return Array.from(operation.out.data, (_, at) => left[(at % a.rows) * a.cols + Math.floor(at / a.rows)]);
      case 'solve':
        return addWrittenOutSolve(
          this.context,
          this.#analysis.structure(a),
          this.#locals(a),
          this.#locals(operation.b),
          a.rows,
        ).map((local) => ({ kind: 'local', local }));
      case 'lowerTriangle':
        return left.map((entry, at) => (at % a.cols > Math.floor(at / a.cols) ? ZERO : entry));
      case 'inverse':
        return this.#inverse(a, left);
      case 'runningSums':
        return this.#runningSums(a.cols, left);
      case 'elementary':
        return this.#structured(operation.out, (at) =>
          this.#computed(() => {
            this.#push(left[at]);
            applyElementary(this.context, operation.name);
          }),
        );
      case 'map':
        return this.#structured(operation.out, (at) =>
          this.#computed(() => {
            this.#push(left[at]);
            this.context.apply(operation.value);
          }),
        );
      case 'scale':
        return operation.factor === 1
          ? left
          : this.#structured(operation.out, (at) =>
              this.#computed(() => {
                this.context.load(this.context.constant(operation.factor));
                this.#push(left[at]);
                code.do('f64x2.mul');
              }),
            );
      default: {
        const right = this.#of(operation.b);
        const name = ({ add: 'f64x2.add', subtract: 'f64x2.sub', hadamard: 'f64x2.mul' } as const)[operation.kind];
        return this.#structured(operation.out, (at) =>
          this.#computed(() => {
            this.#push(left[at]);
            this.#push(right[at]);
            code.do(name);
          }),
        );
      }
    }
  }

  #runningSums(cols: number, entries: readonly Entry[]): readonly Entry[] {
    const sums: Entry[] = [];
    entries.forEach((entry, at) => {
      const before = at < cols ? ZERO : sums[at - cols];
      const sum = this.#computed(() => {
        this.#push(before);
        this.#push(entry);
        this.context.code.do('f64x2.add');
      });
      sums.push(sum);
    });
    return sums;
  }

  /** Sums from 0 in the order of the inner index, as `multiplyInto` makes them. */
  #product(out: ProgramArray, a: ProgramArray, b: ProgramArray): readonly Entry[] {
    const { code } = this.context;
    const [left, right] = [this.#of(a), this.#of(b)];
    const analysis = this.#analysis;
    // Adding 0 times a finite number changes no sum, for none is -0. The product of a column and a row is no sum.
    const isZero = (entry: Entry): boolean => entry.kind === 'number' && entry.value === 0;
    const skips = a.cols !== 1 && [a, b].some(analysis.isConstant) && [a, b].every(analysis.isFinite);
    return this.#structured(out, (at) => {
      const [i, j] = [Math.floor(at / b.cols), at % b.cols];
      return this.#computed(() => {
        let isEmpty = !analysis.startsFromZero(out);
        if (!isEmpty) code.get(code.zero);
        for (let k = 0; k < a.cols; k++) {
          const factors = [left[i * a.cols + k], right[k * b.cols + j]];
          if (skips && factors.some(isZero)) continue;
          const others = factors.filter((factor) => !(factor.kind === 'number' && factor.value === 1));
          const [first, second] = others.length > 0 ? others : factors;
          this.#push(first);
          if (others.length === 2) {
            this.#push(second);
            code.do('f64x2.mul');
          }
          if (!isEmpty) code.do('f64x2.add');
          isEmpty = false;
        }
        if (isEmpty) code.get(code.zero);
      });
    });
  }

  #inverse({ rows }: ProgramArray, entries: readonly Entry[]): readonly Entry[] {
    const { code } = this.context;
    if (rows <= WRITTEN_OUT) {
      return addWrittenOutInverse(this.context, this.#asLocals(entries), rows).map((local) => ({
        kind: 'local',
        local,
      }));
    }
    const matrix = this.context.scratch(rows * rows);
    entries.forEach((entry, at) => {
      code.i32(0);
      this.#push(entry);
      code.memory('v128.store', matrix + at * this.context.vector);
    });
    addInverse(this.context, matrix, rows);
    return entries.map((_, at) => ({ kind: 'memory', pointer: null, offset: matrix + at * this.context.vector }));
  }
}

/** Where the entries of a symmetric matrix lie of which the upper triangle is given row by row. */
const packedPlaces = (size: number): number[] =>
  Array.from({ length: size * size }, (_, at) => {
    const [low, high] = [Math.floor(at / size), at % size].sort((x, y) => x - y);
    return low * size - (low * (low - 1)) / 2 + high - low;
  });
