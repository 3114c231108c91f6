import { fromData, type ArrayAlgebra } from '#linalg';
import type { NetworkModel } from './network-model.js';

/** gamma / 2 sum d_l |W_l|^2, 1 x 1. */
export function decayPenalty<A>(
  algebra: ArrayAlgebra<A>,
  { weightDecay, layerDecays }: NetworkModel,
  weights: readonly A[],
): A {
  const { add, scale, hadamard } = algebra;
  const [first, ...others] = weights.map((w, l) => {
    const squares = total(algebra, hadamard(w, w));
    return layerDecays ? scale(squares, layerDecays[l]) : squares;
  });
  return scale(add(first, ...others), weightDecay / 2);
}

/** The sum of all entries, 1 x 1. */
function total<A>({ constant, multiply, rows, cols }: ArrayAlgebra<A>, a: A): A {
  const ones = (count: number): Float64Array => new Float64Array(count).fill(1);
  return multiply(constant(fromData(1, rows(a), ones(rows(a)))), a, constant(fromData(cols(a), 1, ones(cols(a)))));
}
