import { BlockSums, type Blocks } from '../codes/blocks.js';
import { combine, jackknifeAll, measured, UNKNOWN, withoutBias, type Jackknifed } from '../codes/jackknife.js';
import type { Measured, Motion } from '../report.js';
import { CELLS, STRENGTH, STRENGTH_COUNT, TERMS, type LawSums } from './law-sums.js';
import { solveLaw } from './solve-law.js';

/** The statistics behind a `Motion`, for what is combined with them. */
export interface MotionStatistics {
  readonly strength: Jackknifed;
  readonly fluctuation: Jackknifed;
  readonly diffusion: Jackknifed;
  readonly quadratic: Jackknifed;
}

/**
 * The law's D, F and |v|² and the strength, of a population of N neurons: N times the mean neuron, which missing values leave
 * unbiased as long as what is missing does not depend on how neurons drift. Of one stimulus, or the mean over all (-1).
 */
export function motionStatistics(law: LawSums, blocks: Blocks, stimulus = -1): MotionStatistics {
  const { stimuli, neurons, sums, directed } = law;
  const blockSums = new BlockSums(1, blocks.count, TERMS);
  const [first, last] = stimulus < 0 ? [0, stimuli - 1] : [stimulus, stimulus];
  for (let i = first; i <= last; i++) {
    for (let n = 0; n < neurons; n++) {
      const own = blockSums.own(0, blocks.of(n));
      const start = (i * neurons + n) * TERMS;
      for (let k = 0; k < TERMS; k++) own[k] += sums[start + k];
    }
  }
  blockSums.total();
  const terms = new Float64Array(TERMS);
  const [strength, fluctuation, diffusion, quadratic] = jackknifeAll(blocks.count, (without) => {
    for (let k = 0; k < TERMS; k++) terms[k] = blockSums.get(0, k, without);
    const values = solveLaw(terms, directed);
    return [
      (neurons * terms[STRENGTH]) / terms[STRENGTH_COUNT],
      terms[CELLS] > 0 ? neurons * values.fluctuation : NaN,
      terms[CELLS] > 0 ? neurons * values.diffusion : NaN,
      terms[CELLS] > 0 ? neurons * values.quadratic : NaN,
    ];
  });
  return { strength, fluctuation, diffusion, quadratic };
}

export function motionOf({ strength, fluctuation, diffusion, quadratic }: MotionStatistics): Motion {
  const relative = measured(withoutBias(combine([diffusion, strength], (d, h2) => d / h2)));
  return {
    strength: measured(strength),
    fluctuation: measured(fluctuation),
    diffusion: measured(diffusion),
    quadratic: measured(quadratic),
    directedSpeed: speedOf(measured(quadratic)),
    relativeDiffusion: strength.value > 0 ? relative : UNKNOWN,
    halfLife: strength.value > 0 ? halfLifeOf(relative) : UNKNOWN,
  };
}

/** |v|, the root of |v|² or 0, with the interval of |v|² carried over; its error is that of the root, or of the root of the error near 0. */
export function speedOf({ value, se, interval95 }: Measured): Measured {
  if (value === null || se === null || !interval95) return UNKNOWN;
  const root = (square: number): number => Math.sqrt(Math.max(0, square));
  const speed = root(value);
  return {
    value: speed,
    se: se / (2 * Math.max(speed, root(se) / 2)) || 0,
    interval95: [root(interval95[0]), root(interval95[1])],
  };
}

const TWICE_LN2 = 2 * Math.LN2;

/** 2 ln 2 ‖h‖²/D, in which exp(-D t/2‖h‖²) falls by half; unbounded above where D may be 0, and not stated where D is not above 0. */
export function halfLifeOf({ value, se, interval95 }: Measured): Measured {
  if (value === null || se === null || !interval95 || !(interval95[1] > 0)) return UNKNOWN;
  const upper = interval95[0] > 0 ? TWICE_LN2 / interval95[0] : Infinity;
  return {
    value: value > 0 ? TWICE_LN2 / value : null,
    se: value > 0 ? (TWICE_LN2 * se) / value ** 2 : null,
    interval95: [TWICE_LN2 / interval95[1], upper],
  };
}
