import { InvalidInputError, TheoryDomainError } from '#core';
import type { RuleModel } from '#model';
import { log } from '#random';
import type { Prediction } from '#theory';
import { requireTheory } from '../theory/theory-of.js';
import { predictionOf } from '../theory/prediction.js';
import { inputAxes } from './input-axes.js';
import { variationsOf, type Variation } from './variations.js';

/** A number by what makes the drift: noise of learning alone, synaptic noise alone, and both. */
export interface ByNoise<T> {
  readonly learning: T;
  readonly synaptic: T;
  readonly both: T;
}

/** d log D / d log parameter; null where that part of D vanishes, or the theory makes no prediction there. */
export interface ScalingRecord extends ByNoise<number | null> {
  readonly parameter: string;
  /** Where it is taken. */
  readonly value: number;
  /** The next value of a whole number, between which and `value` it is taken; null for other numbers. */
  readonly next: number | null;
}

/** Which noise makes the drift of the probes, according to the theory. */
export interface NoiseSourceRecord {
  /** Mean D of the probes (activation^2 per step). */
  readonly diffusion: ByNoise<number>;
  /** Part of it that is by synaptic noise; null where nothing drifts. */
  readonly synapticShare: number | null;
  /** Largest over smallest eigenvalue of Cov(omega) over the planes that turn; null where none do, or the tensor is sampled. */
  readonly anisotropy: ByNoise<number | null>;
  readonly scaling: readonly ScalingRecord[];
}

interface SourcePoint {
  readonly model: RuleModel;
  readonly probes: readonly Float64Array[];
  readonly simulation: { readonly seed: number };
}

/** Parts of D below this share of the whole are rounding. */
const ROUNDING = 1e-12;

/** Most multiplications of one of the predictions: some minutes for all of them. */
const MAX_OPERATIONS = 1e10;

/**
 * Splits D of a point by its sources and tells how each part scales. Takes some twenty predictions. Throws TheoryDomainError where these
 * take too long.
 */
export function noiseSourcesOf(point: SourcePoint, prediction: Prediction): NoiseSourceRecord {
  const { model } = point;
  const operations = requireTheory(model).operations(model);
  if (operations > MAX_OPERATIONS) {
    throw new TheoryDomainError(
      `the scaling of D takes some twenty predictions of ${operations.toPrecision(2)} multiplications each, expected at most ` +
        `${MAX_OPERATIONS.toPrecision(1)}; leave out --sources, or give fewer units, inputs or stimuli`,
      ['model'],
    );
  }
  const diffusion = meanDiffusion(prediction);
  const alone = (noiseSource: 'learning' | 'synaptic'): number | null => {
    if (!(diffusion[noiseSource] > ROUNDING * diffusion.both)) return null;
    return anisotropyOf(predictionOf({ ...point, model: { ...model, noiseSource } }));
  };
  return {
    diffusion,
    synapticShare: diffusion.both > 0 ? diffusion.synaptic / diffusion.both : null,
    anisotropy: { learning: alone('learning'), synaptic: alone('synaptic'), both: anisotropyOf(prediction) },
    scaling: variationsOf(model, inputAxes(model, prediction)).map((variation) =>
      scalingOf(variation, point, diffusion),
    ),
  };
}

function meanDiffusion({ probes }: Prediction): ByNoise<number> {
  const mean = (value: (probe: Prediction['probes'][number]) => number): number =>
    probes.reduce((sum, probe) => sum + value(probe), 0) / Math.max(1, probes.length);
  return {
    learning: mean(({ sources }) => sources.learning),
    synaptic: mean(({ sources }) => sources.synaptic),
    both: mean(({ diffusion }) => diffusion),
  };
}

/** Planes of silent units among themselves do not turn. */
function anisotropyOf({ rotationDiffusionEigenvalues: values }: Prediction): number | null {
  const largest = Math.max(0, ...values);
  const turning = values.filter((value) => value > ROUNDING * largest);
  return turning.length > 0 ? largest / Math.min(...turning) : null;
}

function scalingOf({ name, value, low, high }: Variation, point: SourcePoint, here: ByNoise<number>): ScalingRecord {
  const [below, above] = [low, high].map(({ model }) => diffusionAt(point, model));
  const distance = log(high.value / low.value);
  const exponent = (source: keyof ByNoise<number>): number | null => {
    if (!below || !above || !(here[source] > ROUNDING * here.both)) return null;
    return log(above[source] / below[source]) / distance;
  };
  return {
    parameter: name,
    value,
    next: low.value === value ? high.value : null,
    learning: exponent('learning'),
    synaptic: exponent('synaptic'),
    both: exponent('both'),
  };
}

/** Mean D of the same probes in another model, which may have further dimensions; null where the theory makes no prediction. */
function diffusionAt({ probes, simulation }: SourcePoint, model: RuleModel): ByNoise<number> | null {
  const padded = probes.map((probe) => Float64Array.from({ length: model.input.size }, (_, j) => probe[j] ?? 0));
  try {
    return meanDiffusion(predictionOf({ model, probes: padded, simulation }));
  } catch (error) {
    if (error instanceof TheoryDomainError || error instanceof InvalidInputError) return null;
    throw error;
  }
}
