import type { Parameter, Table } from './parameters.js';

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

/** The simulation kernel as it is loaded once: instances of it have their own memory. */
export interface Kernel {
  readonly module: WebAssembly.Module;
  /** Makes the steps of two-layer SGD in place of the module, with the same bits. */
  readonly native?: { readonly library: NativeLibrary; readonly width: number };
}
