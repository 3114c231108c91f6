import { addWideProduct } from '#linalg';

/** Activities of M stimuli, row-major M x N, of all N neurons of a recording. */
export type Activity = Float64Array;

/** Neurons of each class. */
export type Classes = readonly (readonly number[])[];

/** A symmetric M x M matrix, a sum over classes of neurons. */
export class ClassGram {
  #whole: Float64Array | null = null;

  constructor(
    readonly size: number,
    readonly classes: readonly Float64Array[],
  ) {}

  /** Sum of the classes, which is kept: every pair of sessions needs it. */
  get whole(): Float64Array {
    return (this.#whole ??= this.sum(new Float64Array(this.classes.length).fill(1)));
  }

  /** Sum of the classes, each times its weight. */
  sum(weights: ArrayLike<number>): Float64Array {
    const result = new Float64Array(this.size * this.size);
    this.classes.forEach((own, c) => {
      const weight = weights[c];
      for (let k = 0; k < own.length; k++) result[k] += weight * own[k];
    });
    return result;
  }
}

/** Symmetric part of x y' summed over the neurons of each class. Cost: M² N. */
export function classGram(x: Activity, y: Activity, size: number, classes: Classes): ClassGram {
  const neurons = x.length / size;
  return new ClassGram(
    size,
    classes.map((own) => {
      const first = gathered(x, size, neurons, own);
      return symmetricProduct(first, x === y ? first : gathered(y, size, neurons, own), size, own.length);
    }),
  );
}

export const meanGram = (grams: readonly ClassGram[]): ClassGram =>
  new ClassGram(
    grams[0].size,
    grams[0].classes.map((own, c) =>
      own.map((_, k) => grams.reduce((sum, { classes }) => sum + classes[c][k], 0) / grams.length),
    ),
  );

function gathered(x: Activity, size: number, neurons: number, members: readonly number[]): Float64Array {
  const result = new Float64Array(size * members.length);
  for (let i = 0, k = 0; i < size; i++) for (const n of members) result[k++] = x[i * neurons + n];
  return result;
}

function symmetricProduct(x: Float64Array, y: Float64Array, size: number, width: number): Float64Array {
  const products = new Float64Array(size * size);
  addWideProduct(products, x, y, size, width, size);
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const [at, turned] = [i * size + j, j * size + i];
      result[at] = result[turned] = (products[at] + products[turned]) / 2;
    }
  }
  return result;
}
