import { courseTimes, type FirstErrors } from '#theory';
import type { Experiment, Point } from '../file/resolve.js';
import { noiseSourcesOf, type NoiseSourceRecord } from '../noise-sources/analysis.js';
import { withLocation } from '../file/location.js';
import { assertNoNewModes } from '../phases/learned-modes.js';
import { phaseTheory } from '../phases/phase-record.js';
import { phasesUpTo, type PlannedPhase } from '../phases/predicted-phases.js';
import { planFromTheory } from '../plan/from-theory.js';
import { ordersOf } from './prediction.js';
import { headerWithoutTheory, type PointHeader } from '../point-header.js';
import { whyUnpredicted } from './unpredicted.js';
import { theoryRecord, type Order, type TheoryRecord } from '../report.js';

/** What `meander theory --json` prints. */
export interface TheoryReport {
  readonly name: string;
  /** Of `predictedPoints`. */
  readonly points: (TheoryRecord & { readonly noiseSources?: NoiseSourceRecord })[];
  /** Phases that are only measured, where others are predicted. */
  readonly unpredicted?: readonly PointHeader<null>[];
}

export interface TheoryOptions {
  readonly order?: Order | undefined;
  /** Times of the courses, in steps; chosen for each point unless given. */
  readonly times?: readonly number[] | undefined;
  /** Which noise makes the drift, and how each part scales. */
  readonly sources?: boolean | undefined;
  /** Receives the share of the work on a point that is done, where a prediction is long. */
  readonly progress?: ((point: number, share: number) => void) | undefined;
  /** Receives a first answer, where a prediction is long and has one, with its relative errors; null where only the limit of stability is missing. */
  readonly first?: ((report: TheoryReport, errors: FirstErrors | null) => void) | undefined;
}

/**
 * The points that `theoryReport` predicts: all, or, where some phases are only measured, the others. Of an experiment without any
 * prediction all, so that it says why.
 */
export function predictedPoints(points: readonly Point[]): readonly Point[] {
  const predicted = points.filter(({ phase, model }) => !phase || whyUnpredicted(model) === null);
  return predicted.length > 0 ? predicted : points;
}

/**
 * Predicts every point of an experiment: fluctuation, diffusion, directed drift and time courses of its probes. Simulates
 * nothing. Throws TheoryDomainError where the theory makes no prediction, but for phases beside others that it predicts: these are
 * listed in `unpredicted`. Cost: `predict`.
 *
 * @group Start here
 */
export function theoryReport(
  { name, points }: Pick<Experiment, 'name' | 'points'>,
  { order, times, sources = false, progress, first }: TheoryOptions = {},
): TheoryReport {
  const planned: PlannedPhase[] = [];
  const predicted = predictedPoints(points);
  const measured = points.filter((point) => !predicted.includes(point));
  return {
    name,
    points: predicted.map((point, k) =>
      withLocation(point, () => {
        const orders = ordersOf(point, order, {
          ...(progress && {
            progress: (share) => {
              progress(k, share);
            },
          }),
          ...(first && {
            first: (prediction, errors) => {
              const record = theoryRecord(
                point,
                { prediction, next: null, best: null },
                times ?? courseTimes(prediction),
              );
              first({ name, points: [record] }, errors);
            },
          }),
        });
        const steps = times ?? courseTimes(orders.prediction);
        if (point.phase) planned.push({ point, ...orders, plan: planFromTheory(point, orders.prediction) });
        const phases = point.phase && phasesUpTo(planned, planned.length - 1);
        if (phases) assertNoNewModes(phases);
        const phase = phases && phaseTheory(phases, steps);
        return {
          ...theoryRecord(point, orders, steps),
          ...(phase && { phase }),
          ...(sources && { noiseSources: noiseSourcesOf(point, orders.prediction) }),
        };
      }),
    ),
    ...(measured.length > 0 && { unpredicted: measured.map(headerWithoutTheory) }),
  };
}
