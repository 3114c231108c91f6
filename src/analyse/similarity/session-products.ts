import type { SessionGram } from './session-gram.js';
import type { Subset } from './stimulus-blocks.js';
import type { CentredProducts, SumsOfMatrices } from './subset-products.js';

/** Any product of a session's Gram matrix with itself, free of the bias of trial noise. */
type Square = (product: (of: CentredProducts) => number) => number;

interface Part {
  readonly factor: number;
  readonly products: CentredProducts;
}

const squareOf =
  (parts: readonly Part[]): Square =>
  (product) =>
    parts.reduce((sum, { factor, products }) => sum + factor * product(products), 0);

export const plainSquare = ({ squares }: SessionGram, sums: SumsOfMatrices): Square =>
  squareOf(
    squares.map(({ factor, first, second }) => ({ factor, products: sums.products(first.whole, second.whole) })),
  );

/** The same with classes of neurons weighted in the second matrix, and in both. */
export function weightedSquares(
  { squares }: SessionGram,
  weights: ArrayLike<number>,
  sums: SumsOfMatrices,
): { readonly mixed: Square; readonly weighted: Square } {
  const parts = squares.map(({ factor, first, second }) => ({
    factor,
    plain: first.whole,
    first: first.sum(weights),
    second: second.sum(weights),
  }));
  return {
    mixed: squareOf(parts.map(({ factor, plain, second }) => ({ factor, products: sums.products(plain, second) }))),
    weighted: squareOf(parts.map(({ factor, first, second }) => ({ factor, products: sums.products(first, second) }))),
  };
}

/**
 * <G_a, G_b>² over stimuli, without the variance of trial noise. It is bilinear in G_a with itself and in G_b with itself, so that the sums which
 * give f(G_a, G_a) and f(G_b, G_b) free of bias, one in the other, give it too. Where each square comes from trials that share none, the
 * square k of G_a with the square k of G_b is enough.
 */
export function squaredProduct(
  first: SessionGram,
  second: SessionGram,
  sums: SumsOfMatrices,
): (subset: Subset) => number {
  const parts = first.squares.flatMap((own, k) => {
    const others = first.shareNone ? [{ ...second.squares[k], factor: 1 }] : second.squares;
    return others.map((other) => {
      const alike = own.first === own.second && other.first === other.second;
      const one = sums.products(own.first.whole, other.first.whole);
      const two = alike ? one : sums.products(own.second.whole, other.second.whole);
      return { factor: own.factor * other.factor, one, two };
    });
  });
  return (subset) =>
    parts.reduce((sum, { factor, one, two }) => {
      const product = one.whole(subset);
      return sum + factor * product * (one === two ? product : two.whole(subset));
    }, 0);
}
