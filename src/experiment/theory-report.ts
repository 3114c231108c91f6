import { courseTimes } from '#theory';
import type { Experiment } from './file/resolve.js';
import { noiseSourcesOf, type NoiseSourceRecord } from './noise-sources/analysis.js';
import { withLocation } from './location.js';
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
  return {
    name,
    points: points.map((point) =>
      withLocation(point, () => {
        const orders = ordersOf(point, order);
        return {
          ...theoryRecord(point, orders, times ?? courseTimes(orders.prediction)),
          ...(sources && { noiseSources: noiseSourcesOf(point, orders.prediction) }),
        };
      }),
    ),
  };
}
