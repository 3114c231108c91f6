// The part of WebAssembly that compiled steps need, as bytes: https://webassembly.github.io/spec/core/binary/.

import type { Code, Instruction, Local, MemoryInstruction } from './code.js';

/** Types in the binary format. */
export const types = { i32: 0x7f, f64: 0x7c } as const;
const V128 = 0x7b;

const CALL = 0x10;
const instructions: Readonly<Record<Instruction, readonly number[]>> = {
  'i32.eqz': [0x45],
  'i32.le_s': [0x4c],
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.mul': [0x6c],
  'i64.extend_i32_s': [0xac],
  'i64x2.shl': [0xfd, 0xcb, 0x01],
  'i64x2.add': [0xfd, 0xce, 0x01],
  'i64x2.splat': [0xfd, 0x12],
  'f64x2.splat': [0xfd, 0x14],
  'f64x2.extract_lane 0': [0xfd, 0x21, 0],
  'f64x2.extract_lane 1': [0xfd, 0x21, 1],
  'f64x2.replace_lane 1': [0xfd, 0x22, 1],
  'f64x2.lt': [0xfd, 0x49],
  'f64x2.gt': [0xfd, 0x4a],
  'f64x2.le': [0xfd, 0x4b],
  'v128.not': [0xfd, 0x4d],
  'v128.and': [0xfd, 0x4e],
  'v128.andnot': [0xfd, 0x4f],
  'v128.or': [0xfd, 0x50],
  'v128.xor': [0xfd, 0x51],
  'v128.any_true': [0xfd, 0x53],
  'f64x2.abs': [0xfd, 0xec, 0x01],
  'f64x2.add': [0xfd, 0xf0, 0x01],
  'f64x2.sub': [0xfd, 0xf1, 0x01],
  'f64x2.mul': [0xfd, 0xf2, 0x01],
  'f64x2.div': [0xfd, 0xf3, 0x01],
  'f64x2.pmin': [0xfd, 0xf6, 0x01],
};

const memoryInstructions: Readonly<Record<MemoryInstruction, readonly number[]>> = {
  'v128.load': [0xfd, 0x00],
  'v128.load64_splat': [0xfd, 0x0a],
  'v128.store': [0xfd, 0x0b],
};
/** Exponent of the alignment that all of them have. */
const ALIGNMENT = 3;

/** A number in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -0x40 || rest >= 0x40) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...bytes, rest & 0x7f];
}

/** Bytes with their number in front, and a list of such. */
export const sized = (bytes: readonly number[]): number[] => unsigned(bytes.length).concat(bytes);

/** The code of a function in the binary format; its vectors have 128 bits. */
export class WasmCode implements Code {
  #bytes: number[] = [];
  readonly #locals: number[] = [];
  readonly zero: Local;

  constructor(private readonly parameters: number) {
    this.zero = this.vector();
  }

  vector(): Local {
    return this.parameters + this.#locals.push(V128) - 1;
  }
  integer(): Local {
    return this.parameters + this.#locals.push(types.i32) - 1;
  }

  get(local: Local): void {
    this.#add(0x20, unsigned(local));
  }
  set(local: Local): void {
    this.#add(0x21, unsigned(local));
  }
  tee(local: Local): void {
    this.#add(0x22, unsigned(local));
  }
  i32(value: number): void {
    this.#add(0x41, signed(value));
  }
  f64(value: number): void {
    this.#add(0x44, Array.from(new Uint8Array(Float64Array.of(value).buffer)));
  }
  do(...names: readonly Instruction[]): void {
    for (const name of names) for (const byte of instructions[name]) this.#bytes.push(byte);
  }
  memory(name: MemoryInstruction, offset: number): void {
    for (const byte of memoryInstructions[name]) this.#bytes.push(byte);
    this.#add(ALIGNMENT, unsigned(offset));
  }
  call(imported: number): void {
    this.#add(CALL, unsigned(imported));
  }
  advance(local: Local, by: number): void {
    this.get(local);
    this.i32(by);
    this.do('i32.add');
    this.set(local);
  }
  repeat(count: number, body: () => void): void {
    const left = this.integer();
    this.i32(count);
    this.set(left);
    this.countDown(left, body);
  }
  countDown(left: Local, body: () => void): void {
    this.#bytes.push(0x03, 0x40);
    body();
    this.get(left);
    this.i32(1);
    this.do('i32.sub');
    this.tee(left);
    this.#bytes.push(0x0d, 0, 0x0b);
  }
  ifZero(body: () => void): void {
    this.do('i32.eqz');
    this.#bytes.push(0x04, 0x40);
    body();
    this.#bytes.push(0x0b);
  }
  attempt(first: (giveUp: () => void) => void, second: () => void): void {
    this.#bytes.push(0x02, 0x40, 0x02, 0x40);
    first(() => this.#bytes.push(0x0d, 0));
    this.#bytes.push(0x0c, 1, 0x0b);
    second();
    this.#bytes.push(0x0b);
  }
  captured(body: () => void): () => void {
    const before = this.#bytes;
    const own: number[] = [];
    this.#bytes = own;
    body();
    this.#bytes = before;
    return () => {
      for (const byte of own) this.#bytes.push(byte);
    };
  }

  /** The function in the binary format. */
  finished(): number[] {
    const locals = this.#locals.map((type) => [1, type]);
    return sized([...unsigned(locals.length), ...locals.flat(), ...this.#bytes, 0x0b]);
  }

  #add(first: number, rest: readonly number[]): void {
    this.#bytes.push(first);
    for (const byte of rest) this.#bytes.push(byte);
  }
}
