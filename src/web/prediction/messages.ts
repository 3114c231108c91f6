import type { Task, TheorySnapshot } from '#experiment';
import type { Drift, PredictedCourses, ProbePrediction } from '#theory';

/** A data file with its name. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An experiment as the plain values of its file. */
export type PlainExperiment = Readonly<Record<string, unknown>>;

/** An experiment and the data files that it may name. */
export interface ExperimentWithFiles {
  readonly experiment: PlainExperiment;
  readonly files: readonly DataFile[];
}

/** The prediction for one point, and the task that simulates it without end. */
export interface LabPoint {
  readonly name: string;
  readonly task: Task;
  /** Those of the model, and what else the sweep sets. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the table of results holds of the prediction. */
  readonly theory: TheorySnapshot<null>;
  readonly probes: readonly ProbePrediction[];
  readonly singularValues: readonly number[];
  /** Expected losses in the stationary state, to order eta. */
  readonly loss: { readonly task: number; readonly regularized: number };
  /** c_i.c_j of the probes, [i][j]. */
  readonly similarity: readonly (readonly number[])[];
  /** The steps of the predicted time courses: those at which the simulation records its own. */
  readonly steps: readonly number[];
  /** With what the learning rate is expected to put them off, absolute. */
  readonly courses: PredictedCourses & { readonly learningRateError: PredictedCourses };
  /** The self-correlation as `courses` has it, at steps that are dense on an axis of a few half-lives, [step][probe]. */
  readonly turning: {
    readonly steps: readonly number[];
    readonly selfCorrelation: PredictedCourses['selfCorrelation'];
    readonly learningRateError: PredictedCourses['selfCorrelation'];
  };
  /** How far the learning rate is expected to put the loss off; null where that is not known. */
  readonly lossError: number | null;
  /** Steps. */
  readonly relaxationTime: number;
  /** null where units do not turn, or too many modes do. */
  readonly motion: PlainMotion | null;
}

/** The slow motion of the frame as plain values, by the best rates there are (see `Drift`). */
export interface PlainMotion extends Pick<Drift, 'planes' | 'velocity'> {
  /** r: hidden modes. */
  readonly rank: number;
  /** The rotation diffusion tensor, P x P (rad^2 per step). */
  readonly covariance: Float64Array;
}

export type TheoryRequest =
  | { readonly kind: 'point'; readonly id: number; readonly given: ExperimentWithFiles }
  /** D/|h|^2 of every probe for each of the experiments. */
  | { readonly kind: 'rates'; readonly id: number; readonly experiments: readonly PlainExperiment[] }
  /** The plain values of a point (from 0) of an experiment file, or of an experiment on a table. */
  | {
      readonly kind: 'file';
      readonly id: number;
      readonly file: DataFile;
      readonly others: readonly DataFile[];
      readonly pointIndex: number;
    };

export type TheoryAnswer =
  | { readonly kind: 'point'; readonly id: number; readonly point: LabPoint }
  | { readonly kind: 'rates'; readonly id: number; readonly rates: readonly (readonly number[])[] }
  | {
      readonly kind: 'file';
      readonly id: number;
      readonly experiment: PlainExperiment;
      readonly points: readonly string[];
      readonly isProtocol: boolean;
    }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  /** A first answer, while the answer is computed. */
  | { readonly kind: 'first'; readonly id: number; readonly point: LabPoint }
  /** Something to show while the answer is computed. */
  | { readonly kind: 'progress'; readonly id: number; readonly text: string };
