import { add, scale } from '#linalg';
import type { Model } from '#model';
import { assertNextOrderFits } from '../cost.js';
import { assertStable } from '../domain.js';
import type { Minimum } from '../minimum/manifold.js';
import { minimum } from '../minimum/minimum.js';
import { DenseCovariance } from '../rotation/dense.js';
import type { Drift } from '../rotation/drift.js';
import { planes } from '../rotation/planes.js';
import { halfLives } from '../slow-process/half-life.js';
import { normalSpace } from '../solvers/general/hessian.js';
import { modeCoordinates } from '../solvers/general/mode-coordinates.js';
import { generalLimit } from '../stability/limit.js';
import { expand, type Expansion } from './expansion/expansion.js';
import { sameExceptLearningRate } from './same-model.js';
import { probeCoefficients, type ProbeCoefficients } from './probes.js';
import { learningRateError, type LearningRateError } from './remainder.js';
import { twoLayerJets } from './two-layer/jets.js';

/** The prediction for one stimulus to the next order in the learning rate, of relative error eta^2. Rates are per step. */
export interface NextOrderProbe {
  /** c, the mean representation in the frame of the projection (r numbers). */
  readonly representation: Float64Array;
  /** |c|^2 (activation^2). */
  readonly squaredNorm: number;
  /** F (activation^2). */
  readonly fluctuation: number;
  /** Cov(h) c / |c| about the mean code c (r numbers, activation^2). */
  readonly fluctuationAlong: Float64Array;
  /** D (activation^2 per step). */
  readonly diffusion: number;
  /** Steps until half of the self-correlation is lost (`halfLives`); null where it never is. */
  readonly halfLife: number | null;
  /** |v| (activation per step). */
  readonly directedSpeed: number;
  /** Unit vector of v (r numbers); zeros where |v| is 0. */
  readonly driftDirection: Float64Array;
  /** Relative size of what the expansion is expected to leave out: an estimate, not a bound. */
  readonly learningRateError: LearningRateError;
}

/** The prediction to next order; `predictedCourses` takes it like a `Prediction`. */
export interface NextOrderPrediction {
  readonly probes: readonly NextOrderProbe[];
  /** Rotation diffusion, orders eta^3 and eta^4, and velocity, orders eta^2 and eta^3. */
  readonly drift: Drift;
  /** The r singular values. */
  readonly singularValues: Float64Array;
}

/**
 * |h|^2, F, D and directed drift with the next order in the learning rate, complete: the relative error is of order eta^2. The expansion
 * is in the learning rate times curvature and times noise; near the threshold of weight decay or under a bottleneck its coefficients
 * are large, and `learningRateError` says so. The derivation is docs/next-order.md.
 *
 * Throws TheoryDomainError where `predict` does, and where it takes more than 10^11 multiplications or 4 GB: see `assertNextOrderFits`.
 */
export function predictNextOrder(model: Model, stimuli: readonly ArrayLike<number>[]): NextOrderPrediction {
  const eta = model.learningRate;
  const { min, limit, expansion, coefficients } = seriesOf(model);
  assertStable(model, limit);
  const { velocity, diffusion } = expansion;
  const errorOf = learningRateError(eta, expansion);
  const rank = min.singularValues.length;
  const drift = {
    planes: planes(rank),
    diffusion: new DenseCovariance(add(scale(diffusion.leading, eta ** 3), diffusion.next, eta ** 4)),
    velocity: velocity.leading.map((value, plane) => eta ** 2 * value + eta ** 3 * velocity.next[plane]),
  };
  const probes = stimuli.map((stimulus) => {
    const probe = coefficients(stimulus);
    const values = valuesOf(eta, probe);
    return { ...values, learningRateError: errorOf(probe, values.directedSpeed > 0) };
  });
  const found = halfLives(drift, rank, probes);
  return {
    probes: probes.map((probe, k) => ({ ...probe, halfLife: found[k]?.value ?? null })),
    drift,
    singularValues: min.singularValues,
  };
}

/** What does not depend on the learning rate. */
interface Series {
  readonly model: Model;
  readonly min: Minimum;
  readonly limit: ReturnType<typeof generalLimit>;
  readonly expansion: Expansion;
  readonly coefficients: ReturnType<typeof probeCoefficients>;
}

/** That of the model before: the points of a swept learning rate, one after the other, share it. */
let latest: Series | null = null;

function seriesOf(model: Model): Series {
  if (latest && sameExceptLearningRate(latest.model, model)) return latest;
  const min = minimum(model);
  const modes = modeCoordinates(model, min);
  assertNextOrderFits(model, min.singularValues.length);
  const normal = normalSpace(model, modes);
  const limit = generalLimit(model, modes, normal);
  assertStable(model, limit);
  const expansion = expand(twoLayerJets(model, modes, normal));
  latest = { model, min, limit, expansion, coefficients: probeCoefficients(min, modes, normal, expansion) };
  return latest;
}

function valuesOf(eta: number, probe: ProbeCoefficients): Omit<NextOrderProbe, 'learningRateError' | 'halfLife'> {
  const { representation, squaredNorm, fluctuation, fluctuationAlong, diffusion, motion } = probe;
  const total = motion.leading.map((value, a) => eta ** 2 * value + eta ** 3 * motion.next[a]);
  const speed = Math.hypot(...total);
  const diffusionTotal = eta ** 3 * diffusion.leading + eta ** 4 * diffusion.next;
  // Where symmetry forbids directed motion, rounding leaves a remainder that is no prediction (see `predict`).
  const drifts = diffusion.leading > 0 && speed > 1e-9 * Math.sqrt(eta ** 3 * diffusion.leading);
  const directedSpeed = drifts ? speed : 0;
  return {
    representation: representation.leading.map((value, a) => value + eta * representation.next[a]),
    squaredNorm: squaredNorm.leading + eta * squaredNorm.next,
    fluctuation: eta * fluctuation.leading + eta ** 2 * fluctuation.next,
    fluctuationAlong: fluctuationAlong.leading.map((value, a) => eta * value + eta ** 2 * fluctuationAlong.next[a]),
    diffusion: diffusionTotal,
    directedSpeed,
    driftDirection: total.map((value) => (directedSpeed > 0 ? value / speed : 0)),
  };
}
