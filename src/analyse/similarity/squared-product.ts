import type { SessionGram } from './session-gram.js';
import { centredProducts } from './subset-products.js';

/**
 * <G_a, G_b>² over stimuli, without the variance of trial noise. It is bilinear in G_a with itself and in G_b with itself, so that the sums which
 * give f(G_a, G_a) and f(G_b, G_b) free of bias, one in the other, give it too. Where each square comes from trials that share none, the
 * square k of G_a with the square k of G_b is enough.
 */
export function squaredProduct(first: SessionGram, second: SessionGram): (stimuli: readonly number[]) => number {
  const { size } = first.gram;
  const parts = first.squares.flatMap((own, k) => {
    const others = first.shareNone ? [{ ...second.squares[k], factor: 1 }] : second.squares;
    return others.map((other) => ({
      factor: own.factor * other.factor,
      one: [own.first.whole, other.first.whole] as const,
      two: [own.second.whole, other.second.whole] as const,
      alike: own.first === own.second && other.first === other.second,
    }));
  });
  const product = ([a, b]: readonly [Float64Array, Float64Array], stimuli: readonly number[]): number =>
    centredProducts(a, b, size, stimuli).whole;
  return (stimuli) =>
    parts.reduce((sum, { factor, one, two, alike }) => {
      const own = product(one, stimuli);
      return sum + factor * own * (alike ? own : product(two, stimuli));
    }, 0);
}
