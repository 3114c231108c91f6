// Ways to make theory and simulation disagree, which verdicts must notice.
import type { PreparedPoint, RunTasks, Task, TaskResult } from '../../src/experiment/index.js';
import { scale } from '#linalg';
import { twoLayerModel } from '../../src/model/index.js';
import type { PreparedClaim } from '../../src/reproduce/index.js';
import type { Drift, NextOrderPrediction, Prediction } from '../../src/theory/index.js';

/** What a prediction of either order says of drift. */
interface Drifting {
  readonly drift: Drift;
  readonly probes: readonly { readonly diffusion: number; readonly directedSpeed: number }[];
}

/** The claim with every prediction changed, of leading and next order alike. */
const withTheory = (
  { claim, points }: PreparedClaim,
  change: (point: PreparedPoint) => <P extends Drifting>(prediction: P) => P,
): PreparedClaim => ({
  claim,
  points: points.map((point) => {
    const changed = change(point);
    return {
      ...point,
      prediction: changed<Prediction>(point.prediction),
      next: point.next && changed<NextOrderPrediction>(point.next),
      best: point.best ? changed<NextOrderPrediction>(point.best) : null,
    };
  }),
});

/** The claim with the theory's D of the probes, and the rotation diffusion by which time courses decay, multiplied by a factor. */
export const withDiffusionScaled = (claim: PreparedClaim, factor: number): PreparedClaim =>
  withTheory(claim, () => (prediction) => ({
    ...prediction,
    drift: { ...prediction.drift, diffusion: scaledCovariance(prediction.drift.diffusion, factor) },
    probes: prediction.probes.map((probe) => ({ ...probe, diffusion: factor * probe.diffusion })),
  }));

const scaledCovariance = (covariance: Drift['diffusion'], factor: number): Drift['diffusion'] => ({
  dense: () => scale(covariance.dense(), factor),
  planeVariances: () => covariance.planeVariances().map((value) => factor * value),
  principalDirections: () => {
    const { values, directions } = covariance.principalDirections();
    return { values: values.map((value) => factor * value), directions };
  },
  displacementCovariance: (c) => scale(covariance.displacementCovariance(c), factor),
  diffusionOf: (c) => {
    const { value, se } = covariance.diffusionOf(c);
    return { value: factor * value, se: factor * se };
  },
  rotateBothSides: (x) => scale(covariance.rotateBothSides(x), factor),
  meanSquares: (rank) => covariance.meanSquares(rank).map((square) => scale(square, factor)),
});

/** The claim with the theory's v multiplied by a factor. */
export const withVelocityScaled = (claim: PreparedClaim, factor: number): PreparedClaim =>
  withTheory(claim, () => (prediction) => ({
    ...prediction,
    drift: { ...prediction.drift, velocity: prediction.drift.velocity.map((value) => factor * value) },
    probes: prediction.probes.map((probe) => ({ ...probe, directedSpeed: factor * probe.directedSpeed })),
  }));

/** The claim with the theory's v turned by an angle, its part along the leading order as that. */
export const withDirectionTurned = (claim: PreparedClaim, degrees: number): PreparedClaim =>
  withTheory(claim, ({ prediction: { drift } }) => {
    const turn = turning(drift.velocity, degrees);
    return (prediction) => ({
      ...prediction,
      drift: { ...prediction.drift, velocity: turn(prediction.drift.velocity) },
    });
  });

/** A prediction with D of the probes multiplied by a factor. */
export const withDiffusionFactor = (next: NextOrderPrediction, factor: number): NextOrderPrediction => ({
  ...next,
  probes: next.probes.map((probe) => ({ ...probe, diffusion: factor * probe.diffusion })),
});

/** A prediction with the vector v over the planes turned by an angle, in the plane of v and the axis that is farthest from it. */
export const withVelocityTurned = (next: NextOrderPrediction, degrees: number): NextOrderPrediction => ({
  ...next,
  drift: { ...next.drift, velocity: turning(next.drift.velocity, degrees)(next.drift.velocity) },
});

/** The rotation by an angle in the plane of a vector and the axis that is farthest from it. */
function turning(vector: Float64Array, degrees: number): (other: Float64Array) => Float64Array {
  const length = Math.hypot(...vector);
  const axis = vector.reduce((best, value, k) => (Math.abs(value) < Math.abs(vector[best]) ? k : best), 0);
  const along = vector.map((value) => value / length);
  const rest = along.map((value, k) => Number(k === axis) - along[axis] * value);
  const across = rest.map((value) => value / Math.hypot(...rest));
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return (other) => {
    const [a, b] = [along, across].map((axis) => other.reduce((sum, value, k) => sum + value * axis[k], 0));
    return other.map(
      (value, k) => value + ((cos - 1) * a - sin * b) * along[k] + ((cos - 1) * b + sin * a) * across[k],
    );
  };
}

/** A simulator whose weight decay is off by a factor. */
export function withDecayScaled(runTasks: RunTasks, factor: number): RunTasks {
  return (tasks) =>
    runTasks(
      tasks.map((task) => {
        const scaled = <Part extends Pick<Task, 'model'>>(part: Part): Part => {
          const model = twoLayerModel(part.model);
          return { ...part, model: { ...model, weightDecay: factor * model.weightDecay } };
        };
        return { ...scaled(task), ...(task.later && { later: task.later.map(scaled) }) };
      }),
    );
}

/** Runs every task once: equal tasks give equal results. */
export function remembering(runTasks: RunTasks): RunTasks {
  const known = new Map<string, (TaskResult | null)[]>();
  const key = (tasks: readonly Task[]): string =>
    JSON.stringify(tasks.map(({ model, seed, replicas, measurement }) => [model, seed, replicas, measurement.lag]));
  return async (tasks) => {
    const results = known.get(key(tasks)) ?? (await runTasks(tasks));
    known.set(key(tasks), results);
    return results;
  };
}
