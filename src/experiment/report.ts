import { errorColumnOf, type Estimate } from '#core';
import { toRows } from '#linalg';
import { ratio } from '#compare';
import { interval95, type Estimates, type ProbeEstimates, type TimeCourseEstimates } from '#measure';
import {
  crossCorrelations,
  predictedCourses,
  type NextOrderPrediction,
  type NextOrderProbe,
  type Path,
  type PredictedCourses,
  type Prediction,
  type ProbePrediction,
  type StabilityLimit,
} from '#theory';
import type { RuleModel } from '#model';
import { theoryErrorOf } from './theory-error.js';
import { columnOf, isModelParameter, modelParameters } from './parameters.js';
import type { Plan } from './plan/plan.js';
import {
  perQuantity,
  quantityNames,
  quantityOf,
  type PerQuantity,
  type quantities,
  type QuantityName,
} from './quantities.js';
import type { Point } from './file/resolve.js';

/** A measured number, its standard error, and its 95% interval from independent replicas. */
export interface Measured extends Estimate {
  readonly interval95: readonly [number, number];
}

/**
 * What the theory says of a probe, each quantity under its name, with standard errors where the theory is sampled. Here and
 * below `Missing` is null where a point may have been planned without a prediction: what the theory would say is then null.
 */
export type ProbeTheory<Missing extends null = never> = { readonly stimulus: number[] } & {
  readonly [Name in QuantityName]: ReturnType<(typeof quantities)[Name]['theory']> | Missing;
} & { readonly [Name in SampledName as `${Name}StandardError`]?: number };

type SampledName = {
  [Name in QuantityName]: (typeof quantities)[Name] extends { theoryError: unknown } ? Name : never;
}[QuantityName];

/** The quantities of a probe with the next order of the learning rate. */
export type ProbeNextOrder = {
  readonly [Name in QuantityName]: ReturnType<(typeof quantities)[Name]['nextOrder']>;
} & {
  /** Relative size of what is expected to be left beyond that order: an estimate, not a bound. */
  readonly learningRateError: PerQuantity<number>;
};

/** What a report needs to know of a point. */
export type ReportPoint = Pick<Point, 'model' | 'probes' | 'assignments'>;

/** What is known of one point before anything is simulated, whoever asks. */
export interface PointHeader<Missing extends null = never> {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How the theory was computed, see docs/theory-paths.md. */
  readonly path: Path | Missing;
  readonly singularValues: number[] | Missing;
  readonly normalHessianEigenvalues: number[] | Missing;
  /** Ascending; none on the path `sampled`. */
  readonly rotationDiffusionEigenvalues: number[] | Missing;
  /** 1/2 |(A-M) Sigma^(1/2)|^2 + gamma |M|_* at the minimum. */
  readonly regularizedLossWithoutLabelNoise: number | Missing;
  /** Steps. */
  readonly relaxationTime: number | Missing;
  /** From this learning rate on the mean squared displacement from the manifold grows; where not `exact`, it is an upper bound. */
  readonly stabilityLimit: StabilityLimit | Missing;
}

/** What only the theory knows of a probe: the parts of D by source, and its representation in each of several hidden layers. */
type PredictedSources = Pick<ProbePrediction, 'sources' | 'layers'>;

/** What `meander theory` says of one point. */
export interface TheoryRecord extends PointHeader {
  readonly loss: { readonly theory: number };
  readonly regularizedLoss: { readonly theory: number };
  /** With the next order of the learning rate where that was asked for. */
  readonly probes: (ProbeTheory & PredictedSources & { readonly nextOrder?: ProbeNextOrder })[];
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

/** Theory, measurement and their ratio, each quantity under its name. */
export type ProbeComparison<Missing extends null = never> = ProbeTheory<Missing> & {
  readonly nextOrder?: ProbeNextOrder & { readonly ratio: PerQuantity<Estimate | null> };
  readonly simulation: {
    readonly [Name in QuantityName]: Measured | Extract<ReturnType<(typeof quantities)[Name]['simulation']>, null>;
  };
  readonly ratio: PerQuantity<Estimate | null>;
};

/** What `meander run` says of one point. */
export interface PointRecord<Missing extends null = never> extends PointHeader<Missing> {
  readonly loss: { readonly theory: number | Missing; readonly simulation: Measured };
  readonly regularizedLoss: { readonly theory: number | Missing; readonly simulation: Measured };
  readonly probes: ProbeComparison<Missing>[];
  /** Rotation variance per step along the theory's principal directions, in the order of the eigenvalues. */
  readonly rotationDiffusion: { readonly theory: number | Missing; readonly simulation: Measured }[];
  /** Mean rotation per step in the plane of modes a, b. */
  readonly directedVelocity: {
    readonly a: number;
    readonly b: number;
    readonly theory: number | Missing;
    /** With the next order of the learning rate where that was asked for. */
    readonly nextOrder?: number;
    readonly simulation: Measured;
  }[];
  /** Mean representational similarity h_i.h_j of the probes: prediction c_i.c_j on the manifold, and measured. */
  readonly similarity: { readonly theory: number[][] | Missing; readonly simulation: number[][] };
  readonly courses: TimeCourseEstimates & {
    /** The same from the theory, at the same times. */
    readonly theory: PredictedCourses | Missing;
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
  next: NextOrderPrediction | null,
  times: readonly number[],
): TheoryRecord {
  return {
    ...headerOf(point, prediction),
    loss: { theory: prediction.loss.task },
    regularizedLoss: { theory: prediction.loss.regularized },
    probes: prediction.probes.map((probe, k) => ({
      ...probeTheory(probe),
      sources: probe.sources,
      ...(probe.layers && { layers: probe.layers }),
      ...(next && { nextOrder: probeNextOrder(next.probes[k]) }),
    })),
    courses: {
      steps: times,
      ...predictedCourses(next ?? prediction, times),
      crossCorrelation: prediction.probes.length > MAX_CROSSED ? null : crossCorrelations(next ?? prediction, times),
    },
  };
}

function headerOf(point: ReportPoint, prediction: Prediction): PointHeader {
  return {
    parameters: parametersOf(point),
    path: prediction.path,
    // Silent units have none.
    singularValues: Array.from(prediction.singularValues).filter((value) => value > 0),
    normalHessianEigenvalues: Array.from(prediction.normalHessianEigenvalues),
    rotationDiffusionEigenvalues: Array.from(prediction.rotationDiffusionEigenvalues),
    regularizedLossWithoutLabelNoise: prediction.regularizedLossWithoutLabelNoise,
    relaxationTime: prediction.relaxationTime,
    stabilityLimit: prediction.stability,
  };
}

/** The same of a point without a prediction. */
const headerWithoutTheory = (point: ReportPoint): PointHeader<null> => ({
  parameters: parametersOf(point),
  path: null,
  singularValues: null,
  normalHessianEigenvalues: null,
  rotationDiffusionEigenvalues: null,
  regularizedLossWithoutLabelNoise: null,
  relaxationTime: null,
  stabilityLimit: null,
});

export function pointRecord(
  point: ReportPoint,
  prediction: Prediction | null,
  next: NextOrderPrediction | null,
  { burnIn, lag, samples, replicas, seed, measurement }: Plan,
  estimates: Estimates,
  seconds: number | null,
): PointRecord<null> {
  const measured = (estimate: Estimate): Measured => ({
    ...estimate,
    interval95: interval95(estimate, estimates.replicas),
  });
  const losses = lossesOf(estimates);
  const codes = prediction?.probes.map(({ representation }) => representation);
  return {
    ...(prediction ? headerOf(point, prediction) : headerWithoutTheory(point)),
    loss: { theory: prediction?.loss.task ?? null, simulation: measured(losses.task) },
    regularizedLoss: {
      theory: prediction?.loss.regularized ?? null,
      simulation: measured(losses.regularized),
    },
    probes: probesTheory(point, prediction).map((theory, k) => {
      const own = estimates.probes[k];
      const nextOrder = next && probeNextOrder(next.probes[k]);
      return {
        ...compareProbe(theory, own, estimates.replicas),
        ...(nextOrder && { nextOrder: { ...nextOrder, ratio: nextOrderRatios(nextOrder, own) } }),
      };
    }),
    rotationDiffusion: estimates.rotationDiffusion.map((estimate, d) => ({
      theory: prediction?.rotationDiffusionEigenvalues[d] ?? null,
      simulation: measured(estimate),
    })),
    directedVelocity: planesOf(measurement.frame?.rank ?? 0).map(({ a, b }, plane) => ({
      a,
      b,
      theory: prediction?.drift.velocity[plane] ?? null,
      ...(next && { nextOrder: next.drift.velocity[plane] }),
      simulation: measured(estimates.velocity[plane]),
    })),
    similarity: {
      theory:
        codes?.map((left) => codes.map((right) => left.reduce((sum, value, a) => sum + value * right[a], 0))) ?? null,
      simulation: toRows(estimates.similarity),
    },
    courses: {
      ...estimates.courses,
      theory: prediction && predictedCourses(next ?? prediction, estimates.courses.steps),
    },
    plan: { burnIn, lag, duration: (samples - 1) * lag, samples, replicas, seed },
    replicas: estimates.replicas,
    steps: estimates.replicas * burnIn + estimates.increments * lag,
    seconds,
  };
}

/** The planes of rotation of r hidden directions, in the order in which they are predicted and measured. */
const planesOf = (rank: number): { a: number; b: number }[] =>
  Array.from({ length: rank }, (_, a) => Array.from({ length: rank - a - 1 }, (__, k) => ({ a, b: a + k + 1 }))).flat();

/** The losses of an experiment, which every learning rule has. Throws RangeError for estimates of anything else. */
export function lossesOf({ losses }: Estimates): NonNullable<Estimates['losses']> {
  if (losses) return losses;
  throw new RangeError('a point of an experiment is measured with its losses');
}

/** A probe's prediction beside its measurement. `replicas` is the number behind the 95% intervals. */
export function compareProbe<Missing extends null = never>(
  theory: ProbeTheory<Missing>,
  own: ProbeEstimates,
  replicas: number,
): ProbeComparison<Missing> {
  return {
    ...theory,
    simulation: perQuantity((_, quantity) => {
      const estimate = quantity.simulation(own);
      return estimate && { ...estimate, interval95: interval95(estimate, replicas) };
    }) as ProbeComparison['simulation'],
    ratio: perQuantity((name, quantity) => {
      const simulation = quantity.compared?.(own) ?? quantity.simulation(own);
      const predicted = theory[name];
      if (simulation === null || predicted === null) return null;
      return ratio(simulation, predicted, theoryErrorOf(theory, name));
    }),
  };
}

/** What is predicted of the probes of a point; nulls without a prediction. */
export const probesTheory = ({ probes }: Pick<Point, 'probes'>, prediction: Prediction | null): ProbeTheory<null>[] =>
  prediction?.probes.map(probeTheory) ??
  probes.map((probe) => ({ stimulus: Array.from(probe), ...perQuantity(() => null) }));

function probeTheory(probe: ProbePrediction): ProbeTheory {
  const errors = quantityNames.flatMap((name) => {
    const error = quantityOf(name).theoryError?.(probe) ?? 0;
    return error > 0 ? [[errorColumnOf(name), error] as const] : [];
  });
  return {
    stimulus: Array.from(probe.stimulus),
    ...perQuantity((_, quantity) => quantity.theory(probe)),
    ...Object.fromEntries(errors),
  } as ProbeTheory;
}

const probeNextOrder = (probe: NextOrderProbe): ProbeNextOrder =>
  ({
    ...perQuantity((_, { nextOrder }) => nextOrder(probe)),
    learningRateError: perQuantity((_, quantity) => quantity.learningRateError(probe.learningRateError)),
  }) as ProbeNextOrder;

const nextOrderRatios = (next: ProbeNextOrder, own: ProbeEstimates): PerQuantity<Estimate | null> =>
  perQuantity((name, { simulation }) => {
    const [measured, predicted] = [simulation(own), next[name]];
    return measured === null || predicted === null ? null : ratio(measured, predicted);
  });

/** Numbers and names of a model: those of the registry in its order, then what only the model's rule knows. */
function scalarsOf(model: RuleModel): Record<string, unknown> {
  const all = Object.entries(model).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
  const known = modelParameters.flatMap((name) => all.filter(([key]) => key === name));
  return Object.fromEntries([...known, ...all.filter(([key]) => !isModelParameter(key))]);
}

/** The model's parameters and what else the sweep sets. */
export function parametersOf({ model, assignments }: Pick<Point, 'model' | 'assignments'>): Record<string, unknown> {
  const all = scalarsOf(model);
  const swept = assignments.filter(({ name }) => !(columnOf(name) in all));
  // A parameter of a rule file that is swept has the name of its path alone.
  const scalars = Object.fromEntries(
    Object.entries(all).filter(([key]) => !swept.some(({ name }) => name === `model.${key}`)),
  );
  return { ...scalars, ...Object.fromEntries(swept.map(({ name, value }) => [columnOf(name), value])) };
}
