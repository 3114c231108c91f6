import { fromRows } from '#linalg';
import type { Plan } from '../plan/plan.js';
import type { Point } from '../file/resolve.js';
import type { Task } from './task.js';

/** What all tasks of a point have in common, and the replicas that are divided among them. Plain data. */
export interface TaskTemplate {
  readonly task: Omit<Task, 'replicas'>;
  /** Number of the first replica. */
  readonly origin: number;
  readonly replicas: number;
}

export function taskTemplate(
  { model, probes, simulation, assignments }: Point,
  plan: Plan,
  keepWeights: boolean,
): TaskTemplate {
  const { start, precision, reduceHiddenUnits } = simulation;
  return {
    task: {
      model,
      probes: fromRows(probes),
      seed: plan.seed,
      burnIn: plan.burnIn,
      precision,
      measurement: plan.measurement,
      start,
      ...(plan.fixedPoint && { fixedPoint: plan.fixedPoint }),
      reduceHiddenUnits,
      keepWeights,
      ...(plan.after !== undefined && { after: plan.after }),
    },
    origin: firstReplica(assignments),
    replicas: plan.replicas,
  };
}

/** The template of an experiment from those of its phases: its first one, whose networks go on through the others. */
export function protocolTemplate([first, ...later]: readonly TaskTemplate[]): TaskTemplate {
  if (later.length === 0) return first;
  const phases = later.map(({ task: { model, burnIn, measurement, after } }) => ({
    model,
    burnIn,
    measurement,
    after,
  }));
  return { ...first, task: { ...first.task, later: phases } };
}

/** Replicas of one task unless given: depends on the number of replicas only, never on the workers. */
export const taskReplicas = (replicas: number): number => 4 * Math.ceil(replicas / 128);

/** Replicas that fill the widest vectors there are, of 512 bits. */
const WIDE = 8;

/** Replicas of one task for a known number of workers: more than `taskReplicas`, for wide vectors, where all still have work. */
export function taskSize(replicas: number, workers?: number): number {
  const size = taskReplicas(replicas);
  return workers !== undefined && replicas >= WIDE * workers ? Math.max(size, WIDE) : size;
}

/** The tasks of a point. Results do not depend on `size`, for each replica is measured on its own. */
export function splitTasks(whole: TaskTemplate, size = taskReplicas(whole.replicas)): Task[] {
  const tasks: Task[] = [];
  for (let first = 0; first < whole.replicas; first += size) {
    tasks.push(sliceTask(whole, first, Math.min(size, whole.replicas - first)));
  }
  return tasks;
}

/** The task that has `count` of the replicas from the `first` one on. */
export function sliceTask({ task, origin }: TaskTemplate, first: number, count: number): Task {
  return { ...task, replicas: Array.from({ length: count }, (_, i) => origin + first + i) };
}

/**
 * Number of a point's first replica. The points of a sweep must not share random numbers: extrapolation and comparison
 * take their errors as independent. The number depends on what the sweep sets (FNV-1a), not on the other values in it;
 * without a sweep it is 0.
 */
function firstReplica(assignments: Point['assignments']): number {
  if (assignments.length === 0) return 0;
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(assignments.map(({ name, value }) => [name, value])))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return (hash + 1) * MAX_REPLICAS;
}

/** A point has fewer replicas (see the schema). */
const MAX_REPLICAS = 2 ** 20;

/** The number of a replica within its point, from 0. */
export const numberInPoint = (replica: number): number => replica % MAX_REPLICAS;
