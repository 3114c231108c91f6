import type { PreparedPoint, Trajectories } from '#experiment';
import { predictedCourses, type EstimatedMotion } from '#theory';

/** How much of the self-correlation of every probe is left after two lags, from the trajectories of all replicas. */
export interface LaggedProducts {
  /** Steps, both long after the relaxation; a mean where times are rounded. */
  readonly lags: readonly [number, number];
  /** Mean of h(t).h(t + lag) over all times of a trajectory, [replica][probe][lag]. */
  readonly products: readonly (readonly (readonly [number, number])[])[];
}

/** Times of a trajectory that tell its decay, at least. */
const MIN_TIMES = 20;

/**
 * The first lag is the time between two samples, the second the one until which rotation is predicted to take as much of the
 * self-correlation as fluctuation does, F/|h|^2: noise of the rotation is less at a shorter lag, that of the fluctuation at a longer one.
 * null for short trajectories.
 */
export function laggedProducts(
  { prediction, next, best }: Pick<PreparedPoint, 'prediction' | 'next' | 'best'>,
  trajectories: Trajectories,
): LaggedProducts | null {
  const { steps, probes, replicas } = trajectories;
  if (steps.length < MIN_TIMES) return null;
  // Times are rounded to samples: the mean interval, as little is lost in one.
  const interval = (steps[steps.length - 1] - steps[0]) / (steps.length - 1);
  const lost = (samples: number): number => lossOf(next ?? best ?? prediction, [interval, samples * interval], 0);
  const { fluctuation, squaredNorm } = prediction.probes[0];
  let samples = 2;
  while (samples < steps.length / 2 && lost(samples) < fluctuation / squaredNorm) samples++;
  const product = (replica: Float64Array, probe: number, lag: number): number =>
    meanProduct(replica, trajectories, probe, lag);
  return {
    lags: [interval, samples * interval],
    products: replicas.map((replica) =>
      Array.from({ length: probes }, (_, k) => [product(replica, k, 1), product(replica, k, samples)] as const),
    ),
  };
}

function meanProduct(
  replica: Float64Array,
  { steps, probes, units }: Trajectories,
  probe: number,
  lag: number,
): number {
  const times = steps.length - lag;
  let sum = 0;
  for (let t = 0; t < times; t++) {
    const [from, to] = [(t * probes + probe) * units, ((t + lag) * probes + probe) * units];
    for (let unit = 0; unit < units; unit++) sum += replica[from + unit] * replica[to + unit];
  }
  return sum / times;
}

/** ln of the self-correlation of a probe at the first lag over that at the second: what rotation takes, without fluctuation. */
export function lossOf(motion: EstimatedMotion, lags: readonly [number, number], probe: number): number {
  const [first, second] = predictedCourses(motion, lags).selfCorrelation.map((row) => row[probe]);
  if (first === null || second === null) throw new RangeError(`probe ${probe + 1} is not represented`);
  return Math.log(first / second);
}
