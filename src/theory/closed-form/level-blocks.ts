import { add, inner, multiply, scale, type Matrix } from '#linalg';
import { determinant, inverseOf, sylvester, twoByTwo, unit } from './two-by-two.js';

/** Equal inputs: `count` axes of second moment `variance` (lambda), whose squares have the variance `squareVariance`. */
interface Level {
  readonly count: number;
  readonly variance: number;
  /** Var(x_a^2): 2 lambda^2 when Gaussian. */
  readonly squareVariance: number;
}

/** An autoencoder whose axes fall into levels. All moments beyond those of one axis are those of pairs of levels. */
export interface LevelProblem {
  readonly levels: readonly Level[];
  /** E x_a^2 x_c^2 of two different axes of levels A and C: lambda_A lambda_C when Gaussian. */
  readonly productVariance: (A: number, C: number) => number;
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly learningRate: number;
  readonly batchSize: number;
}

/** H, C and the Lyapunov solution of one block, named as in `levelForms`. */
interface Block {
  /** s_A / g: how much of p and q lies in the row of A. */
  readonly share: number;
  /** H. */
  readonly h: Matrix;
  /** C. */
  readonly noise: Matrix;
  /** L of H L + L H = C. */
  readonly lyapunov: Matrix;
  /** S = H L H. */
  readonly weighted: Matrix;
}

/** The block of a learned axis of level A with another axis of level C, p the variable in the row of A. */
export function block(problem: LevelProblem, s: readonly number[], A: number, C: number): Block {
  const { levels, weightDecay: gamma, labelNoiseVariance: sigma2, batchSize } = problem;
  const [la, lc] = [levels[A].variance, levels[C].variance];
  const [rhoA, rhoC] = [gamma / la, Math.min(gamma / lc, 1)];
  const g = s[A] + s[C];
  const h = twoByTwo(lc * g + gamma, -lc * rhoC, la * g + gamma);
  const k = problem.productVariance(A, C);
  const noise = scale(
    twoByTwo(rhoA ** 2 * k + sigma2 * lc, rhoA * rhoC * k, rhoC ** 2 * k + sigma2 * la),
    g / batchSize,
  );
  const inverse = inverseOf(h);
  const lyapunov = scale(
    add(noise, multiply(inverse, noise, inverse), determinant(h)),
    1 / (2 * (h.data[0] + h.data[3])),
  );
  return { share: s[A] / g, h, noise, lyapunov, weighted: multiply(h, lyapunov, h) };
}

/** W(C) of `levelForms`: the column of an axis of level C, from its blocks with the axes a and b of the plane. */
export function columnVariance(ac: Block, bc: Block): number {
  const u = sylvester(ac.h, bc.h, scale(unit, 2 * Math.sqrt(ac.share * bc.share)));
  return (
    inner(multiply(ac.weighted, u), multiply(u, bc.noise)) + inner(multiply(ac.noise, u), multiply(u, bc.weighted))
  );
}
