import { jackknifeAll, type Jackknifed } from '../codes/jackknife.js';
import { solveLaw } from '../law/solve-law.js';
import type { PairSums } from './pair-sums.js';

const ROUNDS = 2;

/**
 * D, F and |v|² from displacement against gap, E T = 2 F + D dt + |v|² dt²: least squares over pairs of sessions, weighted by the variance that
 * a squared displacement has by itself, proportional to its expectation squared, trial noise included. A second way beside the
 * increments: pairs share sessions, which the weights leave out, so its error is larger and comes from the jackknife alone.
 * Without `directed` the quadratic term is left out.
 */
export function displacementLaw(
  sums: PairSums,
  members: readonly number[],
  directed: boolean,
): { readonly diffusion: Jackknifed; readonly fluctuation: Jackknifed; readonly quadratic: Jackknifed } {
  const [diffusion, fluctuation, quadratic] = jackknifeAll(sums.blocks, (without) => {
    const used = members.filter((p) => Number.isFinite(sums.displacement(p, without)));
    let weights = used.map(() => 1);
    let law = { diffusion: NaN, fluctuation: NaN, quadratic: NaN };
    for (let round = 0; round <= ROUNDS; round++) {
      law = weighted(sums, used, weights, without, directed);
      weights = weightsOf(sums, used, law, without);
    }
    return [law.diffusion, law.fluctuation, law.quadratic];
  });
  return { diffusion, fluctuation, quadratic };
}

function weighted(
  sums: PairSums,
  used: readonly number[],
  weights: readonly number[],
  without: number,
  directed: boolean,
): ReturnType<typeof solveLaw> {
  const terms = new Float64Array(9);
  used.forEach((p, k) => {
    const { gap } = sums.pairs[p];
    const regressors = directed ? [gap, 2, gap * gap] : [gap, 2];
    let next = 3;
    for (let a = 0; a < 3; a++) {
      for (let b = a; b < 3; b++, next++) {
        if (b < regressors.length) terms[next] += weights[k] * regressors[a] * regressors[b];
      }
      if (a < regressors.length) terms[a] += weights[k] * regressors[a] * sums.displacement(p, without);
    }
  });
  return solveLaw(terms, directed);
}

/** 1/(expected raw displacement)², with a tenth of the mean at least, so that no pair takes all the weight. */
function weightsOf(
  sums: PairSums,
  used: readonly number[],
  { diffusion, fluctuation, quadratic }: ReturnType<typeof solveLaw>,
  without: number,
): number[] {
  const raw = used.map((p) => sums.raw(p, without));
  const floor = (0.1 * raw.reduce((sum, value) => sum + value, 0)) / raw.length;
  return used.map((p, k) => {
    const { gap } = sums.pairs[p];
    const noise = raw[k] - sums.displacement(p, without);
    const expected = 2 * fluctuation + diffusion * gap + (quadratic || 0) * gap * gap + noise;
    return 1 / Math.max(expected, floor) ** 2;
  });
}
