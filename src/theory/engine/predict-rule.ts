import {
  add,
  column,
  dot,
  fromData,
  multiply,
  plainAlgebra,
  scale,
  svd,
  taylorAlgebra,
  trace,
  transpose,
  zeros,
  type ComplexEigenvalue,
  type Matrix,
} from '#linalg';
import {
  activeSynapticNoise,
  drawsSamples,
  Orbit,
  partOf,
  responsesOf,
  stateOf,
  synapticVariance,
  tangentSpace,
  unitsOf,
  vectorOf,
  taylorState,
  type RuleDefinition,
  type RuleModel,
  type State,
  type UnitPlane,
} from '#model';
import { assertEquivariant } from './equivariance.js';
import { UpdateField } from './field.js';
import { fixedPoint } from './fixed-point.js';
import { combination, linearOrder, type LinearOrder } from './linear-order.js';
import { expectedLoss, meanDisplacement, type ExpectedLoss } from './loss.js';
import { displacementOfUnits } from './unit-displacement.js';
import { assertRemembers } from './vanished.js';
import { withoutRounding } from '../rotation/rounding.js';
import type { MeanDisplacement } from '../solution.js';
import {
  meanRotation,
  multiplicativeNoise,
  sampleNoise,
  secondOrderRotation,
  stationaryCovariance,
  synapticCovariance,
  tangentPart,
  updateCovariance,
} from './noise.js';
import { contract, normalCurvature, phaseForms } from './phase.js';

/** A number by its source: what learning from random samples adds, and what synaptic noise adds. */
export interface BySource<T> {
  readonly learning: T;
  readonly synaptic: T;
}

/** How the network turns, over the planes of all layers (P). */
export interface RuleRotation {
  readonly planes: readonly UnitPlane[];
  /** Cov(omega) per step (rad^2), P x P. */
  readonly covariance: BySource<Matrix>;
  /** E omega per step (rad), P. */
  readonly velocity: Float64Array;
}

/** The representation of one input in one layer. */
export interface LayerResponse {
  /** c: the activities of its units at S*. */
  readonly representation: Float64Array;
  /** Its mean displacement, of order eta. */
  readonly displacement: Float64Array;
  /** Cov(h) c / |c| (activation^2). */
  readonly fluctuationAlong: Float64Array;
  /** F (activation^2). */
  readonly fluctuation: BySource<number>;
}

/** What the theory says of a network that learns by some rule, at leading order. Rates are per step, the learning rate included. */
export interface RulePrediction {
  /** S*. */
  readonly fixedPoint: State;
  /** l, d x rho: what the phase projects a displacement from S* with. */
  readonly duals: Matrix;
  /** -mu of the directions that relax, ascending real part. */
  readonly rates: readonly ComplexEigenvalue[];
  /** Units of each layer. */
  readonly layers: readonly number[];
  readonly rotation: RuleRotation;
  readonly loss: ExpectedLoss;
  /** E N, see `MeanDisplacement`; that of the units of each layer (`displacementOfUnits`). */
  readonly displacement: Pick<MeanDisplacement, 'share'> & { readonly relative: readonly (readonly number[])[] };
  /** Noise of the displaced network beside that at S*, see `multiplicativeNoise`. */
  readonly multiplicativeNoise: number;
  /** The responses of all layers to an input. */
  respond(stimulus: ArrayLike<number>): LayerResponse[];
}

/**
 * Predicts the drift of a network from its learning rule alone: fixed point, relaxation, phase, noise. Valid at small learning
 * rates, see docs/rules.md. `noiseWeights` multiply the variance of the synaptic noise of each weight. Throws TheoryDomainError where the theory does not hold, naming what fails.
 */
export function predictRule<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  noiseWeights: Float64Array | null = null,
): RulePrediction {
  const field = new UpdateField(rule, model);
  const orbit = new Orbit(rule, model) as Orbit;
  const found = fixedPoint(field);
  assertRemembers(field, found);
  const oriented = rule.orient?.(model, stateOf(field.arrays, found));
  const { symmetricArrays } = rule;
  const turned = oriented ? vectorOf(oriented) : found;
  const vector = symmetricArrays?.symmetrized(field.arrays, turned) ?? turned;
  assertEquivariant(field, orbit, vector);
  const tangent = tangentSpace(orbit, vector);
  const order = linearOrder(
    rule.name,
    field.arrays,
    field.jacobian(vector),
    tangent,
    symmetricArrays &&
      ((jacobian) => symmetricArrays.flow(rule.name, field.arrays, jacobian, activeSynapticNoise(model))),
  );
  const curvature = normalCurvature(field, vector, order);
  const forms = phaseForms(orbit, tangent, order, curvature);
  const noise = sampleNoise(field, vector, order);
  const { learningRate: eta } = model;
  const synapticNoise = activeSynapticNoise(model);
  // The mean over all samples is that of a batch without end.
  const batch = drawsSamples(model) ? (rule.batchSize?.(model) ?? 1) : Infinity;
  const rho = tangent.tangents.cols;

  const updates = scale(updateCovariance(noise), 1 / batch);
  const learned = stationaryCovariance(order, updates);
  const learning = add(
    scale(secondOrderRotation(noise, forms, learned), eta ** 3 / batch),
    scale(tangentPart(updates, order), eta ** 2),
  );
  const perStep = synapticNoise ? synapticVariance(synapticNoise, eta) : 0;
  const drive = synapticNoise
    ? synapticCovariance(field.arrays, synapticNoise, order, noiseWeights)
    : zeros(updates.rows, updates.cols);
  const jittered = stationaryCovariance(order, drive);

  const { combinations } = tangent;
  const onPlanes = (covariance: Matrix): Matrix => multiply(combinations, covariance, transpose(combinations));
  const velocity = meanRotation(forms, add(scale(updates, eta * eta), drive, perStep));
  // J Sigma + Sigma J^T = -(noise per step) / eta.
  const fluctuation = { learning: scale(learned, eta), synaptic: scale(jittered, perStep / eta) };
  const total = add(fluctuation.learning, fluctuation.synaptic);
  const mean = meanDisplacement(order, contract(curvature, total));
  const gains = responsesOf(rule, model, stateOf(field.arrays, vector)).map((response) => svd(response).s[0]);
  return {
    fixedPoint: stateOf(field.arrays, vector),
    duals: order.duals,
    rates: order.rates,
    layers: unitsOf(rule, model, field.arrays),
    rotation: {
      planes: orbit.planes,
      covariance: { learning: onPlanes(learning), synaptic: onPlanes(scale(tangentPart(drive, order), perStep)) },
      velocity:
        rho === 0 ? new Float64Array(orbit.planes.length) : multiply(combinations, fromData(rho, 1, velocity)).data,
    },
    loss: expectedLoss(field, vector, order, total, mean),
    displacement: {
      relative: displacementOfUnits(field, vector, combination(order.basis, mean)),
      share: mean.length > 0 ? ratioOf(dot(mean, mean), trace(total)) : 0,
    },
    multiplicativeNoise: multiplicativeNoise(field, vector, order, {
      sigma: total,
      batch,
      added: (perStep * trace(drive)) / eta ** 2,
    }),
    respond: (stimulus) => respond(field, vector, order, { fluctuation, total, mean, gains }, stimulus),
  };
}

const ROUNDING = 1e-14;

const ratioOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

const columnOf = (x: ArrayLike<number>): Matrix => fromData(x.length, 1, Float64Array.from(x));

/** E N N^T by source and in all (m x m), and E N. */
interface Displacements {
  readonly fluctuation: BySource<Matrix>;
  readonly total: Matrix;
  readonly mean: Float64Array;
}

const unitVector = (c: Float64Array): Matrix => columnOf(c.map((value) => ratioOf(value, Math.hypot(...c))));

const covarianceTimes = (response: Matrix, sigma: Matrix, direction: Matrix): Float64Array =>
  multiply(response, multiply(sigma, multiply(transpose(response), direction))).data;

/** The representations at S*, and F = tr(Dh Sigma Dh^T) of their linear response Dh to displacements N. */
function respond<M extends RuleModel>(
  { rule, model, arrays }: UpdateField<M>,
  vector: Float64Array,
  { basis }: LinearOrder,
  { fluctuation, total, mean, gains }: Displacements & { readonly gains: readonly number[] },
  stimulus: ArrayLike<number>,
): LayerResponse[] {
  const input = columnOf(stimulus);
  const m = basis.cols;
  const still = rule.representations(plainAlgebra, model, stateOf(arrays, vector), input);
  const responses = still.map(({ rows }) => zeros(rows, m));
  for (let i = 0; i < m; i++) {
    const direction = column(basis, i);
    const moved = rule.representations(
      taylorAlgebra,
      model,
      taylorState(arrays, vector, direction),
      taylorAlgebra.constant(input),
    );
    moved.forEach((layer, l) => {
      partOf([layer], 'first').forEach((value, unit) => {
        responses[l].data[unit * m + i] = value;
      });
    });
  }
  const variance = (response: Matrix, sigma: Matrix): number => {
    const image = multiply(response, sigma);
    const total = image.data.reduce((sum, value, at) => sum + value * response.data[at], 0);
    // What does not fluctuate keeps a rounded zero.
    return total > ROUNDING * dot(response.data, response.data) * trace(sigma) ? total : 0;
  };
  const codes = still.map(({ data }, l) => withoutRounding(data, gains[l], stimulus));
  return codes.map((code, l) => ({
    representation: code,
    displacement: combination(responses[l], mean),
    fluctuationAlong: covarianceTimes(responses[l], total, unitVector(code)),
    fluctuation: {
      learning: variance(responses[l], fluctuation.learning),
      synaptic: variance(responses[l], fluctuation.synaptic),
    },
  }));
}
