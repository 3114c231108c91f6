import { TheoryDomainError } from '#core';
import { diagonal, dot, plainAlgebra, svd, zeros, type Matrix } from '#linalg';
import { measuredLayer, responsesOf, withAllUnits, type RuleDefinition, type RuleModel, type State } from '#model';
import { displacedModes, type OfCode } from '../next-order/displaced-modes.js';
import { leadingOrderError, type Scale } from '../next-order/leading-order-error.js';
import type { Prediction } from '../predict.js';
import type { LayerPrediction, ProbePrediction } from '../solution.js';
import { DenseCovariance } from '../rotation/dense.js';
import { directedMotion, type Drift } from '../rotation/drift.js';
import { planes } from '../rotation/planes.js';
import { ROUNDING } from '../rotation/rounding.js';
import { assertStable, type StabilityLimit } from '../domain.js';
import { halfLives } from '../slow-process/half-life.js';
import { engineOperations, MAX_OPERATIONS } from './cost.js';
import { withSilentUnits } from './silent-drift.js';
import { ratesOfAll, withOneSilentUnit } from './silent-units.js';
import { predictRule, type BySource, type RulePrediction } from './predict-rule.js';

/**
 * The prediction of a network that learns by any rule, in the form of `predict`: representation, drift and reference point are those
 * of the layer that is measured. Throws TheoryDomainError as `predictRule`, and where the computation does not fit, with the estimate.
 */
export function predictByRule<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  stimuli: readonly ArrayLike<number>[],
): Prediction {
  const operations = engineOperations(rule, model);
  if (operations > MAX_OPERATIONS) {
    throw new TheoryDomainError(
      `the theory of a ${rule.name} network of this size takes about ${operations.toPrecision(2)} multiplications, more than ` +
        `${MAX_OPERATIONS.toPrecision(1)}; give fewer units, inputs or stimuli`,
      ['model'],
    );
  }
  const silent = withOneSilentUnit(rule, model);
  const own = silent?.model ?? model;
  const prediction = predictRule(rule, own, silent?.weights);
  const stability = meanStability(prediction.rates);
  assertStable(model, stability);
  const layers = prediction.layers.map((_, layer) => layerDrift(prediction, layer));
  const responses = responseOf(rule, own, prediction.fixedPoint);
  const measured = measuredLayer(model);
  const rank = turningUnits(layers[measured], responses);
  const first = turning(within(layers[measured], rank), rank);
  const drift: Drift = {
    planes: first.planes,
    diffusion: new DenseCovariance(first.total),
    velocity: first.velocity,
  };
  const { minimum, stationary } = prediction.loss;
  const slowest = prediction.rates.at(0)?.real ?? 1;
  const scale = {
    learningRate: model.learningRate,
    smallestCurvature: slowest,
    // The limit of the mean step alone leaves out noise in the curvature.
    step: Math.max(prediction.multiplicativeNoise, model.learningRate / stability.learningRate),
  };
  const displacedOf = displacedModes(displacementOfModes(prediction, measured, rank), drift);
  const probes = stimuli.map((stimulus) =>
    probeOf(prediction, layers, stimulus, { measured, rank, scale, displacedOf }),
  );
  const lives = halfLives(drift, rank, probes);
  const turned = silent
    ? withSilentUnits(rule, model, silent, { drift, rank })
    : { drift, rank, total: first.total, isCondensed: false };
  const rates =
    silent && !turned.isCondensed
      ? ratesOfAll(rule, silent, prediction.fixedPoint, prediction.rates)
      : prediction.rates;
  const { values, directions } = new DenseCovariance(turned.total).principalDirections();
  const padded = (components: Float64Array): Float64Array => {
    const all = new Float64Array(turned.rank);
    all.set(components);
    return all;
  };
  return {
    path: 'rule',
    singularValues: padded(responses.slice(0, rank)),
    normalHessianEigenvalues: Float64Array.from(rates, ({ real }) => real),
    drift: turned.drift,
    rotationDiffusionEigenvalues: values,
    rotationDiffusionDirections: directions,
    probes: probes.map((probe, k) => ({
      ...probe,
      representation: padded(probe.representation),
      fluctuationAlong: padded(probe.fluctuationAlong),
      driftDirection: padded(probe.driftDirection),
      halfLife: lives[k]?.value ?? null,
      halfLifeStandardError: 0,
    })),
    regularizedLossWithoutLabelNoise: minimum.regularized - noiseLoss(rule, model),
    loss: stationary,
    // Rules whose layers have free sizes are gradient rules, whose duals are their tangents.
    ...(silent && !turned.isCondensed
      ? { referencePoint: withoutLastUnits(rule, model, withAllUnits(rule, model, prediction.fixedPoint), turned.rank) }
      : { referencePoint: withoutLastUnits(rule, own, prediction.fixedPoint, rank), duals: prediction.duals }),
    ...(turned.isCondensed && { isCondensed: true }),
    stability,
    relaxationTime: 1 / (model.learningRate * slowest),
  };
}

/**
 * The units of the measured layer that turn: all but the silent ones at its end, which stay silent unless synaptic noise turns the others
 * towards them.
 */
function turningUnits({ planes, total }: LayerDrift, responses: Float64Array): number {
  const largest = total.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let rank = responses.length;
  while (rank > 1 && responses[rank - 1] === 0) {
    const isStill = planes.every(
      ({ b }, p) => b !== rank - 1 || !(total.data[p * (total.cols + 1)] > ROUNDING * largest),
    );
    if (!isStill) break;
    rank--;
  }
  return rank;
}

/** A layer without a symmetry does not turn: no rotation in any of its planes. */
function turning(layer: LayerDrift, rank: number): LayerDrift {
  const all = planes(rank);
  if (layer.planes.length > 0 || all.length === 0) return layer;
  const still = zeros(all.length, all.length);
  const velocity = new Float64Array(all.length);
  return { planes: all, covariance: { learning: still, synaptic: still }, total: still, velocity };
}

/** The rotation among the first units alone. */
function within({ planes, covariance, total, velocity }: LayerDrift, units: number): LayerDrift {
  const kept = planes.flatMap(({ b }, p) => (b < units ? [p] : []));
  if (kept.length === planes.length) return { planes, covariance, total, velocity };
  const block = (a: Matrix): Matrix => blockOf(a, kept);
  return {
    planes: kept.map((p) => planes[p]),
    covariance: { learning: block(covariance.learning), synaptic: block(covariance.synaptic) },
    total: block(total),
    velocity: Float64Array.from(kept, (p) => velocity[p]),
  };
}

const blockOf = ({ cols, data }: Matrix, kept: readonly number[]): Matrix => ({
  rows: kept.length,
  cols: kept.length,
  data: Float64Array.from(kept.flatMap((p) => kept.map((q) => data[p * cols + q]))),
});

function withoutLastUnits<M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State, rank: number): State {
  const group = rule.symmetry(model).at(measuredLayer(model));
  if (!group || group.units === rank) return state;
  return group.act(plainAlgebra, diagonal(new Float64Array(rank).fill(1), rank, group.units), state);
}

/**
 * The mean step 1 - eta mu shrinks below eta = 2 Re mu / |mu|^2, for every rate mu: an upper bound of mean-square stability, since
 * noise that depends on the state adds to the growth.
 */
const meanStability = (rates: RulePrediction['rates']): StabilityLimit => ({
  learningRate: Math.min(...rates.map(({ real, imaginary }) => (2 * real) / (real * real + imaginary * imaginary))),
  exact: false,
});

/** Singular values of the measured layer's response to inputs, one for each of its units. */
function responseOf<M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State): Float64Array {
  const response = responsesOf(rule, model, state)[measuredLayer(model)];
  const values = new Float64Array(response.rows);
  const { s } = svd(response);
  // Rounding is no response.
  values.set(s.subarray(0, response.rows).map((value) => (value > ROUNDING * s[0] ? value : 0)));
  return values;
}

/** What label noise adds to the loss whatever the weights, 1/2 E |eps|^2. */
function noiseLoss<M extends RuleModel>(rule: RuleDefinition<M>, model: M): number {
  const { size, variance } = rule.labelNoise?.(model) ?? { size: 0, variance: 0 };
  return (size * variance) / 2;
}

/** The rotation of one layer. */
interface LayerDrift {
  readonly planes: Drift['planes'];
  readonly covariance: BySource<Matrix>;
  readonly total: Matrix;
  readonly velocity: Float64Array;
}

function layerDrift({ rotation }: RulePrediction, layer: number): LayerDrift {
  const own = rotation.planes.flatMap(({ group }, p) => (group === layer ? [p] : []));
  const block = (a: Matrix): Matrix => blockOf(a, own);
  const covariance = { learning: block(rotation.covariance.learning), synaptic: block(rotation.covariance.synaptic) };
  return {
    planes: own.map((p) => ({ a: rotation.planes[p].a, b: rotation.planes[p].b })),
    covariance,
    total: plainAlgebra.add(covariance.learning, covariance.synaptic),
    velocity: Float64Array.from(own, (p) => rotation.velocity[p]),
  };
}

interface ProbeSetting {
  /** Number of the layer that is measured. */
  readonly measured: number;
  /** Units that turn. */
  readonly rank: number;
  readonly scale: Scale;
  readonly displacedOf: (c: Float64Array) => OfCode;
}

/** Of each unit of the measured layer that turns, no less than that of the units of the others: its code is theirs in turn. */
function displacementOfModes({ displacement }: RulePrediction, measured: number, rank: number): Float64Array {
  const others = Math.max(0, ...displacement.relative.filter((_, layer) => layer !== measured).flat());
  const own = displacement.relative.at(measured) ?? [];
  return Float64Array.from({ length: rank }, (_, unit) => Math.max(others, own.at(unit) ?? own.at(0) ?? 0));
}

function probeOf(
  prediction: RulePrediction,
  layers: readonly LayerDrift[],
  stimulus: ArrayLike<number>,
  { measured, rank, scale, displacedOf }: ProbeSetting,
): Omit<ProbePrediction, 'halfLife' | 'halfLifeStandardError'> {
  const responses = prediction.respond(stimulus);
  const all = responses.map(({ representation: c, fluctuation }, layer): LayerPrediction & Motion => {
    const { covariance, planes, velocity, total } = layers[layer];
    const still = planes.length === 0;
    const diffusionBy = (source: Matrix): number => (still ? 0 : new DenseCovariance(source).diffusionOf(c).value);
    const sources = { learning: diffusionBy(covariance.learning), synaptic: diffusionBy(covariance.synaptic) };
    const diffusion = sources.learning + sources.synaptic;
    const motion = still
      ? new Float64Array(c.length)
      : directedMotion({ planes, velocity, diffusion: new DenseCovariance(total) }, c);
    const speed = Math.hypot(...motion);
    return {
      squaredNorm: dot(c, c),
      fluctuation: Math.max(0, fluctuation.learning + fluctuation.synaptic),
      diffusion,
      // Where symmetry forbids directed motion, rounding leaves a remainder that is no prediction.
      directedSpeed: speed > 1e-9 * Math.sqrt(diffusion) ? speed : 0,
      sources,
      motion,
    };
  });
  const { motion, ...first } = all[measured];
  const representation = responses[measured].representation.slice(0, rank);
  const fluctuationAlong = responses[measured].fluctuationAlong.slice(0, rank);
  const { relative, share } = prediction.displacement;
  const displaced = {
    shift: responses[measured].displacement.slice(0, rank),
    relative: displacedOf(representation),
    largest: Math.max(0, ...relative.flat()),
    share,
  };
  return {
    stimulus: Float64Array.from(stimulus),
    representation,
    fluctuationAlong,
    ...first,
    learningRateError: leadingOrderError(scale, 'rule', displaced, {
      representation,
      ...first,
    }),
    diffusionStandardError: 0,
    driftDirection: motion
      .slice(0, rank)
      .map((component) => (first.directedSpeed > 0 ? component / first.directedSpeed : 0)),
    ...(all.length > 1 && {
      layers: all.map(({ squaredNorm, fluctuation, diffusion, directedSpeed, sources }) => ({
        squaredNorm,
        fluctuation,
        diffusion,
        directedSpeed,
        sources,
      })),
    }),
  };
}

interface Motion {
  readonly motion: Float64Array;
}
