import type { Task } from '#experiment';
import type { PredictedCourses, ProbePrediction } from '#theory';

/** A data file that an experiment names. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An experiment as the page hands it over: the text of the file, and the data files that it may name. */
export interface ExperimentText {
  readonly text: string;
  readonly files: readonly DataFile[];
}

/** What the theory says of one point, and the task that simulates it without end. */
export interface LabPoint {
  readonly name: string;
  readonly task: Task;
  readonly probes: readonly ProbePrediction[];
  readonly singularValues: readonly number[];
  /** Expected losses in the stationary state, to order eta. */
  readonly loss: { readonly task: number; readonly regularized: number };
  /** c_i.c_j of the probes, [i][j]. */
  readonly similarity: readonly (readonly number[])[];
  /** Predicted courses at these steps: those at which the simulation records its own. */
  readonly steps: readonly number[];
  readonly courses: PredictedCourses;
  /** Steps. */
  readonly relaxationTime: number;
}

export type TheoryRequest =
  | { readonly kind: 'point'; readonly id: number; readonly experiment: ExperimentText }
  /** D/|h|^2 of every probe for each of the experiments. */
  | { readonly kind: 'rates'; readonly id: number; readonly texts: readonly string[] }
  /** An experiment file, of which a point is wanted (from 0), or a data file that someone brings. */
  | {
      readonly kind: 'file';
      readonly id: number;
      readonly file: DataFile;
      readonly others: readonly DataFile[];
      readonly place: number;
    };

/** What a brought file turns into: the plain values of its experiment. */
export type PlainExperiment = Readonly<Record<string, unknown>>;

export type TheoryAnswer =
  | { readonly kind: 'point'; readonly id: number; readonly point: LabPoint }
  | { readonly kind: 'rates'; readonly id: number; readonly rates: readonly (readonly number[])[] }
  | { readonly kind: 'file'; readonly id: number; readonly experiment: PlainExperiment; readonly points: number }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };
