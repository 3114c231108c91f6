import { add, fromData, multiply, transpose, type Matrix } from '#linalg';
import { block, columnVariance, type LevelProblem } from './level-blocks.js';
import { inverseOf, unit } from './two-by-two.js';

/** Closed forms by level; a level of variance at or below the weight decay is not learned and does not rotate. */
export interface LevelForms {
  /** s = 1 - gamma / lambda, 0 where not learned. */
  readonly singularValues: number[];
  /** Rotation variance per step (rad^2) in a plane of one axis of level A and one of level B; 0 unless both are learned. */
  readonly rotationVariance: (A: number, B: number) => number;
  /** F(x) of a stimulus within one level, by its squared length. */
  readonly fluctuation: (level: number, squaredNormOfX: number) => number;
  /** D(x) of a stimulus within one level, by its squared length: s |x|^2 times the sum of the variances of its planes. */
  readonly diffusion: (level: number, squaredNormOfX: number) => number;
}

/**
 * With the blocks of `modeBlocks` for a learned axis of level A and any axis of level C, in the order (p, q),
 *   g = s_A + s_C,  H_AC = [ l_C g + gamma_C, -l_C rho_C; -l_C rho_C, l_A g + gamma ],  rho = min(gamma / lambda, 1),
 *   C_AC = (g / B) [ rho_A^2 k + sigma2 l_C, rho_A rho_C k; rho_A rho_C k, rho_C^2 k + sigma2 l_A ],  k = E x_a^2 x_c^2,
 * L the solution of H L + L H = C, that is L = (C + det H H^-1 C H^-1) / (2 tr H), and S = H L H:
 *   Var omega_AB = (eta^3 / (4 (s_A + s_B)^2)) [ sum_C n'_C W(C) + (two columns a and b) ],  n'_C = n_C - [C=A] - [C=B],
 *   W(C) = tr U^T S_AC U C_BC + tr U^T C_AC U S_BC,  H_AC U + U H_BC = 2 sqrt(s_A s_B / (g_AC g_BC)) I;
 * columns a and b combine the diagonal block (curvature 2 l s, noise 2 s (rho^2 Var x^2 + sigma2 l) / B) with the block of
 * (a, b) in the same way. F(x) = |x|^2 eta [ sum_A n'_A (s_A / g) L_pp + noise / (8 l s) ]. All are rational in the parameters.
 */
export function levelForms(problem: LevelProblem): LevelForms {
  const { levels, weightDecay: gamma, learningRate: eta } = problem;
  const s = levels.map(({ variance }) => Math.max(1 - gamma / variance, 0));
  if (!(gamma > 0 && s.some((value) => value > 0))) {
    throw new RangeError(
      `the closed form needs 0 < weightDecay < ${Math.max(...levels.map(({ variance }) => variance))}, got ${gamma}`,
    );
  }
  const rotationVariance = (A: number, B: number): number => {
    if (s[A] === 0 || s[B] === 0 || (A === B && levels[A].count < 2)) return 0;
    let sum = diagonalColumns(problem, s, A, B);
    levels.forEach(({ count }, C) => {
      const others = count - Number(C === A) - Number(C === B);
      if (others > 0) sum += others * columnVariance(block(problem, s, A, C), block(problem, s, B, C));
    });
    return (eta ** 3 * sum) / (4 * (s[A] + s[B]) ** 2);
  };
  return {
    singularValues: s,
    rotationVariance,
    fluctuation: (level, xx) => {
      let sum = s[level] > 0 ? diagonalNoise(problem, s, level) / (8 * levels[level].variance * s[level]) : 0;
      levels.forEach(({ count }, A) => {
        const others = count - Number(A === level);
        if (s[A] === 0 || others === 0) return;
        const { share, lyapunov } = block(problem, s, A, level);
        sum += others * share * lyapunov.data[0];
      });
      return eta * xx * sum;
    },
    diffusion: (level, xx) =>
      levels.reduce(
        (sum, { count }, B) => sum + (count - Number(B === level)) * rotationVariance(level, B) * s[level] * xx,
        0,
      ),
  };
}

/** Noise of (X_aa + Z_aa) / sqrt(2). */
function diagonalNoise(
  { levels, weightDecay, labelNoiseVariance, batchSize }: LevelProblem,
  s: readonly number[],
  A: number,
): number {
  const { variance, squareVariance } = levels[A];
  return (2 * s[A] * ((weightDecay / variance) ** 2 * squareVariance + labelNoiseVariance * variance)) / batchSize;
}

/** Columns a and b of a plane: each diagonal block with the block of the pair, and the correlation of the two. */
function diagonalColumns(problem: LevelProblem, s: readonly number[], A: number, B: number): number {
  const { levels, weightDecay: gamma, batchSize } = problem;
  const pair = block(problem, s, A, B);
  const mu = (level: number): number => 2 * levels[level].variance * s[level];
  /** mu_d u + u H = 2 Pi, Pi = sqrt(share / 2) (1, 1): p and q in the row opposite to the diagonal block. */
  const coupling = (level: number, share: number): Matrix =>
    multiply(
      fromData(1, 2, new Float64Array(2).fill(Math.SQRT2 * Math.sqrt(share))),
      inverseOf(add(pair.h, unit, mu(level))),
    );
  const withA = coupling(A, 1 - pair.share);
  const withB = coupling(B, pair.share);
  const form = (left: Matrix, middle: Matrix, right: Matrix): number =>
    multiply(left, middle, transpose(right)).data[0];
  const diagonalTerm = (level: number, u: Matrix): number => {
    const noise = diagonalNoise(problem, s, level);
    // S = mu^2 C / (2 mu).
    return ((noise * mu(level)) / 2) * form(u, pair.noise, u) + noise * form(u, pair.weighted, u);
  };
  const covariance = problem.productVariance(A, B) - levels[A].variance * levels[B].variance;
  const related =
    (2 * Math.sqrt(s[A] * s[B]) * (gamma / levels[A].variance) * (gamma / levels[B].variance) * covariance) / batchSize;
  const weighted = (related * mu(A) * mu(B)) / (mu(A) + mu(B));
  const across = weighted * form(withA, pair.noise, withB) + related * form(withA, pair.weighted, withB);
  return diagonalTerm(A, withA) + diagonalTerm(B, withB) - 2 * across;
}
