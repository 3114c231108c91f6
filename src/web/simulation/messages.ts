// The messages between the page, the workers that simulate replicas, and the worker that makes estimates.
import type { Task } from '#experiment';
import type { Kernel } from '#kernel';
import type { Estimates, Measurement, ReplicaSummary } from '#measure';
import type { State } from '#model';

/** From the page to a worker with replicas. */
export type WorkerCommand =
  | {
      readonly kind: 'begin';
      readonly task: Task;
      readonly kernel: Kernel;
      /** Milliseconds between two progress events. */
      readonly interval: number;
      /** State of each replica to continue from; null to start as the task says. */
      readonly starts: readonly State[] | null;
      /** Receives the summaries of the replicas. */
      readonly estimator: MessagePort;
    }
  /** Answer with the state of every replica. */
  | { readonly kind: 'states' }
  /** Work until every replica has this many samples. */
  | {
      readonly kind: 'goal';
      readonly number: number;
      readonly samples: number;
      /** Samples per second at most. */
      readonly maxSampleRate: number;
      /** Fraction of the time to work, at most 1. */
      readonly dutyCycle: number;
    }
  /** Until the next goal, make no more than so many samples before this comes again: who is behind is waited for. */
  | { readonly kind: 'limit'; readonly samples: number };

/** From a worker with replicas to the page. */
export type WorkerEvent =
  | {
      readonly kind: 'progress';
      /** Steps of each replica, burn-in included. */
      readonly steps: number;
      readonly samples: number;
      /** Number of the latest goal, and whether the worker has reached it and waits. */
      readonly goal: number;
      readonly waiting: boolean;
      /** W1 x of the probes in the worker's first replica at the samples since the last event, probes x units each. */
      readonly trail: readonly Float64Array[];
      /** Steps after the burn-in of each entry of the trail. */
      readonly trailSteps: readonly number[];
      /** R^T of that replica at each of them (r x units, see `FrameReadout`); null where no frame is followed. */
      readonly trailFrames: readonly (Float64Array | null)[];
    }
  | { readonly kind: 'states'; readonly states: readonly State[] }
  | { readonly kind: 'failed'; readonly message: string };

/** From a worker with replicas to the estimator. */
export interface SummariesEvent {
  readonly samples: number;
  readonly summaries: readonly ReplicaSummary[];
  /** Whether the worker waits, so that nothing more will come. */
  readonly waiting: boolean;
}

/** Samples of every replica before the first estimates. */
export const MIN_SAMPLES = 4;

/** Estimates take at most one part in this many of each worker's time: those of many replicas are made less often. */
export const ESTIMATE_SHARE = 60;

/** From the page to the estimator: the ports of all workers, in the order of their replicas. */
export interface EstimateCommand {
  readonly measurement: Measurement;
  readonly ports: readonly MessagePort[];
}

/** From the estimator to the page. */
export interface EstimateEvent {
  /** Samples of each worker that the estimates are made of. */
  readonly samples: readonly number[];
  readonly estimates: Estimates;
}
