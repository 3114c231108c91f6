import { agreement, type Check } from '#compare';
import type { Estimate } from '#core';
import { predictionOf, type ExtrapolationRecord } from '#experiment';
import type { RuleModel } from '#model';
import type { Evidence, Judgement, PointEvidence } from './claim.js';
import { pointsOf } from './learning-rates.js';

/** Where drift comes from. */
export type Source = 'learning' | 'synaptic';

/** D of the probes of one group of learning rates that drift, of the source that decides at eta -> 0. */
export interface SourceAt {
  readonly group: ExtrapolationRecord;
  readonly point: PointEvidence;
  readonly model: RuleModel;
  readonly source: Source;
  /** Learning: D / eta^3. Synaptic noise: D / (eta sigma^2), by theory. */
  readonly theory: readonly number[];
  /** The same by simulation at eta -> 0; the error includes the likely bias of the limit. */
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
    const drifting = group.probes.flatMap(({ diffusion }, k) =>
      diffusion ? [{ ratio: diffusion.limit, probe: point.prepared.prediction.probes[k] }] : [],
    );
    if (drifting.length === 0) throw new RangeError('a limit needs three learning rates');
    const theory = drifting.map(
      ({ probe: { sources, diffusion } }) => (source === 'synaptic' ? sources.synaptic : diffusion) / unit,
    );
    const ratios = drifting.map(({ ratio }) => ratio);
    const limits = ratios.map(({ value, se }, k) => ({ value: value * theory[k], se: se * theory[k] }));
    return { group, point, model, source, theory, limits, ratios };
  });

/** D of one probe by one source over eta sigma^2, by theory, of a model with synaptic noise. */
export function predictedSynaptic(model: RuleModel, probes: readonly Float64Array[]): number[] {
  const { synapticNoise, learningRate } = model;
  if (!synapticNoise) throw new RangeError('the model has no synaptic noise');
  const prediction = predictionOf({ model, probes, simulation: { seed: 1 } });
  return prediction.probes.map(({ sources }) => sources.synaptic / (learningRate * synapticNoise.variance));
}

/** Deviation of D of one group that has to be seen: the mean of all, which is checked besides, tells less. */
const TOLERANCE = 0.25;

/** Agreement of D with theory at eta -> 0, of the first probe of each group. */
export const sourceChecks = (all: readonly SourceAt[], name: (at: SourceAt) => string): Check[] =>
  all.map((at) => agreement(`D, ${name(at)}: simulation / theory, η → 0`, at.ratios[0], 1, { tolerance: TOLERANCE }));

/** The limits of D of all groups, of which the mean is checked. */
export const comparedSources = (all: readonly SourceAt[]): Pick<Judgement, 'compared' | 'nameOfMean'> => ({
  compared: all.map(({ group }) => ({ group, rates: ['diffusion'] })),
  nameOfMean: () => `D of ${all.length} settings together: simulation / theory, η → 0`,
});

/** a / b of independent estimates. */
export function quotient(a: Estimate, b: Estimate): Estimate {
  const value = a.value / b.value;
  return { value, se: Math.abs(value) * Math.hypot(a.se / a.value, b.se / b.value) };
}
