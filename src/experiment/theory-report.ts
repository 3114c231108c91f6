import { courseTimes } from '#theory';
import type { Experiment } from './file/resolve.js';
import { noiseSourcesOf, type NoiseSourceRecord } from './noise-sources/analysis.js';
import { withLocation } from './location.js';
import { assertNoNewModes } from './phases/learned-modes.js';
import { phaseTheory } from './phases/phase-record.js';
import { phasesUpTo, type PlannedPhase } from './phases/predicted-phases.js';
import { planFromTheory } from './plan/from-theory.js';
import { ordersOf } from './theory/prediction.js';
import { theoryRecord, type Order, type TheoryRecord } from './report.js';

/** What `meander theory --json` prints. */
export interface TheoryReport {
  readonly name: string;
  readonly points: (TheoryRecord & { readonly noiseSources?: NoiseSourceRecord })[];
}

export interface TheoryOptions {
  readonly order?: Order | undefined;
  /** Times of the courses, in steps; chosen for each point unless given. */
  readonly times?: readonly number[] | undefined;
  /** Which noise makes the drift, and how each part scales. */
  readonly sources?: boolean | undefined;
}

/**
 * Predicts every point of an experiment: fluctuation, diffusion, directed drift and time courses of its probes. Simulates
 * nothing. Throws TheoryDomainError where the theory makes no prediction. Cost: `predict`.
 *
 * @group Start here
 */
export function theoryReport(
  { name, points }: Experiment,
  { order, times, sources = false }: TheoryOptions = {},
): TheoryReport {
  const planned: PlannedPhase[] = [];
  return {
    name,
    points: points.map((point) =>
      withLocation(point, () => {
        const orders = ordersOf(point, order);
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
  };
}
