import { InvalidInputError } from '#core';
import type { FrameMeasurement, Measurement } from '#measure';
import type { State } from '#model';
import type { SimulationSpec } from '../file/schema.js';
import type { SlowModes } from '#theory';
import { courseSamples, trajectorySamples } from './sample-times.js';

/** What a plan that does not wait for every mode leaves unsettled. */
export interface Unsettled extends SlowModes {
  /** What D of any probe is expected to be off by this, relative: an estimate by independent modes. */
  readonly diffusion: number;
  /** What is expected to be missing of F of any probe, relative. */
  readonly fluctuation: number;
}

/** When to sample, in steps; every `auto` of the experiment file made a number. */
export interface Plan {
  readonly burnIn: number;
  readonly lag: number;
  /** Samples of each replica; duration = (samples - 1) lag. */
  readonly samples: number;
  readonly replicas: number;
  readonly seed: number;
  readonly measurement: Measurement;
  /** Steps from the last sample to the end of the phase, of an experiment with phases. */
  readonly after?: number;
  /** What is left unsettled where the times do not wait for every mode. */
  readonly unsettled?: Unsettled;
  /** Where a rule without a frame to follow starts on its manifold: a fixed point, if one is known. */
  readonly fixedPoint?: State;
}

/** What an automatic plan needs to know of a point: predicted by a theory, or measured in a pilot run. */
export interface TimeScales {
  /** Steps: the slowest relaxation towards the manifold. */
  readonly relaxationTime: number;
  /** Steps from the start of learning to the manifold; 0 for a start on it. */
  readonly learningTime: number;
  /** Relative variance of D from one increment, for the probe that has the largest; 0 where nothing drifts. */
  readonly diffusionVariance: number;
  /** Degrees of freedom of F in one sample: its relative variance is 2 divided by them. */
  readonly fluctuationFreedom: number;
}

/**
 * Lag in relaxation times, so that the bounded error of increments leaves e^-6 of itself in neighbours: in a frame, where it is
 * of second order in the displacement from the manifold, and without one, where it is that displacement.
 */
const LAG_RELAXATIONS = 3;
const LAG_RELAXATIONS_WITHOUT_FRAME = 6;
/** Burn-in in relaxation times from the manifold: the variance of the slowest mode is e^-10 short of stationary. */
export const BURN_IN_RELAXATIONS = 5;
/** Fewest increments per replica: neighbours, and something to average. */
const MIN_INCREMENTS = 8;
/** Most steps of one replica that an automatic plan may ask for. */
const MAX_STEPS = 1e15;

/** The automatic lag. */
export const lagOf = (relaxationTime: number, frame: FrameMeasurement | null): number =>
  Math.max(1, Math.round((frame ? LAG_RELAXATIONS : LAG_RELAXATIONS_WITHOUT_FRAME) * relaxationTime));

/** The automatic burn-in. */
export const burnInOf = ({ relaxationTime, learningTime }: TimeScales): number =>
  Math.round(BURN_IN_RELAXATIONS * relaxationTime) + learningTime;

/** The relaxation time whose automatic lag without a frame is this. */
export const relaxationOf = (lag: number): number => lag / LAG_RELAXATIONS_WITHOUT_FRAME;

/**
 * Chooses burn-in, lag and duration from the time scales of a point. The duration is what brings the relative standard error
 * of D to `targetError` for every probe, and that of F. The frame is null where none can be followed. Throws
 * InvalidInputError when given numbers leave fewer than three samples.
 */
export function plan(
  simulation: SimulationSpec,
  probes: number,
  scales: TimeScales,
  frame: FrameMeasurement | null,
): Plan {
  const { replicas, seed } = simulation;
  const tau = scales.relaxationTime;
  const lag = simulation.lag === 'auto' ? lagOf(tau, frame) : simulation.lag;
  const burnIn = simulation.burnIn === 'auto' ? burnInOf(scales) : simulation.burnIn;
  const increments = incrementsOf(simulation, scales, lag);
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
      probes,
      frame,
      lag,
      samples,
      courseSamples: courseSamples(samples),
      trajectorySamples: trajectorySamples(simulation.trajectorySamples, samples),
    },
  };
}

function incrementsOf({ duration, replicas, targetError }: SimulationSpec, scales: TimeScales, lag: number): number {
  if (duration === 'auto') {
    const forDiffusion = scales.diffusionVariance / (targetError * targetError * replicas);
    // F is not to be worse; it decides where nothing rotates.
    const forFluctuation = 2 / (scales.fluctuationFreedom * targetError * targetError * replicas);
    return Math.ceil(Math.max(MIN_INCREMENTS, forDiffusion, forFluctuation));
  }
  const increments = Math.floor(duration / lag);
  if (increments >= 2) return increments;
  throw new InvalidInputError(
    `the duration of ${duration} steps holds ${increments} lags of ${lag} steps, needs at least 2`,
    ['simulation', 'duration'],
  );
}
