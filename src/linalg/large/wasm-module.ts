// What the kernels here need of the binary format of WebAssembly: https://webassembly.github.io/spec/core/binary/.
// Code is a list of bytes; locals are numbered, parameters first.

export const PAGE_BYTES = 65_536;

const I32 = 0x7f;
const V128 = 0x7b;

const unsigned = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(Math.floor(value / 0x80))];
const signed = (value: number): number[] =>
  value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, ...items: readonly (readonly number[])[]): number[] => [
  id,
  ...sized([...unsigned(items.length), ...items.flat()]),
];
const named = (text: string): number[] => sized(Array.from(text, (letter) => letter.charCodeAt(0)));

export const get = (local: number): number[] => [0x20, ...unsigned(local)];
export const set = (local: number): number[] => [0x21, ...unsigned(local)];
export const constant = (value: number): number[] => [0x41, ...signed(value)];
export const sum = (a: readonly number[], b: readonly number[]): number[] => [...a, ...b, 0x6a];
export const product = (a: readonly number[], b: readonly number[]): number[] => [...a, ...b, 0x6c];
export const increase = (local: number, by: readonly number[]): number[] => [...sum(get(local), by), ...set(local)];
/** Repeats the body while local < end; runs it once at least. */
export const repeat = (body: readonly number[], local: number, end: number): number[] => [
  ...[0x03, 0x40, ...body, ...get(local), ...get(end), 0x49],
  ...[0x0d, 0, 0x0b],
];
export const when = (condition: readonly number[], body: readonly number[]): number[] => [
  ...condition,
  ...[0x04, 0x40, ...body, 0x0b],
];

/** With the alignment of f64. */
const memory = (opcode: number, address: number, offset: number): number[] => [
  ...get(address),
  ...[0xfd, opcode, 3, ...unsigned(offset)],
];
export const load = (address: number, offset: number): number[] => memory(0x00, address, offset);
export const loadTwice = (address: number, offset: number): number[] => memory(0x0a, address, offset);
/** The value on the stack, for the code of an address before it. */
export const store = (offset: number): number[] => [0xfd, 0x0b, 3, ...unsigned(offset)];
export const loadInteger = (address: number, offset: number): number[] => [
  ...get(address),
  ...[0x28, 2, ...unsigned(offset)],
];
export const addVector = [0xfd, 0xf0, 0x01];
export const subtractVectors = [0xfd, 0xf1, 0x01];
export const multiplyVectors = [0xfd, 0xf2, 0x01];

/** A function with so many parameters and locals of i32, and locals of v128 after them; its body without the end. */
interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly integers: number;
  readonly vectors: number;
  readonly body: readonly number[];
}

/** A module that exports its `memory` of `pages` and the function. */
export const wasmModule = (
  pages: number,
  { name, parameters, integers, vectors, body }: WasmFunction,
): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [0x60, ...sized(new Array<number>(parameters).fill(I32)), 0]),
    ...section(3, [0]),
    ...section(5, [0, ...unsigned(pages)]),
    ...section(7, [...named('memory'), 2, 0], [...named(name), 0, 0]),
    ...section(10, sized([2, ...unsigned(integers), I32, ...unsigned(vectors), V128, ...body, 0x0b])),
  ]);
