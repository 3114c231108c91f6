import type { Task } from '#experiment';
import type { Matrix } from '#linalg';
import type { Estimates, Measurement, ReplicaSummary } from '#measure';

/** What the page tells a worker. */
export type WorkerCommand =
  | {
      readonly kind: 'begin';
      readonly task: Task;
      readonly kernel: WebAssembly.Module;
      readonly interval: number;
      /** Theta of each replica to go on from; those of the task where it is null. */
      readonly starts: readonly Matrix[] | null;
      /** Where what the replicas have seen goes. */
      readonly estimator: MessagePort;
    }
  /** Tell the states. */
  | { readonly kind: 'states' }
  /** Work until every replica has so many samples, at most `maxSampleRate` of them a second, and at most a `dutyCycle` of the time. */
  | {
      readonly kind: 'goal';
      readonly number: number;
      readonly samples: number;
      readonly maxSampleRate: number;
      readonly dutyCycle: number;
    };

/** What a worker tells the page. */
export type WorkerEvent =
  | {
      readonly kind: 'seen';
      /** Steps that each replica made since it began, burn-in included. */
      readonly steps: number;
      readonly samples: number;
      /** Number of the goal last heard, and whether it is reached, so that the worker waits. */
      readonly goal: number;
      readonly waits: boolean;
      /** W1 x of the probes in the worker's first replica at the samples since the last report, K x k numbers each. */
      readonly trail: readonly Float64Array[];
      /** Steps after the burn-in at which they were seen. */
      readonly trailSteps: readonly number[];
    }
  | { readonly kind: 'states'; readonly states: readonly Matrix[] }
  | { readonly kind: 'failed'; readonly message: string };

/** What the replicas of one worker have seen, on its way to who makes estimates of it. */
export interface Seen {
  readonly samples: number;
  readonly summaries: readonly ReplicaSummary[];
  /** Whether the worker waits for its estimates to be made, so that no more will come. */
  readonly waits: boolean;
}

/** Of the time of each worker at most one part in so many goes into estimates: many replicas are looked at less often. */
export const ESTIMATE_SHARE = 25;

/** Make estimates of what comes through these ports, one for each worker, in the order of their replicas. */
export interface EstimateCommand {
  readonly measurement: Measurement;
  readonly ports: readonly MessagePort[];
}

export interface EstimateEvent {
  /** Samples of each worker that the estimates rest on. */
  readonly samples: readonly number[];
  readonly estimates: Estimates;
}
