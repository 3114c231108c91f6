import { completeColumns } from '#linalg';
import { inputs, outputs, type Model } from '#model';
import { assertOffThreshold, assertRepresented, assertUniqueCut } from '../domain.js';
import type { Minimum } from './manifold.js';
import type { SharedAxis } from './shared-axes.js';
import { basisOf } from './unit-vector.js';

/** The shared axes in the order of the modes, with the singular values of the minimum. */
export interface LearnedAxes {
  /** s, r values, descending. */
  readonly singularValues: Float64Array;
  /** All n axes: the learned ones first, in the order of s, then those with an image, then those without. */
  readonly axes: readonly SharedAxis[];
}

/**
 * The minimum of a task that shares its axes with the input: s = gain - gamma / lambda where positive, and of those the
 * `hiddenUnits` that reduce the loss most. Throws TheoryDomainError as `minimum` does. O(n log n).
 */
export function learnedAxes(model: Model, shared: readonly SharedAxis[]): LearnedAxes {
  const gamma = model.weightDecay;
  const modes = shared.map((axis) => {
    const strength = axis.variance > 0 ? axis.gain - gamma / axis.variance : -Infinity;
    // The regularised loss falls by lambda s^2 / 2 when this mode is learned: a bottleneck keeps the largest.
    return { axis, strength, lossReduction: strength > 0 ? axis.variance * strength * strength : 0 };
  });
  const learnable = modes.filter(({ strength }) => strength > 0).sort((a, b) => b.lossReduction - a.lossReduction);
  assertRepresented(model, learnable.length > 0, () =>
    shared.reduce((most, { gain, variance }) => Math.max(most, gain * variance), 0),
  );
  const rank = Math.min(model.hiddenUnits, learnable.length);
  if (rank < learnable.length) assertUniqueCut(model, learnable[rank - 1].lossReduction, learnable[rank].lossReduction);
  const learned = learnable.slice(0, rank).sort((a, b) => b.strength - a.strength);
  const taken = new Set(learned);
  const rest = modes
    .filter((mode) => !taken.has(mode))
    .map(({ axis }) => axis)
    .sort((a, b) => b.gain * b.variance - a.gain * a.variance);
  if (rank < model.hiddenUnits) assertOffThreshold(model, rest.length > 0 ? rest[0].gain * rest[0].variance : 0);
  return {
    singularValues: Float64Array.from(learned, ({ strength }) => strength),
    // Axes with an image come first, so that mode j of the input and mode j of the output belong together.
    axes: [
      ...learned.map(({ axis }) => axis),
      ...rest.filter(({ u }) => u !== null),
      ...rest.filter(({ u }) => u === null),
    ],
  };
}

/** The same as a `Minimum`, its bases completed. O(n^2 + m^3). */
export function commutingMinimum(model: Model, shared: readonly SharedAxis[]): Minimum {
  const { singularValues, axes } = learnedAxes(model, shared);
  const images = axes.flatMap(({ u }) => (u ? [{ v: u }] : []));
  return {
    singularValues,
    inputBasis: basisOf(axes, inputs(model)),
    outputBasis: completeColumns(basisOf(images, outputs(model)), outputs(model)),
  };
}
