import type { Site } from './site-schema.js';

/** Tasks as ranges [first, last], both included. */
export type Ranges = readonly (readonly [number, number])[];

/** A task and its amount of work, in replica-steps. */
export interface Work {
  readonly task: number;
  readonly steps: number;
}

/**
 * Replica-steps of an array task for each of its processors, unless the site gives the number of array tasks: half a
 * minute for a small network, some minutes for a large one.
 */
const ARRAY_TASK_STEPS = 2e9;
const MAX_ARRAY_TASKS = 1000;

/** Packs tasks into array tasks: neighbouring tasks, about the same amount of work in each array task. */
export function packTasks(
  work: readonly Work[],
  { arrayTasks: wanted, cpus }: Pick<Site, 'arrayTasks' | 'cpus'>,
): Ranges[] {
  const total = work.reduce((sum, { steps }) => sum + steps, 0);
  const count = wanted ?? Math.min(MAX_ARRAY_TASKS, Math.max(1, Math.round(total / (ARRAY_TASK_STEPS * cpus))));
  const arrayTasks: number[][] = [];
  let [before, place] = [0, -1];
  for (const { task, steps } of work) {
    // By the middle of the task, so that a long task does not share its array task with others.
    const next = Math.floor((count * (before + steps / 2)) / total);
    if (next > place) arrayTasks.push([]);
    place = next;
    arrayTasks[arrayTasks.length - 1].push(task);
    before += steps;
  }
  return arrayTasks.map(rangesOf);
}

export function tasksOf(ranges: Ranges): number[] {
  return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
}

function rangesOf(tasks: readonly number[]): Ranges {
  const ranges: [number, number][] = [];
  for (const task of tasks) {
    const range = ranges.at(-1);
    if (range?.[1] === task - 1) range[1] = task;
    else ranges.push([task, task]);
  }
  return ranges;
}
