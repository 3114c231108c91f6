import type { Task } from '#experiment';
import type { Matrix } from '#linalg';
import type { ReplicaSummary } from '#measure';

/** What the page tells a worker. */
export type Order =
  | {
      readonly kind: 'begin';
      readonly task: Task;
      readonly kernel: WebAssembly.Module;
      readonly interval: number;
      /** Theta of each replica to go on from; those of the task where it is null. */
      readonly starts: readonly Matrix[] | null;
    }
  /** Tell the states. */
  | { readonly kind: 'states' }
  /** Work until every replica has so many samples, at most `pace` of them a second. */
  | { readonly kind: 'goal'; readonly number: number; readonly samples: number; readonly pace: number };

/** What a worker tells the page. */
export type Report =
  | {
      readonly kind: 'seen';
      /** Steps that each replica made since it began, burn-in included. */
      readonly steps: number;
      readonly samples: number;
      /** Number of the goal last heard, and whether it is reached, so that the worker waits. */
      readonly goal: number;
      readonly waits: boolean;
      /** None before the third sample. */
      readonly summaries: readonly ReplicaSummary[];
      /** W1 x of the probes in the worker's first replica at the samples since the last report, K x k numbers each. */
      readonly trail: readonly Float64Array[];
    }
  | { readonly kind: 'states'; readonly states: readonly Matrix[] }
  | { readonly kind: 'failed'; readonly message: string };
