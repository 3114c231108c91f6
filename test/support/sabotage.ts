// Two ways to make theory and simulation disagree, which every verdict on D of a probe must notice.
import type { RunTasks, Task, TaskResult } from '../../src/experiment/index.js';
import type { PreparedClaim } from '../../src/reproduce/index.js';

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
      prediction: { ...point.prediction, probes: point.prediction.probes.map(scaled) },
    })),
  };
}

/** A simulator whose weight decay is off by a factor. */
export function withDecayScaled(runTasks: RunTasks, factor: number): RunTasks {
  return (tasks) =>
    runTasks(
      tasks.map((task) => ({ ...task, model: { ...task.model, weightDecay: factor * task.model.weightDecay } })),
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
