import type { Estimate } from '#core';
import type { ExtrapolationRecord, PointRecord, TheoryRecord } from '#experiment';
import { rateOf } from './limits.js';

/** Predicted D / (|h|^2 eta^3) of a probe: its drift in rad^2 per step, freed of the learning rate. */
export function angularRate(record: Pick<PointRecord | TheoryRecord, 'probes' | 'parameters'>, k: number): number {
  const { diffusion, squaredNorm } = record.probes[k];
  return diffusion / squaredNorm / rateOf(record) ** 3;
}

/** The same simulated and taken to eta -> 0; the error holds what a curvature in eta would add to the limit. */
export function angularRateLimit(predicted: number, { probes }: ExtrapolationRecord, k: number): Estimate {
  const { diffusion } = probes[k];
  if (!diffusion) throw new RangeError('a limit needs three learning rates');
  const { limit, curvature } = diffusion;
  return { value: predicted * limit.value, se: predicted * Math.hypot(limit.se, curvature) };
}

/** ln(a / b), the errors taken as independent: of stimuli in the same replicas that is too large, if anything. */
export const logRatio = (a: Estimate, b: Estimate): Estimate => ({
  value: Math.log(a.value / b.value),
  se: Math.hypot(a.se / a.value, b.se / b.value),
});
