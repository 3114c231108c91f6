import type { Estimate } from '#core';
import { quantities, type ExtrapolationRecord, type PointRecord, type TheoryRecord } from '#experiment';
import { rateOf } from './learning-rates.js';

/** Predicted D / (|h|^2 eta^3) of a probe: its drift in rad^2 per step, without the dependence on the learning rate. */
export function angularRate(report: Pick<PointRecord | TheoryRecord, 'probes' | 'parameters'>, k: number): number {
  return (report.probes[k].relativeDiffusion ?? NaN) / rateOf(report) ** 3;
}

/** Its label, with where it is from if an axis shows one of two: `D / (|h|² η³), theory (rad² per step)`. */
export function angularRateLabel(source?: 'theory' | 'simulation'): string {
  const { diffusion, squaredNorm, relativeDiffusion } = quantities;
  const name = `${diffusion.symbol} / (${squaredNorm.symbol} η³)`;
  return `${name}${source === undefined ? '' : `, ${source}`} (${relativeDiffusion.unit})`;
}

/** The same by simulation, at eta -> 0; the error includes the likely bias of the limit. */
export function angularRateLimit(predicted: number, { probes }: ExtrapolationRecord, k: number): Estimate {
  const { diffusion } = probes[k];
  if (!diffusion) throw new RangeError('a limit needs three learning rates');
  const { limit } = diffusion;
  return { value: predicted * limit.value, se: predicted * limit.se };
}

/**
 * ln(a / b). The errors are taken as independent; for two stimuli of the same replicas that overestimates the error, if
 * anything.
 */
export const logRatio = (a: Estimate, b: Estimate): Estimate => ({
  value: Math.log(a.value / b.value),
  se: Math.hypot(a.se / a.value, b.se / b.value),
});
