import { fromData } from '#linalg';
import type { Measurement } from '#measure';
import { allUnitsOfRepresentations } from './starts.js';
import type { Task } from './task.js';

/** When the representations of a trajectory were kept. */
export interface TrajectoryTimes {
  /** Steps since the end of burn-in. */
  readonly steps: readonly number[];
  /** Whether all intervals are equal: a given number of samples seldom divides a run. */
  readonly evenlySpaced: boolean;
  /** That interval in steps; null where there is no single one. */
  readonly interval: number | null;
}

export function trajectoryTimes({
  trajectorySamples,
  lag,
}: Pick<Measurement, 'trajectorySamples' | 'lag'>): TrajectoryTimes {
  const steps = Array.from(trajectorySamples, (sample) => sample * lag);
  const intervals = new Set(steps.slice(1).map((step, i) => step - steps[i]));
  return { steps, evenlySpaced: intervals.size <= 1, interval: intervals.size === 1 ? [...intervals][0] : null };
}

/** The trajectory of a replica (T x K x k) with all hidden units: T x K x p. O(T K k p). */
export function trajectoryOfAllUnits(
  task: Omit<Task, 'replicas'>,
  replica: number,
  trajectory: Float64Array,
): Float64Array {
  const { trajectorySamples, probes } = task.measurement;
  const rows = trajectorySamples.length * probes;
  if (rows === 0) return trajectory;
  return allUnitsOfRepresentations(task, replica, fromData(rows, trajectory.length / rows, trajectory)).data;
}
