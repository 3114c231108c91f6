import type { Codes } from '../codes/codes.js';
import { GramsOfCodes } from './grams-of-codes.js';
import { pairMoments } from './pair-moments.js';
import { plainSquare, squaredProduct, weightedSquares } from './session-products.js';
import { smoothOverlaps } from './smooth-overlaps.js';
import { deletions, type Deletions, type StimulusBlocks, type Subset } from './stimulus-blocks.js';
import { SumsOfMatrices, type CentredProducts } from './subset-products.js';

/** Products of a pair of sessions over some stimuli, trial noise removed; NaN where noise leaves nothing. */
export interface PairProducts {
  /** <G_a, G_b>, its square without the variance of trial noise, and sqrt(<G_a, G_a> <G_b, G_b>). */
  readonly product: number;
  readonly productSquared: number;
  readonly norms: number;
  /** The same of the surrogate whose stimuli drift by themselves by as much. */
  readonly independentProduct: number;
  readonly independentNorms: number;
}

/**
 * S = <G_a, G_b> / sqrt(<G_a, G_a> <G_b, G_b>), 1 where the codes only turned; over several pairs the ratio of sums. A root of a noisy number is
 * too small on average: with Ĝ = G + δ, x = <G, δ>/<G, G> and y of mean 0 the root of <G, G>(1 + 2x + y) is 1 - E x²/2 of the true one. With
 * ν = E x_a² + E x_b², the relative variance of <G_a, G_b> by trial noise, S comes out too large by the factor 1 + ν/2, and is divided by it.
 * So is S of the surrogate: its roots are of the same <G_a, G_a>, and of a matrix with the same strengths as G_b. NaN where |ν| is 1 or
 * more: there noise leaves nothing to expand a root about.
 */
export function similarityOver(pairs: readonly PairProducts[]): {
  readonly similarity: number;
  readonly independent: number;
  /** The factor 1 + ν/2. */
  readonly tooLarge: number;
} {
  const used = pairs.filter(({ norms, independentNorms }) => Number.isFinite(norms + independentNorms));
  const sum = (of: (pair: PairProducts) => number): number => used.reduce((total, own) => total + of(own), 0);
  const squares = sum(({ product, norms }) => (product / norms) ** 2);
  const variance = 1 - sum(({ productSquared, norms }) => productSquared / norms ** 2) / squares;
  const tooLarge = Math.abs(variance) < 1 ? 1 + variance / 2 : NaN;
  return {
    tooLarge,
    similarity: sum(({ product }) => product) / sum(({ norms }) => norms) / tooLarge,
    independent: sum((own) => own.independentProduct) / sum((own) => own.independentNorms) / tooLarge,
  };
}

interface PairSimilarities {
  readonly pairs: readonly Deletions<PairProducts>[];
  /** S of a surrogate whose neighbouring stimuli drift alike, as much as these did, of all stimuli. */
  readonly smooth: readonly number[];
}

/** Products of stimuli and neurons that the smooth surrogate may cost; beyond, it is made of some pairs, spread evenly. */
const MAX_SMOOTH = 3e8;

/** Stimuli from which Gram matrices have a shape that can be compared. */
export const MIN_STIMULI = 3;

/**
 * S of every pair of sessions (in the order of `pairSums`) and of surrogates matched in strength, self-correlation and noise.
 * In the surrogate of independent drift h_b = ρ h_a + new, with ρ = h_a.h_b/‖h_a‖² of neurons of about one strength and new parts independent
 * between stimuli, of the variance that every neuron shows:
 *   E G_b = O(G_a^ρ) + diag(‖h_b,i‖²),   E <G_b, G_b> = <E G_b, E G_b> + V,
 * G^ρ the Gram matrix with each neuron weighted by ρ², O without its diagonal, V the variance of overlaps that appear by chance. Nothing is
 * drawn: expectations stand for surrogates. Cost: sessions x M² N, or pairs x M² N where neurons are missing.
 */
export function similarities(codes: Codes, blocks: StimulusBlocks): PairSimilarities {
  const grams = new GramsOfCodes(codes);
  const sums = new SumsOfMatrices(blocks);
  const pairs: Deletions<PairProducts>[] = [];
  const smooth: number[] = [];
  const { sessions, stimuli, neurons } = codes;
  const all = (sessions * (sessions - 1)) / 2;
  const stride = Math.ceil((all * stimuli * stimuli * neurons) / MAX_SMOOTH);
  for (let a = 0; a < sessions; a++) {
    for (let b = a + 1; b < sessions; b++) {
      const pair = productsOf(codes, grams, a, b, pairs.length % stride === 0, sums);
      pairs.push(pair.products);
      smooth.push(pair.smooth);
    }
  }
  return { pairs, smooth };
}

function productsOf(
  codes: Codes,
  grams: GramsOfCodes,
  a: number,
  b: number,
  withSmooth: boolean,
  sums: SumsOfMatrices,
): { readonly products: Deletions<PairProducts>; readonly smooth: number } {
  const { classes, first, second } = grams.pair(a, b);
  const moments = pairMoments(codes, a, b, classes, sums.blocks);
  const { ratios, chance } = moments.without(-1, -1);
  const weights = ratios.map((ratio) => ratio * ratio);
  const between = (x: Float64Array, y: Float64Array): CentredProducts => sums.products(x, y);
  const [gramA, gramB] = [first.gram.whole, second.gram.whole];
  const weightedA = first.gram.sum(weights);
  const strengths = diagonalMatrix(moments.secondStrengths);
  const [squareA, squareB] = [plainSquare(first, sums), plainSquare(second, sums)];
  const { mixed, weighted } = weightedSquares(first, weights, sums);
  const plainWithStrengths = between(gramA, strengths);
  const strengthsWithWeighted = between(strengths, weightedA);
  const surrogate = (subset: Subset, chance: number): Surrogate => {
    const count = subset.stimuli.length;
    return {
      whole: squareA((own) => own.whole(subset)),
      across: mixed((own) => own.wholeAndRest(subset)) + plainWithStrengths.whole(subset),
      expected:
        weighted((own) => own.rest(subset)) +
        2 * strengthsWithWeighted.wholeAndRest(subset) +
        squareB((own) => own.diagonal(subset)) +
        Math.max(0, chance) * (1 - 2 / count + 2 / (count * count)),
    };
  };
  const product = between(gramA, gramB);
  const productSquared = squaredProduct(first, second, sums);
  const products = deletions(sums.blocks, (one, two): PairProducts => {
    const subset = sums.blocks.without(one, two);
    const other = squareB((own) => own.whole(subset));
    const { whole, across, expected } = surrogate(subset, moments.without(one, two).chance);
    return {
      product: product.whole(subset),
      productSquared: productSquared(subset),
      norms: rootOf(whole, other),
      independentProduct: across,
      independentNorms: rootOf(whole, expected),
    };
  });
  if (!withSmooth) return { products, smooth: NaN };
  const overlaps = smoothOverlaps(codes, a, b, classes, ratios, weightedA, gramB);
  const all = sums.blocks.without(-1, -1);
  const { whole, across, expected } = surrogate(all, chance);
  const added =
    2 * between(weightedA, overlaps).rest(all) +
    2 * between(overlaps, strengths).whole(all) +
    between(overlaps, overlaps).whole(all);
  const smooth = (across + between(gramA, overlaps).whole(all)) / rootOf(whole, expected + added);
  return { products, smooth };
}

interface Surrogate {
  readonly whole: number;
  readonly across: number;
  readonly expected: number;
}

const rootOf = (a: number, b: number): number => (a > 0 && b > 0 ? Math.sqrt(a * b) : NaN);

function diagonalMatrix(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length ** 2);
  values.forEach((value, i) => (result[i * (values.length + 1)] = value));
  return result;
}
