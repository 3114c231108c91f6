/** A local variable of a function, by its number. */
export type Local = number;

/** Types of numbers of imported functions. */
export type NumberType = 'i32' | 'f64';

/** Instructions that take their operands from the stack and leave their result there; names and meaning of WebAssembly. */
export type Instruction =
  | 'i32.eqz'
  | 'i32.le_s'
  | 'i32.add'
  | 'i32.sub'
  | 'i32.mul'
  | 'i64.extend_i32_s'
  | 'i64x2.shl'
  | 'i64x2.add'
  | 'i64x2.splat'
  | 'f64x2.splat'
  | 'f64x2.extract_lane 0'
  | 'f64x2.extract_lane 1'
  | 'f64x2.replace_lane 1'
  | 'f64x2.lt'
  | 'f64x2.gt'
  | 'f64x2.le'
  | 'f64x2.abs'
  | 'f64x2.add'
  | 'f64x2.sub'
  | 'f64x2.mul'
  | 'f64x2.div'
  | 'f64x2.pmin'
  | 'v128.not'
  | 'v128.and'
  | 'v128.andnot'
  | 'v128.or'
  | 'v128.xor'
  | 'v128.any_true';

export type MemoryInstruction = 'v128.load' | 'v128.load64_splat' | 'v128.store';

/**
 * What makes the code of one function, whose parameters are i32 and which returns nothing, on a stack machine: that of
 * WebAssembly, with vectors of any width.
 */
export interface Code {
  /** A vector of zeros. */
  readonly zero: Local;
  /** New variables; they begin as zeros. */
  vector(): Local;
  integer(): Local;
  get(local: Local): void;
  set(local: Local): void;
  /** Sets the variable, and leaves the value. */
  tee(local: Local): void;
  i32(value: number): void;
  f64(value: number): void;
  do(...names: readonly Instruction[]): void;
  /** Loads or stores at an address on the stack plus an offset. */
  memory(name: MemoryInstruction, offset: number): void;
  call(imported: number): void;
  /** Adds a constant to an integer variable. */
  advance(local: Local, by: number): void;
  /** Makes the body `count` > 0 times. */
  repeat(count: number, body: () => void): void;
  /** Makes the body as often as the variable says, at least once; the variable is 0 at the end. */
  countDown(left: Local, body: () => void): void;
  /** Makes the body where the integer on the stack is 0. */
  ifZero(body: () => void): void;
  /** Makes the first body; where it gives up, which it does when an integer on the stack is not 0, the second. */
  attempt(first: (giveUp: () => void) => void, second: () => void): void;
  /** What the body would add, to be added later: for what comes before it depends on it. */
  captured(body: () => void): () => void;
}

/** Makes the body as often as the variable says, perhaps never; the variable is 0 at the end. */
export function countDownFromAny(code: Code, left: Local, body: () => void): void {
  code.get(left);
  code.do('i32.eqz');
  code.ifZero(() => {
    code.countDown(left, body);
  });
}
