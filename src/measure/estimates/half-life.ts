import type { Estimate } from '#core';
import {
  add,
  apply,
  dot,
  firstPassage,
  fromData,
  LinearFlow,
  multiply,
  passageDelays,
  scale,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import type { FrameMeasurement } from '../measurement.js';
import { averageOf, type WeightedSummaries } from './averages.js';
import { covarianceOfMean, meanEstimate } from './intervals.js';

/** Most that the noise of the directed motion may turn a representation within the half-life (rad): beyond it, noise makes it. */
const MAX_NOISE = 0.5;

/**
 * Returns the function of a probe (from 0) to its half-life (steps): the first time at which
 *   E h(0).h(t) / E |h|^2 = c^T exp(tA) c / <|h|^2>
 * is one half, with c the mean code R^T h and A = V - K/2, V the mean rotation per step, K the long-run covariance E omega^T omega
 * per step (as in `longRunVariance`, so that c^T K c = D). V counts where the plan knows a direction of drift; what symmetry forbids is
 * noise, which would turn a representation in the long time of diffusion. The error is that of the first-order change by A, c and
 * <|h|^2> of each replica.
 *
 * null where the correlation never falls so far, and where the noise of V would turn c by more than half a radian in that time.
 * O(R r^2) for each probe of R replicas, and some 60 products of r x r matrices.
 */
export function halfLifeEstimates(
  { rank, driftDirections }: FrameMeasurement,
  all: WeightedSummaries,
  lag: number,
): (k: number) => Estimate | null {
  const { summaries, weights } = all;
  const probes = driftDirections.rows;
  const isDirected = driftDirections.data.some((component) => component !== 0);
  const codes = averageOf(all, (summary) => summary.codes);
  const squares = averageOf(all, ({ similarity }) => similarity);
  const generators = generatorsOf(all, rank, lag, isDirected);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = generators.reduce((sum, own, i) => add(sum, own, weights[i] / total), zeros(rank, rank));
  // Three increments leave no covariance about their mean.
  if (!mean.data.every(Number.isFinite)) return () => null;
  const flow = new LinearFlow(mean);
  return (k) => {
    const code = (values: Float64Array): Float64Array => values.subarray(k * rank, (k + 1) * rank);
    const square = (values: Float64Array): number => values[k * (probes + 1)];
    const c = code(codes);
    const time = firstPassage(flow, c, square(squares) / 2);
    if (time === null) return null;
    if (isDirected && time * directedNoise(all, rank, lag, c) > MAX_NOISE * Math.sqrt(dot(c, c))) return null;
    const delays = passageDelays(
      flow,
      c,
      time,
      summaries.map((summary, i) => ({
        generator: add(generators[i], mean, -1),
        c: code(summary.codes).map((value, a) => value - c[a]),
        level: (square(summary.similarity) - square(squares)) / 2,
      })),
    );
    return meanEstimate(
      delays.map((delay) => time + delay),
      weights,
    );
  };
}

/** A of each replica: the covariance is about the mean rotation of all replicas, with its bias removed. */
function generatorsOf(all: WeightedSummaries, rank: number, lag: number, isDirected: boolean): Matrix[] {
  const increments = all.weights.reduce((sum, weight) => sum + weight, 0);
  const scaleOfK = lag * (1 - 3 / increments);
  const m = antisymmetric(
    averageOf(all, ({ rotation }) => rotation),
    rank,
  );
  // x^T m of antisymmetric matrices is -x m.
  const about = (moment: Matrix, left: Matrix, right: Matrix): Matrix =>
    add(add(add(moment, multiply(left, m)), multiply(m, right)), multiply(m, m), -1);
  return all.summaries.map((summary) => {
    const turned = antisymmetric(summary.rotation, rank);
    const [head, tail] = [summary.rotationHead, summary.rotationTail].map((each) => antisymmetric(each, rank));
    const own = about(fromData(rank, rank, summary.square), turned, turned);
    const neighbours = about(fromData(rank, rank, summary.neighbour), head, tail);
    const covariance = add(add(own, neighbours), transpose(neighbours));
    const diffusive = scale(covariance, -1 / (2 * scaleOfK));
    return isDirected ? add(diffusive, turned, 1 / lag) : diffusive;
  });
}

/** Standard error of V c, all components together (activation per step). */
function directedNoise({ summaries, weights }: WeightedSummaries, rank: number, lag: number, c: Float64Array): number {
  const motions = summaries.map(({ rotation }) => apply(antisymmetric(rotation, rank), c));
  const variances = Array.from(c, (_, a) => {
    const component = motions.map((motion) => motion[a] / lag);
    return covarianceOfMean(component, component, weights);
  });
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0));
}

/** omega of its planes, r x r. */
function antisymmetric(planes: Float64Array, rank: number): Matrix {
  const omega = zeros(rank, rank);
  let plane = 0;
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++, plane++) {
      omega.data[a * rank + b] = planes[plane];
      omega.data[b * rank + a] = -planes[plane];
    }
  }
  return omega;
}
