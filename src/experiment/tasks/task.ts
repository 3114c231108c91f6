import type { Precision } from '#kernel';
import type { Matrix } from '#linalg';
import type { Measurement, ObserverState, ReplicaSummary } from '#measure';
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
  /** The phase whose random streams the networks take, from 0; the first unless given. */
  readonly phase?: number;
  /** Steps from the last sample to the end of the phase; none unless given. */
  readonly after?: number | undefined;
  /** The phases that follow: the same networks go on. */
  readonly later?: readonly TaskPhase[];
}

/** A phase of a task after its first. */
export interface TaskPhase extends Pick<Task, 'model' | 'burnIn' | 'measurement' | 'after'> {
  /** The transient, which is not measured. */
  readonly burnIn: number;
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
  /** Of a task with phases: what it brings from those before the present one. */
  readonly before?: PhasesBefore;
}

/** What is kept of the phases that a task has finished. */
export interface PhasesBefore {
  readonly results: readonly PhaseResult[];
  /** Representations of the probes at the first sample and at the end of each finished phase, those of all replicas together. */
  readonly boundaries: readonly Float64Array[];
  /** Cosines between representations at the first sample and at the course samples of the present phase so far, R x K each. */
  readonly courses: readonly Float64Array[];
}

/** What came of one phase of a task. */
export interface PhaseResult {
  readonly summaries: readonly ReplicaSummary[];
  /** State of each replica after its last step, with all hidden units; empty unless asked for. */
  readonly weights: readonly State[];
  /** False when it was interrupted: the summaries hold the samples until then. */
  readonly complete: boolean;
}

/** Saves the state of a task, so that it can be resumed elsewhere after its process has crashed or been killed. */
export interface Checkpointer {
  /** The state to resume from; null at the beginning. */
  readonly resumed: TaskState | null;
  /** Whether it is time to save the state; asked after each slice. */
  readonly shouldSave: () => boolean;
  readonly save: (state: TaskState) => void;
}

/** What came of a task: of its first phase, and of those that follow as far as it came. */
export interface TaskResult extends PhaseResult {
  readonly later?: readonly PhaseResult[];
}
