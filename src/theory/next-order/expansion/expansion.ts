import type { Matrix } from '#linalg';
import { noiseAverages } from './averages.js';
import { cubicCorrector, cubicField } from './cubic.js';
import { noiseCumulant } from './cumulants.js';
import { diffusion, type Diffusion } from './diffusion.js';
import type { Jets } from './jets.js';
import { leadingOrder } from './leading.js';
import { meanRotation } from './mean-rotation.js';
import { secondMoment, skewedMoments } from './moments.js';

/** Coefficients of the expansion in the learning rate, in the basis of the jets. */
export interface Expansion {
  /** The velocity is eta^2 `leading` + eta^3 `next` (P). */
  readonly velocity: { readonly leading: Float64Array; readonly next: Float64Array };
  readonly diffusion: Diffusion;
  /** E N = eta `mean` (K). */
  readonly mean: Float64Array;
  /** E N N^T = eta `leading` + eta^2 `next` (K x K). */
  readonly covariance: { readonly leading: Matrix; readonly next: Matrix };
}

/**
 * Velocity, rotation diffusion and the moments of the normal displacement at leading and next order in the learning rate, for any
 * rule with a rotation symmetry whose samples do not turn the frame at first order. What is left is of relative order eta^2. The
 * derivation is docs/next-order.md, whose names the code has.
 *
 * With K normal directions, P planes and q noise fields it takes about 10 P K^4 + 8 q P K^3 + q^3 P K multiplications and
 * 2 P K^3 + 8 K^3 + q^3 numbers.
 */
export function expand(jets: Jets): Expansion {
  const leading = leadingOrder(jets);
  const averages = noiseAverages(jets, leading);
  const cubic = cubicField(jets, leading);
  const corrector = cubicCorrector(jets, leading, averages, cubic);
  const moments = skewedMoments(jets, leading, averages, noiseCumulant(jets));
  const parts = { jets, leading, averages, cubic, corrector, moments };
  const second = secondMoment(jets, leading, averages, cubic, moments);
  const rotation = meanRotation(parts);
  return {
    velocity: { leading: leading.velocity, next: rotation.velocity },
    diffusion: diffusion(parts, rotation, second),
    mean: moments.mean,
    covariance: { leading: leading.covariance, next: second },
  };
}
