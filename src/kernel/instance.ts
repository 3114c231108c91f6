import { exp, log, streamState, ziggurat, type Purpose } from '#random';
import type { KernelParts, NativeParameter } from './native/library.js';
import type { Parameter, Table } from './parameters.js';
import type { Precision } from './precision.js';
import { StreamWords } from './stream-words.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly advance64: (steps: number) => void;
  readonly advance32: (steps: number) => void;
  readonly project64: (pair: number) => number;
  readonly project32: (pair: number) => number;
  readonly rotate: (pair: number) => number;
  readonly accumulate: (pair: number, first: number) => void;
  readonly normals64: (
    quad: number,
    deviations: number,
    out: number,
    gap: number,
    samples: number,
    count: number,
    stride: number,
  ) => void;
  readonly presentInputs: (
    pair: number,
    normals: number,
    stepStride: number,
    stride: number,
    steps: number,
    out: number,
  ) => void;
  readonly unpackSymmetric: (from: number, out: number, k: number) => void;
  readonly invertPair: (a: number, r: number, pivots: number) => number;
  readonly normals32: (deviations: number, out: number, count: number) => void;
}

const PAGE = 65536;
/** Bytes of a vector, the unit of alignment. */
const VECTOR = 16;
/** Four words of 64 bits. */
const STREAM_BYTES = 32;
/** The streams of replicas 0, 1 and of replicas 2, 3 of a quad lie side by side in lanes. */
const QUAD = 4;

/** A range of the kernel's memory. */
export interface MemoryRange {
  readonly address: number;
  /** Bytes. */
  readonly length: number;
}

/** One instance of the kernel with its own memory: a bump allocator, parameters by name, and the random streams. */
export class KernelInstance {
  readonly exports: Exports;
  readonly #globals: Record<Parameter | Table, WebAssembly.Global>;
  readonly #native: KernelParts['native'];
  #end: number;

  constructor({ module, native }: KernelParts) {
    // The functions that NormalSource calls too.
    const { exports } = new WebAssembly.Instance(module, { math: { exp, log } });
    this.exports = exports as unknown as Exports;
    this.#globals = exports as Record<Parameter | Table, WebAssembly.Global>;
    this.#native = native;
    this.#end = this.#globals.heap.value;
    this.#fillTables();
  }

  get(parameter: Parameter): number {
    return this.#globals[parameter].value;
  }

  set(parameters: Partial<Record<Parameter, number>>): void {
    for (const [name, value] of Object.entries(parameters)) this.#globals[name as Parameter].value = value;
  }

  /** Makes steps of two-layer SGD with all replicas. */
  advance(precision: Precision, steps: number): void {
    if (!this.#native) {
      this.exports[precision === 'f64' ? 'advance64' : 'advance32'](steps);
      return;
    }
    const { library, width } = this.#native;
    const { names } = library;
    const values = this.valuesOf(names);
    library.advance(this.exports.memory.buffer, values, precision === 'f32', width, steps);
    for (const name of ['scale', 'age'] as const) this.#globals[name].value = values[names.indexOf(name)];
  }

  /** The numbers that a native library wants. */
  valuesOf(names: readonly NativeParameter[]): Float64Array<ArrayBuffer> {
    return Float64Array.from(names, (name) => this.#globals[name].value);
  }

  /** Address of `bytes` zero bytes, a multiple of `alignment`. Memory moves when it grows: views of it are taken after the last allocation. */
  allocate(bytes: number, alignment = VECTOR): number {
    const address = Math.ceil(this.#end / alignment) * alignment;
    this.#end = address + bytes;
    const missing = this.#end - this.exports.memory.buffer.byteLength;
    if (missing > 0) this.exports.memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  allocateNumbers(values: ArrayLike<number>, precision: Precision): number {
    const address = this.allocate(values.length * (precision === 'f64' ? 8 : 4));
    this.view(precision, address, values.length).set(values);
    return address;
  }

  view(precision: Precision, address: number, length: number): Float64Array | Float32Array {
    const { buffer } = this.exports.memory;
    return precision === 'f64' ? new Float64Array(buffer, address, length) : new Float32Array(buffer, address, length);
  }

  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, address, length);
  }

  /** The bytes of a range, not copied. */
  bytes({ address, length }: MemoryRange): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, address, length);
  }

  /** Where the streams of that many lanes lie, all three kinds. */
  streamRanges(lanes: number): MemoryRange[] {
    return (['normalStreams', 'retryStreams', 'selectStreams'] as const).map((name) => ({
      address: this.get(name),
      length: lanes * STREAM_BYTES,
    }));
  }

  /** Places the streams of the replicas; lanes beyond them get streams of zeros, whose normals and picks are all 0. */
  placeStreams(seed: number, replicas: readonly number[], lanes: number): void {
    const size = lanes * STREAM_BYTES;
    const normalStreams = this.allocate(size);
    const retryStreams = this.allocate(size);
    const selectStreams = this.allocate(size);
    this.set({ normalStreams, retryStreams, selectStreams });
    replicas.forEach((replica, i) => {
      for (const { purpose, words } of this.streams(i)) words.write(streamState(seed, replica, purpose));
    });
  }

  /** The streams of the i-th lane, in the order of `ReplicaStreams.generators`. */
  streams(i: number): { readonly purpose: Purpose; readonly words: StreamWords }[] {
    const memory = new Int32Array(this.exports.memory.buffer);
    const lane = i % QUAD;
    const pair = Math.floor(i / QUAD) * 128 + (lane < 2 ? 0 : 64);
    const { normalStreams, retryStreams, selectStreams } = this.#globals;
    return [
      { purpose: 'normal', words: new StreamWords(memory, normalStreams.value + pair + (lane % 2) * 8, VECTOR) },
      { purpose: 'retry', words: new StreamWords(memory, retryStreams.value + i * STREAM_BYTES, 8) },
      { purpose: 'select', words: new StreamWords(memory, selectStreams.value + i * STREAM_BYTES, 8) },
    ];
  }

  #fillTables(): void {
    const { edge, accept, height, tail } = ziggurat;
    const place = (table: Table, precision: Precision, values: ArrayLike<number>): void => {
      this.view(precision, this.#globals[table].value, values.length).set(values);
    };
    const pairs = (first: number, second: number): number[] =>
      Array.from(accept).flatMap((bound, i) => [first * edge[i], second * bound]);
    place('layers', 'f64', [...pairs(2, 0.5), 0, 0]);
    place('layers32', 'f32', pairs(2 ** -31, 2 ** 31 * (1 - 2 ** -20)));
    place('heights', 'f64', height);
    this.#globals.tailStart.value = tail;
  }
}
