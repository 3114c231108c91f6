import { agreement, type Check } from '#compare';
import type { Estimate } from '#core';
import { predictionOf } from '#experiment';
import type { RuleModel } from '#model';
import type { Evidence, PointEvidence } from './claim.js';
import { pointsOf } from './learning-rates.js';

/** Where drift comes from. */
export type Source = 'learning' | 'synaptic';

/** D of the probes of one group of learning rates, of the source that decides at eta -> 0. */
export interface SourceAt {
  readonly point: PointEvidence;
  readonly model: RuleModel;
  readonly source: Source;
  /** Learning: D / eta^3. Synaptic noise: D / (eta sigma^2), by theory. */
  readonly theory: readonly number[];
  /** The same by simulation at eta -> 0; the error includes what a curvature in eta would change. */
  readonly limits: readonly Estimate[];
  /** Simulation / theory. */
  readonly ratios: readonly Estimate[];
}

/**
 * By groups of learning rates. Drift by synaptic noise, of variance eta sigma^2 a step, is of order eta, and that by learning of order
 * eta^3: with any synaptic noise at all the limit eta -> 0 is that of its drift.
 */
export const sourcesOf = ({ points, extrapolations }: Evidence): SourceAt[] =>
  extrapolations.map((group) => {
    const [point] = pointsOf(group, points);
    const { model } = point.prepared.point;
    const variance = model.synapticNoise?.variance ?? 0;
    const source = variance > 0 ? 'synaptic' : 'learning';
    const unit = source === 'synaptic' ? model.learningRate * variance : model.learningRate ** 3;
    const theory = point.prepared.prediction.probes.map(
      ({ sources, diffusion }) => (source === 'synaptic' ? sources.synaptic : diffusion) / unit,
    );
    const ratios = group.probes.map(({ diffusion }): Estimate => {
      if (!diffusion) throw new RangeError('a limit needs three learning rates');
      return { value: diffusion.limit.value, se: Math.hypot(diffusion.limit.se, diffusion.curvature) };
    });
    const limits = ratios.map(({ value, se }, k) => ({ value: value * theory[k], se: se * theory[k] }));
    return { point, model, source, theory, limits, ratios };
  });

/** D of one probe by one source over eta sigma^2, by theory, of a model with synaptic noise. */
export function predictedSynaptic(model: RuleModel, probes: readonly Float64Array[]): number[] {
  const { synapticNoise, learningRate } = model;
  if (!synapticNoise) throw new RangeError('the model has no synaptic noise');
  const prediction = predictionOf({ model, probes, simulation: { seed: 1 } });
  return prediction.probes.map(({ sources }) => sources.synaptic / (learningRate * synapticNoise.variance));
}

/** Largest deviation of D of one group from theory: that of several together tells 10%. */
const TOLERANCE = 0.25;
const MEAN_TOLERANCE = 0.08;

/** Agreement of D with theory at eta -> 0, of the first probe of each group, and of their mean. */
export function sourceChecks(all: readonly SourceAt[], name: (at: SourceAt) => string): Check[] {
  const ratios = all.map(({ ratios: [first] }) => first);
  const mean = {
    value: ratios.reduce((sum, { value }) => sum + value, 0) / ratios.length,
    se: Math.hypot(...ratios.map(({ se }) => se)) / ratios.length,
  };
  return [
    ...all.map((at, i) =>
      agreement(`D, ${name(at)}: simulation / theory, η → 0`, ratios[i], 1, { tolerance: TOLERANCE }),
    ),
    agreement(`D of ${all.length} settings together: simulation / theory, η → 0`, mean, 1, {
      tolerance: MEAN_TOLERANCE,
    }),
  ];
}

/** a / b of independent estimates. */
export function quotient(a: Estimate, b: Estimate): Estimate {
  const value = a.value / b.value;
  return { value, se: Math.abs(value) * Math.hypot(a.se / a.value, b.se / b.value) };
}
