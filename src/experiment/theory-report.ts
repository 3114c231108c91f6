import { courseTimes } from '#theory';
import type { Experiment } from './file/resolve.js';
import { withLocation } from './location.js';
import { ordersOf } from './theory/prediction.js';
import { theoryRecord, type Order, type TheoryRecord } from './report.js';

/** What `meander theory --json` prints. */
export interface TheoryReport {
  readonly name: string;
  readonly points: TheoryRecord[];
}

export interface TheoryOptions {
  readonly order?: Order | undefined;
  /** Times of the courses, in steps; chosen for each point unless given. */
  readonly times?: readonly number[] | undefined;
}

/**
 * Predicts every point of an experiment: fluctuation, diffusion, directed drift and time courses of its probes. Simulates
 * nothing. Throws TheoryDomainError where the theory makes no prediction. Cost: `predict`.
 *
 * @group Start here
 */
export function theoryReport({ name, points }: Experiment, { order, times }: TheoryOptions = {}): TheoryReport {
  return {
    name,
    points: points.map((point) =>
      withLocation(point, () => {
        const orders = ordersOf(point, order);
        return theoryRecord(point, orders, times ?? courseTimes(orders.prediction));
      }),
    ),
  };
}
