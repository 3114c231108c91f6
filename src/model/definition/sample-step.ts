import type { ProgramArray, RecordedAlgebra } from '#linalg';
import type { StateArray } from './rule-definition.js';

/**
 * S + rate g(S, z) of one sample, with as few operations at every weight as its bits may depend on: decay and rate are one factor of S,
 * and the rate of an outer product y x^T is at y. The readable step and every compiled one are these operations in this order.
 */
export function sampleStep(
  algebra: RecordedAlgebra,
  arrays: readonly StateArray[],
  state: readonly ProgramArray[],
  updates: readonly ProgramArray[],
  rate: number,
): ProgramArray[] {
  return state.map((array, k) => {
    const { own, rest } = new Scaling(algebra, array, arrays[k].symmetric ?? false).split(updates[k], rate);
    const kept = own === 0 ? array : algebra.scale(array, 1 + own);
    return rest ? algebra.add(kept, rest) : kept;
  });
}

/** own S + rest. */
interface Split {
  readonly own: number;
  readonly rest: ProgramArray | null;
}

class Scaling {
  constructor(
    private readonly algebra: RecordedAlgebra,
    private readonly weights: ProgramArray,
    /** Whether (i, j) and (j, i) must stay equal bit by bit, which a factor of only one side of a product would break. */
    private readonly isSymmetric: boolean,
  ) {}

  /** factor times an array, with what it has of S apart. */
  split(array: ProgramArray, factor: number): Split {
    if (array === this.weights) return { own: factor, rest: null };
    const made = this.algebra.madeBy(array);
    if (made?.kind === 'scale') return this.split(made.a, factor * made.factor);
    if ((made?.kind === 'add' || made?.kind === 'subtract') && this.#contains(array)) {
      const [left, right] = [this.split(made.a, factor), this.split(made.b, made.kind === 'add' ? factor : -factor)];
      const rest = left.rest && right.rest ? this.algebra.add(left.rest, right.rest) : (left.rest ?? right.rest);
      return { own: left.own + right.own, rest };
    }
    return { own: 0, rest: this.#scaled(array, factor) };
  }

  /** Whether S is one of the terms that an array is the sum of. */
  #contains(array: ProgramArray): boolean {
    if (array === this.weights) return true;
    const made = this.algebra.madeBy(array);
    if (made?.kind === 'scale') return this.#contains(made.a);
    return (made?.kind === 'add' || made?.kind === 'subtract') && [made.a, made.b].some((part) => this.#contains(part));
  }

  #scaled(array: ProgramArray, factor: number, isHalf = false): ProgramArray {
    const { multiply, scale, hadamard, lowerTriangle } = this.algebra;
    const made = this.algebra.madeBy(array);
    if (!made || !this.#isFree(array, isHalf)) return scale(array, factor);
    switch (made.kind) {
      case 'scale':
        return this.#scaled(made.a, factor * made.factor);
      case 'multiply':
        return multiply(scale(made.a, factor), made.b);
      case 'lowerTriangle':
        return lowerTriangle(this.#scaled(made.a, factor, true));
      case 'hadamard':
        return this.#isFree(made.a)
          ? hadamard(this.#scaled(made.a, factor), made.b)
          : hadamard(made.a, this.#scaled(made.b, factor));
      case 'add':
      case 'subtract':
        return this.algebra[made.kind](this.#scaled(made.a, factor), this.#scaled(made.b, factor));
      default:
        return scale(array, factor);
    }
  }

  /** Whether a factor of an array, or of the half of it that is used, takes no operation at each of its entries. */
  #isFree(array: ProgramArray, isHalf = false): boolean {
    const made = this.algebra.madeBy(array);
    switch (made?.kind) {
      case 'scale':
        return true;
      case 'multiply':
        return made.a.cols === 1 && !this.isSymmetric && (isHalf || !this.#isTransposed(made.a, made.b));
      case 'lowerTriangle':
        return this.#isFree(made.a, true);
      case 'hadamard':
        return this.#isFree(made.a) || this.#isFree(made.b);
      case 'add':
      case 'subtract':
        return this.#isFree(made.a) && this.#isFree(made.b);
      default:
        return false;
    }
  }

  /** Of y y^T, which is symmetric bit by bit, one half is enough. */
  #isTransposed(a: ProgramArray, b: ProgramArray): boolean {
    const [ofA, ofB] = [this.algebra.madeBy(a), this.algebra.madeBy(b)];
    return (ofB?.kind === 'transpose' && ofB.a === a) || (ofA?.kind === 'transpose' && ofA.a === b);
  }
}
