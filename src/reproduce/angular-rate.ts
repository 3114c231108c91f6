import type { Estimate } from '#core';
import type { PointRecord, TheoryRecord } from '#experiment';
import { rateOf } from './limits.js';

/** Predicted D / (|h|^2 eta^3) of a probe: its drift in rad^2 per step, freed of the learning rate. */
export function angularRate(record: Pick<PointRecord | TheoryRecord, 'probes' | 'parameters'>, k: number): number {
  const { diffusion, squaredNorm } = record.probes[k];
  return diffusion / squaredNorm / rateOf(record) ** 3;
}

/** ln(a / b) of independent estimates. */
export const logRatio = (a: Estimate, b: Estimate): Estimate => ({
  value: Math.log(a.value / b.value),
  se: Math.hypot(a.se / a.value, b.se / b.value),
});
