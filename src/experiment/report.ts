import type { Estimate } from '#core';
import { toRows } from '#linalg';
import { ratio } from '#compare';
import { interval95, type Estimates, type ProbeEstimates } from '#measure';
import {
  crossCorrelations,
  predictedCourses,
  type NextOrderProbe,
  type Path,
  type PredictedCourses,
  type Prediction,
  type ProbePrediction,
} from '#theory';
import type { Plan } from './plan.js';
import type { Point } from './file/resolve.js';

/** The quantities compared for each probe; rates are per step. */
export const quantities = ['squaredNorm', 'fluctuation', 'diffusion', 'directedSpeed'] as const;
export type Quantity = (typeof quantities)[number];
export type PerQuantity<T> = Record<Quantity, T>;

/** A measured number, its standard error, and its 95% interval from independent replicas. */
export interface Measured extends Estimate {
  readonly interval95: readonly [number, number];
}

export interface ProbeTheory extends PerQuantity<number> {
  readonly stimulus: number[];
  /** Standard error of the predicted D; only where the theory's rotation tensor is sampled. */
  readonly diffusionStandardError?: number;
}

/** What is known of one point before anything is simulated, whoever asks. */
export interface PointHeader {
  readonly parameters: Record<string, unknown>;
  /** How the theory was computed, see docs/theory-paths.md. */
  readonly path: Path;
  readonly singularValues: number[];
  readonly normalHessianEigenvalues: number[];
  /** Ascending; none on the path `sampled`. */
  readonly rotationDiffusionEigenvalues: number[];
  /** 1/2 |(A-M) Sigma^(1/2)|^2 + gamma |M|_* at the minimum. */
  readonly regularizedLossWithoutLabelNoise: number;
  /** Steps. */
  readonly relaxationTime: number;
}

/** What `meander theory` says of one point. */
export interface TheoryRecord extends PointHeader {
  readonly loss: { readonly theory: number };
  readonly regularizedLoss: { readonly theory: number };
  /** With the next order of the learning rate where that was asked for. */
  readonly probes: (ProbeTheory & { readonly nextOrder?: NextOrderProbe })[];
  readonly courses: CoursesTheory;
}

/** Predicted time courses, [time][probe]. */
export interface CoursesTheory extends PredictedCourses {
  /** Steps. */
  readonly steps: readonly number[];
  /** E[h_i(0).h_j(t)], [time][i][j]; null for more than 64 probes. */
  readonly crossCorrelation: number[][][] | null;
}

/** How many orders of the learning rate the theory is asked for. */
export type Order = 'leading' | 'next';

export interface ProbeComparison extends ProbeTheory {
  readonly nextOrder?: NextOrderProbe & { readonly ratio: Record<keyof NextOrderProbe, Estimate | null> };
  readonly simulation: PerQuantity<Measured>;
  readonly ratio: PerQuantity<Estimate | null>;
}

/** What `meander run` says of one point. */
export interface PointRecord extends PointHeader {
  readonly loss: { readonly theory: number; readonly simulation: Measured };
  readonly regularizedLoss: { readonly theory: number; readonly simulation: Measured };
  readonly probes: ProbeComparison[];
  /** Rotation variance per step along the theory's principal directions, in the order of the eigenvalues. */
  readonly rotationDiffusion: { readonly theory: number; readonly simulation: Measured }[];
  /** Mean rotation per step in the plane of modes a, b. */
  readonly directedVelocity: {
    readonly a: number;
    readonly b: number;
    readonly theory: number;
    readonly simulation: Measured;
  }[];
  /** Mean representational similarity h_i.h_j of the probes: prediction c_i.c_j on the manifold, and measured. */
  readonly similarity: { readonly theory: number[][]; readonly simulation: number[][] };
  readonly courses: {
    readonly steps: readonly number[];
    /** null for a probe that is not represented. */
    readonly selfCorrelation: readonly (readonly (Estimate | null)[])[];
    readonly squaredDisplacement: readonly (readonly Estimate[])[];
    readonly projectedSquaredDisplacement: readonly (readonly Estimate[])[];
    readonly similarityChange: readonly (Estimate | null)[];
    /** Mean losses of the samples after the time before, up to and with each time. */
    readonly taskLoss: readonly Estimate[];
    readonly regularizedLoss: readonly Estimate[];
    /** F in the same samples. */
    readonly fluctuation: readonly (readonly Estimate[])[];
    /** The same from the theory, at the same times. */
    readonly theory: PredictedCourses;
  };
  readonly plan: { burnIn: number; lag: number; duration: number; samples: number; replicas: number; seed: number };
  /** Replicas that were measured: those of the plan, or fewer where the run was interrupted. */
  readonly replicas: number;
  /** Steps made by these together, burn-in included. */
  readonly steps: number;
  /** Wall time; null unless timing was asked for, so that equal runs give equal bytes. */
  readonly seconds: number | null;
}

/** Most probes whose cross-correlations are listed: 64 x 64 numbers for each time. */
const MAX_CROSSED = 64;

export function theoryRecord(
  point: Point,
  prediction: Prediction,
  next: readonly NextOrderProbe[] | null,
  times: readonly number[],
): TheoryRecord {
  return {
    ...headerOf(point, prediction),
    loss: { theory: prediction.loss.task },
    regularizedLoss: { theory: prediction.loss.regularized },
    probes: prediction.probes.map((probe, k) => ({ ...probeTheory(probe), ...(next && { nextOrder: next[k] }) })),
    courses: {
      steps: times,
      ...predictedCourses(prediction, times),
      crossCorrelation: prediction.probes.length > MAX_CROSSED ? null : crossCorrelations(prediction, times),
    },
  };
}

function headerOf(point: Point, prediction: Prediction): PointHeader {
  return {
    parameters: parametersOf(point),
    path: prediction.path,
    singularValues: Array.from(prediction.singularValues),
    normalHessianEigenvalues: Array.from(prediction.normalHessianEigenvalues),
    rotationDiffusionEigenvalues: Array.from(prediction.rotationDiffusionEigenvalues),
    regularizedLossWithoutLabelNoise: prediction.regularizedLossWithoutLabelNoise,
    relaxationTime: prediction.relaxationTime,
  };
}

export function pointRecord(
  point: Point,
  prediction: Prediction,
  next: readonly NextOrderProbe[] | null,
  { burnIn, lag, samples, replicas, seed }: Plan,
  estimates: Estimates,
  seconds: number | null,
): PointRecord {
  const measured = (estimate: Estimate): Measured => ({
    ...estimate,
    interval95: interval95(estimate, estimates.replicas),
  });
  const codes = prediction.probes.map(({ representation }) => representation);
  const theory = predictedCourses(prediction, estimates.courses.steps);
  return {
    ...headerOf(point, prediction),
    loss: { theory: prediction.loss.task, simulation: measured(estimates.taskLoss) },
    regularizedLoss: { theory: prediction.loss.regularized, simulation: measured(estimates.regularizedLoss) },
    probes: prediction.probes.map((probe, k) => {
      const own = estimates.probes[k];
      return {
        ...probeTheory(probe),
        simulation: perQuantity((quantity) => measured(own[quantity])),
        // |v| is cut at zero; its ratio is that of the component along the predicted direction, signed and without bias.
        ratio: perQuantity((quantity) =>
          ratio(
            quantity === 'directedSpeed' ? own.speedAlongDriftDirection : own[quantity],
            probe[quantity],
            quantity === 'diffusion' ? probe.diffusionStandardError : 0,
          ),
        ),
        ...(next && { nextOrder: { ...next[k], ratio: nextRatios(own, next[k]) } }),
      };
    }),
    rotationDiffusion: estimates.rotationDiffusion.map((estimate, d) => ({
      theory: prediction.rotationDiffusionEigenvalues[d],
      simulation: measured(estimate),
    })),
    directedVelocity: prediction.drift.planes.map(({ a, b }, plane) => ({
      a,
      b,
      theory: prediction.drift.velocity[plane],
      simulation: measured(estimates.velocity[plane]),
    })),
    similarity: {
      theory: codes.map((left) => codes.map((right) => left.reduce((sum, value, a) => sum + value * right[a], 0))),
      simulation: toRows(estimates.similarity),
    },
    courses: { ...estimates.courses, theory },
    plan: { burnIn, lag, duration: (samples - 1) * lag, samples, replicas, seed },
    replicas: estimates.replicas,
    steps: estimates.replicas * burnIn + estimates.increments * lag,
    seconds,
  };
}

function nextRatios(own: ProbeEstimates, next: NextOrderProbe): Record<keyof NextOrderProbe, Estimate | null> {
  return {
    squaredNorm: ratio(own.squaredNorm, next.squaredNorm),
    fluctuation: ratio(own.fluctuation, next.fluctuation),
    diffusion: ratio(own.diffusion, next.diffusion),
  };
}

export const perQuantity = <T>(value: (quantity: Quantity) => T): PerQuantity<T> => ({
  squaredNorm: value('squaredNorm'),
  fluctuation: value('fluctuation'),
  diffusion: value('diffusion'),
  directedSpeed: value('directedSpeed'),
});

export function probeTheory(probe: ProbePrediction): ProbeTheory {
  const { stimulus, squaredNorm, fluctuation, diffusion, directedSpeed, diffusionStandardError } = probe;
  return {
    stimulus: Array.from(stimulus),
    squaredNorm,
    fluctuation,
    diffusion,
    directedSpeed,
    ...(diffusionStandardError > 0 ? { diffusionStandardError } : {}),
  };
}

export function parametersOf({ model, assignments }: Point): Record<string, unknown> {
  const { hiddenUnits, learningRate, weightDecay, labelNoiseVariance, batchSize } = model;
  const scalars = { hiddenUnits, learningRate, weightDecay, labelNoiseVariance, batchSize };
  const swept = assignments.filter(({ name }) => !(name.replace(/^model\./, '') in scalars));
  return { ...scalars, ...Object.fromEntries(swept.map(({ name, value }) => [name, value])) };
}
