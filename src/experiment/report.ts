import { errorColumnOf, type Estimate } from '#core';
import { toRows } from '#linalg';
import { ratio } from '#compare';
import {
  correlationInterval95,
  interval95,
  positiveInterval95,
  type Estimates,
  type ProbeEstimates,
  type Reflections,
  type TimeCourseEstimates,
} from '#measure';
import {
  crossCorrelations,
  type NextOrderProbe,
  type PredictedCourses,
  type Prediction,
  type ProbePrediction,
} from '#theory';
import type { Measured } from './measured.js';
import type { Orders } from './theory/orders.js';
import { theoryErrorOf } from './theory/standard-error.js';
import { coursesOf, learningRateErrorOf } from './theory/estimated-errors.js';
import { velocityTest, type VelocityTest } from './theory/velocity-test.js';
import type { PhaseRecord, PhaseTheory } from './phases/phase-record.js';
import type { Plan } from './plan/plan.js';
import type { Unsettled } from './plan/plan.js';
import { headerOf, headerWithoutTheory, type PointHeader, type ReportPoint } from './point-header.js';
import {
  perQuantity,
  quantityNames,
  quantityOf,
  type PerQuantity,
  type quantities,
  type QuantityName,
} from './quantities.js';
import type { Point } from './file/resolve.js';

export type { Measured, Orders };

/**
 * What the theory says of a probe, each quantity under its name, with standard errors where the theory is sampled. Here and
 * below `Missing` is null where a point may have been planned without a prediction: what the theory would say is then null.
 */
export type ProbeTheory<Missing extends null = never> = {
  readonly stimulus: number[];
  /** What the experiment file calls it. */
  readonly label?: string;
} & {
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

/** What only the theory knows of a probe: the parts of D by source, and its representation in each of several hidden layers. */
export type PredictedSources = Pick<ProbePrediction, 'sources' | 'layers'>;

/** What `meander theory` says of one point. */
export interface TheoryRecord extends PointHeader {
  readonly loss: { readonly theory: number };
  readonly regularizedLoss: { readonly theory: number };
  /** With the next order of the learning rate where that was asked for. */
  readonly probes: (ProbeTheory &
    PredictedSources & {
      /** How far the learning rate is expected to put the leading order off, relative to it: an estimate, not a bound. */
      readonly learningRateError: PerQuantity<number>;
      readonly nextOrder?: ProbeNextOrder;
    })[];
  readonly courses: CoursesTheory;
  /** Of an experiment with phases: when this one is, and what is left of the codes of the phases before it. */
  readonly phase?: PhaseTheory;
}

/** Predicted time courses, [time][probe]. */
export interface CoursesTheory extends PredictedCourses {
  /** Steps. */
  readonly steps: readonly number[];
  /** E[h_i(0).h_j(t)], [time][i][j]; null for more than 64 probes. */
  readonly crossCorrelation: number[][][] | null;
  /** What the learning rate is expected to put the courses off, absolute: an estimate, not a bound. */
  readonly learningRateError: PredictedCourses;
}

/**
 * How many orders of the learning rate the theory is asked for. `next`: with the next order in the report. `automatic`: the next order only
 * for time courses and errors, where it takes less than a quarter of a second. `leading`: not even there.
 */
export type Order = 'automatic' | 'leading' | 'next';

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
  readonly probes: (ProbeComparison<Missing> & {
    /** How far the learning rate is expected to put the leading order off, relative to it: an estimate, not a bound. */
    readonly learningRateError?: PerQuantity<number> | Missing;
    /** Component of the measured v along the predicted one, signed and without bias; null where none is predicted. */
    readonly speedAlongPrediction: Measured | null;
  })[];
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
  /** null without a theory, for as many planes as replicas, and for more than 128. */
  readonly directedVelocityTest: VelocityTest | null;
  /** Mean representational similarity h_i.h_j of the probes: prediction c_i.c_j on the manifold, and measured. */
  readonly similarity: { readonly theory: number[][] | Missing; readonly simulation: number[][] };
  readonly courses: Omit<TimeCourseEstimates, 'selfCorrelation' | 'similarityChange'> & {
    /** With intervals on Fisher's scale. */
    readonly selfCorrelation: readonly (readonly (Measured | null)[])[];
    /** With intervals on the logarithmic scale. */
    readonly similarityChange: readonly (Measured | null)[];
    /** The same from the theory, at the same times. */
    readonly theory: (PredictedCourses & { readonly learningRateError: PredictedCourses }) | Missing;
  };
  readonly plan: { burnIn: number; lag: number; duration: number; samples: number; replicas: number; seed: number } & {
    /** What is left unsettled where the times do not wait for every mode. */
    readonly unsettled?: Unsettled;
  };
  /** Of an experiment with phases: when this one is, and what is left of the codes of the phases before it. */
  readonly phase?: PhaseRecord;
  /** Increments in which a mode changed its sign, so that only their rotation is measured; absent where there are none. */
  readonly reflections?: Reflections;
  /** Replicas that were measured: those of the plan, or fewer where the run was interrupted. */
  readonly replicas: number;
  /** Steps made by these together, burn-in included. */
  readonly steps: number;
  /** Wall time; null unless timing was asked for, so that equal runs give equal bytes. */
  readonly seconds: number | null;
}

/** Most probes whose cross-correlations are listed: 64 x 64 numbers for each time. */
const MAX_CROSSED = 64;

export function theoryRecord(point: Point, { prediction, next, best }: Orders, times: readonly number[]): TheoryRecord {
  const rates = next ?? best ?? prediction;
  return {
    ...headerOf(point, prediction),
    loss: { theory: prediction.loss.task },
    regularizedLoss: { theory: prediction.loss.regularized },
    probes: prediction.probes.map((probe, k) => ({
      ...probeTheory(probe),
      ...labelOf(point, k),
      sources: probe.sources,
      ...(probe.layers && { layers: probe.layers }),
      learningRateError: learningRateErrorOf(probe, (next ?? best)?.probes[k]),
      ...(next && { nextOrder: probeNextOrder(next.probes[k]) }),
    })),
    courses: {
      steps: times,
      ...coursesOf(rates, times),
      crossCorrelation: prediction.probes.length > MAX_CROSSED ? null : crossCorrelations(rates, times),
    },
  };
}

export function pointRecord(
  point: ReportPoint,
  { prediction, next, best }: Orders<null>,
  { burnIn, lag, samples, replicas, seed, measurement, unsettled }: Plan,
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
        speedAlongPrediction: theory.directedSpeed ? measured(own.speedAlongDriftDirection) : null,
        learningRateError: prediction && learningRateErrorOf(prediction.probes[k], (next ?? best)?.probes[k]),
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
    directedVelocityTest: prediction && velocityTest(estimates, prediction, next ?? best ?? null),
    similarity: {
      theory:
        codes?.map((left) => codes.map((right) => left.reduce((sum, value, a) => sum + value * right[a], 0))) ?? null,
      simulation: toRows(estimates.similarity),
    },
    courses: {
      ...estimates.courses,
      selfCorrelation: estimates.courses.selfCorrelation.map((row) =>
        row.map((own) => own && { ...own, interval95: correlationInterval95(own, estimates.replicas) }),
      ),
      similarityChange: estimates.courses.similarityChange.map(
        (own) => own && { ...own, interval95: positiveInterval95(own, estimates.replicas) },
      ),
      theory: prediction && coursesOf(next ?? best ?? prediction, estimates.courses.steps),
    },
    plan: { burnIn, lag, duration: (samples - 1) * lag, samples, replicas, seed, ...(unsettled && { unsettled }) },
    ...(estimates.reflections && { reflections: estimates.reflections }),
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
    simulation: perQuantity((name, quantity) => {
      const estimate = isMeaningful(theory, name) ? quantity.simulation(own) : null;
      return estimate && { interval95: interval95(estimate, replicas), ...estimate };
    }) as ProbeComparison['simulation'],
    ratio: perQuantity((name, quantity) => {
      const simulation = quantity.compared?.(own) ?? quantity.simulation(own);
      const predicted = theory[name];
      if (simulation === null || predicted === null) return null;
      return ratio(simulation, predicted, theoryErrorOf(theory, name));
    }),
  };
}

/** A probe that is not represented fluctuates, but has no code whose angles could drift. */
const isMeaningful = ({ squaredNorm }: ProbeTheory<null>, name: QuantityName): boolean =>
  squaredNorm !== 0 || (name !== 'relativeDiffusion' && name !== 'halfLife');

/** What is predicted of the probes of a point; nulls without a prediction. */
export const probesTheory = (point: Labelled, prediction: Prediction | null): ProbeTheory<null>[] =>
  point.probes.map((probe, k) => ({
    ...(prediction ? probeTheory(prediction.probes[k]) : { stimulus: Array.from(probe), ...perQuantity(() => null) }),
    ...labelOf(point, k),
  }));

type Labelled = Pick<Point, 'probes' | 'probeLabels'>;

function labelOf({ probeLabels = [] }: Labelled, k: number): { readonly label?: string } {
  const label = probeLabels.at(k) ?? null;
  return label === null ? {} : { label };
}

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
