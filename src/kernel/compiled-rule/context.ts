import type { Matrix } from '#linalg';
import type { KernelInstance } from '../instance.js';
import type { Code, Local } from './code.js';
import { importOfFunction } from './module.js';
import type { Region } from './program/section.js';

/** Bytes of a number. */
const NUMBER = 8;

/** Parameters of a compiled step: where its regions begin, and how many steps to make. */
export const parameters = { state: 0, drawn: 1, input: 2, steps: 3 } as const;

/**
 * What the code of all sections shares: the function that they are part of, working space, constants, functions of
 * numbers.
 */
export class Context {
  /** Bytes of a vector. */
  readonly vector: number;
  /** Functions of numbers that the code calls, in the order of their imports. */
  readonly functions: ((x: number) => number)[] = [];
  /** Address of the sums over a batch. */
  readonly sums: number;
  readonly #constants = new Map<string, number>();

  /** `lanes` replicas in a vector; `sumsSize` vectors of sums over a batch. */
  constructor(
    private readonly kernel: KernelInstance,
    readonly code: Code,
    private readonly lanes: number,
    sumsSize: number,
  ) {
    this.vector = lanes * NUMBER;
    this.sums = this.scratch(sumsSize);
  }

  /** Address of room for vectors. */
  scratch(vectors: number): number {
    return this.kernel.allocate(vectors * this.vector, this.vector);
  }

  /** The variable that holds the address of a region, or the address itself. */
  region(region: Region): { readonly pointer: Local | null; readonly address: number } {
    return region === 'sums' ? { pointer: null, address: this.sums } : { pointer: parameters[region], address: 0 };
  }

  /** Address of a number as a vector. Literals are built again each time they are used. */
  constant(value: number): number {
    // Keys that tell 0 from -0.
    const key = Object.is(value, -0) ? '-0' : String(value);
    const address = this.#constants.get(key) ?? this.#numbers(new Array<number>(this.lanes).fill(value));
    this.#constants.set(key, address);
    return address;
  }

  /** Address of the numbers of a matrix, 8 bytes each. */
  matrix({ data }: Matrix): number {
    return this.#numbers(data);
  }

  #numbers(values: ArrayLike<number>): number {
    const address = this.kernel.allocate(values.length * NUMBER, this.vector);
    this.kernel.view('f64', address, values.length).set(values);
    return address;
  }

  /** Sets vectors to a number. */
  fill(address: number, count: number, value: number): void {
    if (count === 0) return;
    const { code } = this;
    const at = code.integer();
    code.i32(0);
    code.set(at);
    code.repeat(count, () => {
      code.get(at);
      this.load(this.constant(value));
      code.memory('v128.store', address);
      code.advance(at, this.vector);
    });
  }

  /** Pushes the vector at an address that does not change. */
  load(address: number): void {
    this.code.i32(0);
    this.code.memory('v128.load', address);
  }

  /** Turns the vector on the stack into that of a function of its lanes. */
  apply(f: (x: number) => number): void {
    const { code } = this;
    const known = this.functions.indexOf(f);
    const index = importOfFunction(known >= 0 ? known : this.functions.push(f) - 1);
    const argument = code.vector();
    code.tee(argument);
    code.do('f64x2.extract_lane 0');
    code.call(index);
    code.do('f64x2.splat');
    code.get(argument);
    code.do('f64x2.extract_lane 1');
    code.call(index);
    code.do('f64x2.replace_lane 1');
  }
}
