// Ways to make theory and simulation disagree, which verdicts must notice.
import type { RunTasks, Task, TaskResult } from '../../src/experiment/index.js';
import { twoLayerModel } from '../../src/model/index.js';
import type { PreparedClaim } from '../../src/reproduce/index.js';
import type { NextOrderPrediction } from '../../src/theory/index.js';

/** The claim with the theory's D of the probes, its next order included, multiplied by a factor; time courses stay as they are. */
export function withDiffusionScaled({ claim, points }: PreparedClaim, factor: number): PreparedClaim {
  const scaled = <P extends { readonly diffusion: number }>(probe: P): P => ({
    ...probe,
    diffusion: factor * probe.diffusion,
  });
  return {
    claim,
    points: points.map((point) => ({
      ...point,
      next: point.next && { ...point.next, probes: point.next.probes.map(scaled) },
      best: point.best ? { ...point.best, probes: point.best.probes.map(scaled) } : null,
      prediction: { ...point.prediction, probes: point.prediction.probes.map(scaled) },
    })),
  };
}

/** A prediction with D of the probes multiplied by a factor. */
export const withDiffusionFactor = (next: NextOrderPrediction, factor: number): NextOrderPrediction => ({
  ...next,
  probes: next.probes.map((probe) => ({ ...probe, diffusion: factor * probe.diffusion })),
});

/** A prediction with the vector v over the planes turned by an angle, in the plane of v and the axis that is farthest from it. */
export function withVelocityTurned(next: NextOrderPrediction, degrees: number): NextOrderPrediction {
  const { velocity } = next.drift;
  const speed = Math.hypot(...velocity);
  const axis = velocity.reduce((best, value, k) => (Math.abs(value) < Math.abs(velocity[best]) ? k : best), 0);
  const across = velocity.map((value, k) => Number(k === axis) - (velocity[axis] * value) / speed ** 2);
  const length = Math.hypot(...across);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turned = velocity.map((value, k) => cos * value + (sin * speed * across[k]) / length);
  return { ...next, drift: { ...next.drift, velocity: turned } };
}

/** A simulator whose weight decay is off by a factor. */
export function withDecayScaled(runTasks: RunTasks, factor: number): RunTasks {
  return (tasks) =>
    runTasks(
      tasks.map((task) => {
        const model = twoLayerModel(task.model);
        return { ...task, model: { ...model, weightDecay: factor * model.weightDecay } };
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
