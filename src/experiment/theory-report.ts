import { courseTimes, type FirstErrors } from '#theory';
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
  /** Receives the share of the work on a point that is done, where a prediction is long. */
  readonly progress?: ((point: number, share: number) => void) | undefined;
  /** Receives a first answer, with its relative errors, where a prediction is long and has one. */
  readonly first?: ((report: TheoryReport, errors: FirstErrors) => void) | undefined;
}

/**
 * Predicts every point of an experiment: fluctuation, diffusion, directed drift and time courses of its probes. Simulates
 * nothing. Throws TheoryDomainError where the theory makes no prediction. Cost: `predict`.
 *
 * @group Start here
 */
export function theoryReport(
  { name, points }: Experiment,
  { order, times, sources = false, progress, first }: TheoryOptions = {},
): TheoryReport {
  return {
    name,
    points: points.map((point, k) =>
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
        return {
          ...theoryRecord(point, orders, times ?? courseTimes(orders.prediction)),
          ...(sources && { noiseSources: noiseSourcesOf(point, orders.prediction) }),
        };
      }),
    ),
  };
}
