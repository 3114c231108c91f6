import type { Precision } from '#kernel';
import type { Matrix } from '#linalg';
import type { Measurement, ObserverState } from '#measure';
import type { RuleModel, State } from '#model';
import type { SimulationSpec } from '../file/schema.js';

/** Part of one point: some of its replicas. Plain data, so that any worker on any machine can run it. */
export interface Task {
  readonly model: RuleModel;
  /** K x n, one probe stimulus per row. */
  readonly probes: Matrix;
  readonly seed: number;
  /** Numbers of the replicas, which key their random streams. */
  readonly replicas: readonly number[];
  readonly burnIn: number;
  readonly precision: Precision;
  readonly measurement: Measurement;
  /** On the manifold of the measurement's reference point, or from random weights of a standard deviation. */
  readonly start: SimulationSpec['start'];
  /** The start on the manifold where no frame is measured. */
  readonly fixedPoint?: State;
  /** Whether to simulate as few hidden units as learn exactly the same, where the rule allows it. */
  readonly reduceHiddenUnits: boolean;
  /** Whether to hand back the weights at the end, with all hidden units. */
  readonly keepWeights: boolean;
}

/** A task between two slices of its work, as plain data: it ends with the same bytes as one that was never stopped. */
export interface TaskState {
  /** Steps made by each replica. */
  readonly steps: number;
  /** Number of the next sample, or of the sample being taken, and the replicas of which it has been taken. */
  readonly sample: number;
  readonly observed: number;
  readonly stepper: Uint8Array;
  readonly observers: readonly ObserverState[];
}

/** Saves the state of a task, so that it can be resumed elsewhere after its process has crashed or been killed. */
export interface Checkpointer {
  /** The state to resume from; null at the beginning. */
  readonly resumed: TaskState | null;
  /** Whether it is time to save the state; asked after each slice. */
  readonly shouldSave: () => boolean;
  readonly save: (state: TaskState) => void;
}
