import type { Matrix } from '#linalg';
import type { KernelInstance } from '../instance.js';
import { Code, type Local } from './code.js';
import { importOfFunction } from './module.js';
import type { Region } from './step-program.js';

/** Bytes of a vector. */
export const VECTOR = 16;

/** Parameters of a compiled step: where its regions begin, and how many steps to make. */
export const parameters = { state: 0, drawn: 1, input: 2, steps: 3 } as const;

/**
 * What the code of all sections shares: the function that they are part of, working space, constants, functions of
 * numbers.
 */
export class Context {
  readonly code = new Code(Object.keys(parameters).length);
  /** Functions of numbers that the code calls, in the order of their imports. */
  readonly functions: ((x: number) => number)[] = [];
  readonly #constants = new Map<string, number>();

  constructor(
    private readonly kernel: KernelInstance,
    /** Address of the sums over a batch. */
    private readonly sums: number,
  ) {}

  /** Address of room for vectors. */
  scratch(vectors: number): number {
    return this.kernel.allocate(vectors * VECTOR);
  }

  /** The variable that holds the address of a region, or the address itself. */
  region(region: Region): { readonly pointer: Local | null; readonly address: number } {
    return region === 'sums' ? { pointer: null, address: this.sums } : { pointer: parameters[region], address: 0 };
  }

  /** Address of a number as a vector. Literals are built again each time they are used. */
  constant(value: number): number {
    // Keys that tell 0 from -0.
    const key = Object.is(value, -0) ? '-0' : String(value);
    const address = this.#constants.get(key) ?? this.kernel.allocateNumbers([value, value], 'f64');
    this.#constants.set(key, address);
    return address;
  }

  /** Address of the numbers of a matrix, 8 bytes each. */
  matrix({ data }: Matrix): number {
    return this.kernel.allocateNumbers(data, 'f64');
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
