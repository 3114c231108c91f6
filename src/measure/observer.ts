import { dot, productInto, productTransposed } from '#linalg';
import type { MeasurementContext } from './context.js';
import type { Recorder, Recording } from './recording.js';
import { addProducts, addSquaredDistances } from './sums.js';

/**
 * Means over the samples of one replica. Rotation increments are omega_k = log(R_k^T R_(k+1)) over one lag, k = 1 .. N.
 */
export interface ReplicaSummary {
  /** Samples taken, N + 1: fewer than planned when the run was interrupted. */
  readonly samples: number;
  /** Time courses recorded. */
  readonly courses: number;
  /** Mean omega (P): over all increments, without the last, without the first. */
  readonly rotation: Float64Array;
  readonly rotationHead: Float64Array;
  readonly rotationTail: Float64Array;
  /** Mean omega_k^T omega_k and mean omega_k^T omega_(k+1), r x r: |omega c|^2 = c^T (omega^T omega) c for any c. */
  readonly square: Float64Array;
  readonly neighbour: Float64Array;
  /** Mean q_k^2 and mean q_k q_(k+1) of the component q of omega along each direction. */
  readonly directionSquare: Float64Array;
  readonly directionNeighbour: Float64Array;
  /** Mean representation in the frame of the manifold, R^T W1 x, of each probe (K x r). */
  readonly codes: Float64Array;
  /** Mean |(W1 - R W1*) x|^2 for each probe. */
  readonly fluctuation: Float64Array;
  readonly taskLoss: number;
  readonly regularizedLoss: number;
  /** Mean representational similarity matrix h_i.h_j, K x K. */
  readonly similarity: Float64Array;
  /**
   * Time courses, courses x K: cosine of h(0) and h(t), |h(t) - h(0)|^2, and the same of the projections R c. NaN where a
   * probe is not represented at all.
   */
  readonly selfCorrelation: Float64Array;
  readonly squaredDisplacement: Float64Array;
  readonly projectedSquaredDisplacement: Float64Array;
  /** |S(t) - S(0)| / |S(0)| (Frobenius) of the similarity matrix, one per course. */
  readonly similarityChange: Float64Array;
  /** Mean losses of the samples after the course before, up to and with each course. */
  readonly taskLossCourse: Float64Array;
  readonly regularizedLossCourse: Float64Array;
  /** Mean |(W1 - R W1*) x|^2 of each probe in the same samples, courses x K. */
  readonly fluctuationCourse: Float64Array;
  /** W1 x of the probes at the trajectory samples, T x K x k; NaN where an interrupted run did not come. */
  readonly trajectory: Float64Array;
}

/**
 * Watches one replica: `observe` is called after each sample of it that the recorder takes. At the few samples of the time
 * courses and trajectories it looks closer; what every sample adds to, the recorder keeps. O(1) a sample but for those, O(K^2 k).
 */
export class ReplicaObserver {
  readonly #instruments: MeasurementContext;
  readonly #recorder: Recorder;
  readonly #replica: number;
  readonly #firstRotation: Float64Array;
  readonly #courses: Courses;
  #first: Snapshot | null = null;
  #sample = 0;
  #course = 0;
  #kept = 0;
  #window: Window;

  /** `replica` is the number of the replica in the recorder. */
  constructor(context: MeasurementContext, recorder: Recorder, replica: number) {
    const { reading } = context;
    this.#instruments = context;
    this.#recorder = recorder;
    this.#replica = replica;
    this.#firstRotation = new Float64Array(reading.rotation.length);
    this.#courses = emptyCourses(context);
    this.#window = {
      first: 0,
      losses: new Float64Array(reading.losses.length),
      fluctuation: new Float64Array(reading.fluctuation.length),
    };
  }

  observe(): void {
    const { courseSamples, trajectorySamples } = this.#instruments.measurement;
    const sample = this.#sample++;
    const recordsCourse = courseSamples[this.#course] === sample;
    const keepsTrajectory = trajectorySamples[this.#kept] === sample;
    if (sample > 1 && !recordsCourse && !keepsTrajectory) return;
    const reading = this.#read();
    if (sample === 0) this.#first = this.#snapshot(reading);
    if (sample === 1) this.#firstRotation.set(reading.rotation);
    if (recordsCourse) this.#recordCourse(reading);
    if (keepsTrajectory) this.#courses.trajectory.set(reading.hidden, this.#kept++ * reading.hidden.length);
  }

  #read(): Recording {
    const { reading } = this.#instruments;
    this.#recorder.read(this.#replica, reading);
    return reading;
  }

  /** The representations of the latest sample, for the time courses. */
  #snapshot({ hidden, frame }: Recording): Snapshot {
    const { measurement, units, codes } = this.#instruments;
    const probes = measurement.stimuli.rows;
    const projected = new Float64Array(probes * units);
    productInto(projected, codes, frame, probes, measurement.reference.rows, units);
    const similarity = new Float64Array(probes * probes);
    productTransposed(similarity, hidden, hidden, probes, units, probes);
    return { hidden: hidden.slice(), projected, similarity };
  }

  #recordCourse(reading: Recording): void {
    const { measurement, units } = this.#instruments;
    const now = this.#snapshot(reading);
    const first = this.#first ?? now;
    const courses = this.#courses;
    const probes = measurement.stimuli.rows;
    const offset = this.#course * probes;
    const slot = (values: Float64Array): Float64Array => values.subarray(offset, offset + probes);
    const lengthThen = new Float64Array(probes);
    const lengthNow = new Float64Array(probes);
    addProducts(lengthThen, first.hidden, first.hidden, units);
    addProducts(lengthNow, now.hidden, now.hidden, units);
    addProducts(slot(courses.selfCorrelation), first.hidden, now.hidden, units);
    for (let k = 0; k < probes; k++) courses.selfCorrelation[offset + k] /= Math.sqrt(lengthThen[k] * lengthNow[k]);
    addSquaredDistances(slot(courses.squaredDisplacement), now.hidden, first.hidden, units);
    addSquaredDistances(slot(courses.projectedSquaredDisplacement), now.projected, first.projected, units);
    const change = new Float64Array(1);
    addSquaredDistances(change, now.similarity, first.similarity, probes * probes);
    courses.similarityChange[this.#course] = Math.sqrt(change[0] / dot(first.similarity, first.similarity));
    this.#closeWindow(reading);
    this.#course++;
  }

  /** Means over the samples since the course before. */
  #closeWindow({ losses, fluctuation }: Recording): void {
    const courses = this.#courses;
    const window = this.#window;
    const count = this.#sample - window.first;
    courses.taskLossCourse[this.#course] = (losses[0] - window.losses[0]) / count;
    courses.regularizedLossCourse[this.#course] = (losses[1] - window.losses[1]) / count;
    const probes = fluctuation.length;
    for (let k = 0; k < probes; k++) {
      courses.fluctuationCourse[this.#course * probes + k] = (fluctuation[k] - window.fluctuation[k]) / count;
    }
    window.first = this.#sample;
    window.losses.set(losses);
    window.fluctuation.set(fluctuation);
  }

  /** What the samples to come and the summary depend on, copied. */
  save(): ObserverState {
    return {
      recording: this.#read().data.slice(),
      courses: structuredClone(this.#courses),
      window: structuredClone(this.#window),
      firstRotation: this.#firstRotation.slice(),
      first: this.#first,
      sample: this.#sample,
      course: this.#course,
      kept: this.#kept,
    };
  }

  /** Goes on where the observer of the same context stood that was saved. */
  restore(state: ObserverState): void {
    const { reading } = this.#instruments;
    reading.data.set(state.recording);
    this.#recorder.write(this.#replica, reading);
    for (const key of Object.keys(this.#courses) as (keyof Courses)[]) this.#courses[key].set(state.courses[key]);
    this.#window = structuredClone(state.window);
    this.#firstRotation.set(state.firstRotation);
    this.#first = state.first;
    this.#sample = state.sample;
    this.#course = state.course;
    this.#kept = state.kept;
  }

  /** Samples taken so far. */
  get samples(): number {
    return this.#sample;
  }

  /** Means over the samples so far; needs three at least. */
  summary(): ReplicaSummary {
    const { stimuli, reference } = this.#instruments.measurement;
    const samples = this.#sample;
    const sums = this.#read();
    const last = abovePlanes(sums.increment, reference.rows);
    const mean = (values: Float64Array, count: number): Float64Array => values.map((value) => value / count);
    return {
      ...this.#courses,
      samples,
      courses: this.#course,
      rotation: mean(sums.rotation, samples - 1),
      rotationHead: sums.rotation.map((sum, plane) => (sum - last[plane]) / (samples - 2)),
      rotationTail: sums.rotation.map((sum, plane) => (sum - this.#firstRotation[plane]) / (samples - 2)),
      square: mirrored(mean(sums.square, samples - 1), reference.rows),
      neighbour: mean(sums.neighbour, samples - 2),
      codes: mean(sums.codes, samples),
      directionSquare: mean(sums.directionSquare, samples - 1),
      directionNeighbour: mean(sums.directionNeighbour, samples - 2),
      fluctuation: mean(sums.fluctuation, samples),
      taskLoss: sums.losses[0] / samples,
      regularizedLoss: sums.losses[1] / samples,
      similarity: mirrored(mean(sums.similarity, samples), stimuli.rows),
    };
  }
}

/** A ReplicaObserver between two samples, with what the recorder keeps of the replica, as plain data. */
export interface ObserverState {
  readonly recording: Float64Array;
  readonly courses: Courses;
  readonly window: Window;
  readonly firstRotation: Float64Array;
  readonly first: Snapshot | null;
  readonly sample: number;
  readonly course: number;
  readonly kept: number;
}

/** W1 x of the probes and their projections R c (K x k), and their similarity (K x K), at one sample. */
interface Snapshot {
  readonly hidden: Float64Array;
  readonly projected: Float64Array;
  readonly similarity: Float64Array;
}

/** First sample after the latest course, and the sums before it. */
interface Window {
  first: number;
  readonly losses: Float64Array;
  readonly fluctuation: Float64Array;
}

/** What is taken at few samples. */
type Courses = Pick<
  ReplicaSummary,
  | 'selfCorrelation'
  | 'squaredDisplacement'
  | 'projectedSquaredDisplacement'
  | 'similarityChange'
  | 'taskLossCourse'
  | 'regularizedLossCourse'
  | 'fluctuationCourse'
  | 'trajectory'
>;

function emptyCourses({ measurement, units }: MeasurementContext): Courses {
  const { stimuli, courseSamples, trajectorySamples } = measurement;
  const probes = stimuli.rows;
  const courses = courseSamples.length;
  return {
    selfCorrelation: new Float64Array(courses * probes),
    squaredDisplacement: new Float64Array(courses * probes),
    projectedSquaredDisplacement: new Float64Array(courses * probes),
    similarityChange: new Float64Array(courses),
    taskLossCourse: new Float64Array(courses),
    regularizedLossCourse: new Float64Array(courses),
    fluctuationCourse: new Float64Array(courses * probes),
    trajectory: new Float64Array(trajectorySamples.length * probes * units).fill(NaN),
  };
}

/** Writes the upper triangle of a (size x size) into the lower. */
function mirrored(a: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) a[i * size + j] = a[j * size + i];
  return a;
}

/** The entries above the diagonal of omega (r x r), plane by plane (P). */
function abovePlanes(omega: Float64Array, rank: number): number[] {
  return Array.from(omega).filter((_, at) => at % rank > Math.floor(at / rank));
}
