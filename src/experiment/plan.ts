import { InvalidInputError } from '#core';
import { add, fromRows, inner, multiply, sliceCols, svd, transpose } from '#linalg';
import { secondMoment, type Model } from '#model';
import { exp, log } from '#random';
import type { Measurement } from '#measure';
import type { Prediction } from '#theory';
import type { Point } from './file/resolve.js';

/** When to look, in steps; every `auto` of the experiment file made a number. */
export interface Plan {
  readonly burnIn: number;
  readonly lag: number;
  /** Samples of each replica; duration = (samples - 1) lag. */
  readonly samples: number;
  readonly replicas: number;
  readonly seed: number;
  readonly measurement: Measurement;
}

/** Lag in relaxation times: the bounded error of the projection leaves e^-6 of itself in neighbouring increments. */
const LAG_RELAXATIONS = 3;
/** Burn-in in relaxation times from the manifold: the variance of the slowest mode is e^-10 short of stationary. */
const BURN_IN_RELAXATIONS = 5;
/** 6 for Gaussian increments; a third more because they are sums of products of noise and displacement, with longer tails. */
const VARIANCE_FACTOR = 8;
/** Fewest increments per replica: neighbours, and something to average. */
const MIN_INCREMENTS = 8;
/** Most steps of one replica that an automatic plan may ask for. */
const MAX_STEPS = 1e15;
/** Time courses are recorded at this many samples, spread evenly on a logarithmic axis. */
const COURSES = 24;

/**
 * Chooses burn-in, lag and duration from the theory's time scales. The duration is what brings the relative standard error
 * of D to `targetError` for every probe: with rotation covariance K and N increments in all, the long-run estimator of
 * D = tr K B has the variance 6 tr (K B)^2 / N for Gaussian increments. Throws InvalidInputError when given numbers
 * leave fewer than three samples.
 */
export function plan({ model, probes, simulation }: Point, prediction: Prediction): Plan {
  const { replicas, seed, targetError } = simulation;
  const tau = prediction.relaxationTime;
  const lag = simulation.lag === 'auto' ? Math.max(1, Math.round(LAG_RELAXATIONS * tau)) : simulation.lag;
  const settle = Math.round(BURN_IN_RELAXATIONS * tau);
  const learn = simulation.start === 'manifold' ? 0 : learningTime(model, prediction, simulation.start.random);
  const burnIn = simulation.burnIn === 'auto' ? settle + learn : simulation.burnIn;
  let increments: number;
  if (simulation.duration === 'auto') {
    const needed = (VARIANCE_FACTOR * concentration(prediction)) / (targetError * targetError * replicas);
    // F, a sum of squares over r hidden directions, is not to be worse; it decides where nothing rotates.
    const forFluctuation = 2 / (prediction.singularValues.length * targetError * targetError * replicas);
    increments = Math.ceil(Math.max(MIN_INCREMENTS, needed, forFluctuation));
  } else {
    increments = Math.floor(simulation.duration / lag);
    if (increments < 2) {
      throw new InvalidInputError(
        `the duration of ${simulation.duration} steps holds ${increments} lags of ${lag} steps, needs at least 2`,
        ['simulation', 'duration'],
      );
    }
  }
  if (!(burnIn + increments * lag <= MAX_STEPS)) {
    throw new InvalidInputError(
      `the relaxation time of ${tau.toPrecision(3)} steps asks for ${(burnIn + increments * lag).toPrecision(3)} steps, more ` +
        `than ${MAX_STEPS}; give a larger learningRate or weightDecay, or burnIn, lag and duration`,
      ['model', 'learningRate'],
    );
  }
  const samples = increments + 1;
  return {
    burnIn,
    lag,
    samples,
    replicas,
    seed,
    measurement: {
      reference: prediction.theta,
      stimuli: fromRows(probes),
      directions: prediction.rotationDiffusionDirections,
      driftDirections: fromRows(prediction.probes.map(({ driftDirection }) => driftDirection)),
      lag,
      samples,
      courseSamples: courseSamples(samples),
      trajectorySamples: trajectorySamples(simulation.trajectorySamples, samples),
    },
  };
}

/** Largest tr (K B)^2 / (tr K B)^2 over the probes, B_ab,cd = (Omega_ab c).(Omega_cd c): 1 over the planes that matter. */
function concentration({ drift, probes }: Prediction): number {
  let largest = 0;
  for (const { representation, diffusion: trace } of probes) {
    if (!(trace > 0)) continue;
    // With J the rows Omega_ab c, tr (K J J^T)^2 = |J^T K J|^2, and J^T K J is the covariance of the displacement.
    const covariance = drift.diffusion.displacementCovariance(representation);
    largest = Math.max(largest, inner(covariance, covariance) / (trace * trace));
  }
  return largest;
}

/**
 * Steps from random weights to the manifold. The slowest mode grows like exp(eta (lambda a - gamma) t) from small weights;
 * hidden directions beyond the modes decay like exp(-eta (gamma - sigma) t), sigma the largest singular value of the
 * residual correlation (A - M) Sigma outside the modes. Throws InvalidInputError when one of them never ends.
 */
function learningTime(model: Model, { singularValues, theta }: Prediction, deviation: number): number {
  const rank = singularValues.length;
  const sigma = secondMoment(model.input);
  const drive = svd(multiply(model.target, sigma)).s;
  const m = multiply(transpose(sliceCols(theta, sigma.rows, theta.cols)), sliceCols(theta, 0, sigma.rows));
  const residual = svd(multiply(add(model.target, m, -1), sigma)).s;
  const outside = model.hiddenUnits > rank ? model.weightDecay - (residual[rank] ?? 0) : Infinity;
  const slowest = drive[rank - 1] - model.weightDecay;
  if (!(Math.min(slowest, outside) > 1e-6 * model.weightDecay)) {
    throw new InvalidInputError(
      `from random weights the slowest hidden direction approaches the manifold at the rate ` +
        `${Math.min(slowest, outside).toPrecision(3)} times the learning rate; give burnIn, or start: manifold`,
      ['simulation', 'start'],
    );
  }
  const growth = log(1 + singularValues[0] / (deviation * deviation));
  return Math.ceil(((2 * growth) / slowest + BURN_IN_RELAXATIONS / outside) / model.learningRate);
}

/** `count` samples spread evenly from the first to the last; all samples where there are fewer. */
function trajectorySamples(count: number, samples: number): Int32Array {
  const kept = Math.min(count, samples);
  return Int32Array.from({ length: kept }, (_, k) => Math.floor((k * (samples - 1)) / Math.max(1, kept - 1)));
}

function courseSamples(samples: number): Int32Array {
  const last = samples - 1;
  const chosen = new Set<number>([0]);
  for (let k = 0; k < COURSES; k++) chosen.add(Math.round(exp((log(last) * k) / (COURSES - 1))));
  return Int32Array.from([...chosen].filter((sample) => sample <= last)).sort();
}
