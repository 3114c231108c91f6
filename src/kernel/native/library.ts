import type { Parameter, Table } from '../parameters.js';

/** A number that the native kernel is handed. */
export type NativeParameter = Parameter | Exclude<Table, 'heap'>;

/** What the library of src/kernel/native exports. */
export interface NativeLibrary {
  /** The numbers that it wants, in this order. */
  readonly names: readonly NativeParameter[];
  /** Widths of vectors that this processor has, in bits, ascending. */
  readonly widths: readonly number[];
  /**
   * Makes steps of all replicas in the memory of a kernel, with vectors of at most `width` bits. Writes the clock of the
   * end, `scale` and `age`, to their places in `values`.
   */
  readonly advance: (
    memory: ArrayBuffer,
    values: Float64Array,
    isSingle: boolean,
    width: number,
    steps: number,
  ) => void;
}

/** What the library of a rule exports, compiled from src/kernel/native/rule.c and a generated step. */
export interface RuleLibrary {
  readonly names: readonly NativeParameter[];
  /** Makes steps of the replicas of a place. Returns 0, or what stopped it: 1 a singular matrix, 2 a system without solution, -1 memory. */
  readonly advance: (memory: ArrayBuffer, values: Float64Array, place: Float64Array, steps: number) => number;
}

/** What instances of a kernel are made of: the WebAssembly module, and what makes the steps of two-layer SGD in its place. */
export interface KernelParts {
  readonly module: WebAssembly.Module;
  readonly native?: { readonly library: NativeLibrary; readonly width: number };
}
