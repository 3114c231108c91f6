import { exp } from '#random';
import { taskTemplate, sliceTask } from './split.js';
import type { Task } from './task.js';
import type { PreparedPoint } from '../prepare.js';

/** Course samples of an endless run in each decade of time, and how many decades beyond the lag they reach. */
const COURSES_PER_DECADE = 8;
const DECADES = 8;

/**
 * A prepared point as one task that never ends: the replicas, streams, burn-in and lag of `runExperiment`, so that after as many
 * samples every number is the same; only the time courses have times of their own, evenly spaced on a logarithmic axis.
 */
export function liveTask({ point, plan }: PreparedPoint<null>): Task {
  const task = sliceTask(taskTemplate(point, plan, false), 0, plan.replicas);
  const courseSamples = new Set([0]);
  for (let k = 0; k <= COURSES_PER_DECADE * DECADES; k++) {
    courseSamples.add(Math.round(exp((k * Math.LN10) / COURSES_PER_DECADE)));
  }
  return {
    ...task,
    measurement: {
      ...task.measurement,
      samples: Number.MAX_SAFE_INTEGER,
      courseSamples: Int32Array.from(courseSamples),
      trajectorySamples: new Int32Array(),
    },
  };
}
