import { InvalidInputError } from '#core';
import { addProductTransposed, addUpperGram, dot, productInto, productTransposed, zeros, type Matrix } from '#linalg';
import { directionCount } from './directions.js';
import type { Instruments } from './instruments.js';
import { FrameTracker, type TrackerState } from './projection.js';

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
 * Watches one replica: `observe` is given Theta (k x (n+m)) every lag steps. Allocates nothing between samples.
 * O(k (n+m) r + r^3 + K k (n+r+K) + P D) a sample, less where references, stimuli or directions have zeros;
 * O(P + K^2 + k r + r^2) memory beside the instruments.
 * Throws InvalidInputError when Theta is no longer finite (the learning rate is too large).
 */
export class ReplicaObserver {
  readonly #instruments: Instruments;
  readonly #tracker: FrameTracker;
  readonly #totals: Totals;
  readonly #lastRotation: Float64Array;
  readonly #firstRotation: Float64Array;
  #along: Float64Array;
  #alongBefore: Float64Array;
  #first: Snapshot | null = null;
  #sample = 0;
  #course = 0;
  #kept = 0;
  #window: Window;

  constructor(instruments: Instruments) {
    const { reference, directions } = instruments.measurement;
    const planes = (reference.rows * (reference.rows - 1)) / 2;
    this.#instruments = instruments;
    this.#tracker = new FrameTracker(instruments.projector);
    this.#totals = emptyTotals(instruments);
    this.#window = {
      first: 0,
      task: 0,
      regularized: 0,
      fluctuation: new Float64Array(this.#totals.fluctuation.length),
    };
    this.#lastRotation = new Float64Array(planes);
    this.#firstRotation = new Float64Array(planes);
    this.#along = new Float64Array(directionCount(directions));
    this.#alongBefore = new Float64Array(directionCount(directions));
  }

  observe(theta: Matrix): void {
    const totals = this.#totals;
    const { task, regularized } = this.#instruments.loss(theta);
    if (!Number.isFinite(regularized)) {
      throw new InvalidInputError('the simulation diverged; give a smaller learningRate', ['model', 'learningRate']);
    }
    totals.taskLoss += task;
    totals.regularizedLoss += regularized;
    this.#tracker.project(theta);
    this.#represent(theta);
    if (this.#tracker.moved) this.#rotate();
    this.#recordCourse();
    this.#keepTrajectory();
    this.#sample++;
  }

  /** Adds what the probes' representations h tell: codes R^T h, fluctuation, similarity. */
  #represent(theta: Matrix): void {
    const { measurement, units, stimuli, codes, hidden, aligned } = this.#instruments;
    const { rows: rank } = measurement.reference;
    const { rows: probes } = measurement.stimuli;
    const totals = this.#totals;
    stimuli.timesTransposed(hidden, theta.data, units, theta.cols);
    productTransposed(aligned, hidden, this.#tracker.frame, probes, units, rank);
    // |h - R c|^2 = |R^T h - c|^2 + |h|^2 - |R^T h|^2, and the last two are equal where R is square.
    addTo(totals.codes, aligned);
    addSquaredDistances(totals.fluctuation, aligned, codes, rank);
    if (units > rank) {
      addProducts(totals.fluctuation, hidden, hidden, units);
      addProducts(totals.fluctuation, aligned, aligned, rank, -1);
    }
    addUpperGram(totals.similarity, hidden, probes, units);
  }

  /** Adds the latest rotation: its components, its square, and its product with the rotation before (zero at first). */
  #rotate(): void {
    const { measurement, components } = this.#instruments;
    const rank = measurement.reference.rows;
    const totals = this.#totals;
    const { increment: omega, incrementBefore: before } = this.#tracker;
    const last = this.#lastRotation;
    let plane = 0;
    for (let a = 0; a < rank; a++) {
      for (let b = a + 1; b < rank; b++, plane++) {
        last[plane] = omega[a * rank + b];
        totals.rotation[plane] += last[plane];
      }
    }
    if (this.#sample === 1) this.#firstRotation.set(last);
    // omega is antisymmetric: omega^T omega' = omega omega'^T.
    addUpperGram(totals.square, omega, rank, rank);
    addProductTransposed(totals.neighbour, before, omega, rank, rank, rank);
    const then = this.#along;
    const now = this.#alongBefore;
    components(now, last);
    for (let d = 0; d < now.length; d++) {
      totals.directionSquare[d] += now[d] * now[d];
      totals.directionNeighbour[d] += now[d] * then[d];
    }
    this.#along = now;
    this.#alongBefore = then;
  }

  /** The representations of the latest sample, for the time courses. */
  #snapshot(): Snapshot {
    const { measurement, units, codes, hidden } = this.#instruments;
    const probes = measurement.stimuli.rows;
    const projected = new Float64Array(probes * units);
    productInto(projected, codes, this.#tracker.frame, probes, measurement.reference.rows, units);
    const similarity = new Float64Array(probes * probes);
    productTransposed(similarity, hidden, hidden, probes, units, probes);
    return { hidden: hidden.slice(), projected, similarity };
  }

  #recordCourse(): void {
    const { measurement, units } = this.#instruments;
    const { stimuli, courseSamples } = measurement;
    if (this.#first !== null && courseSamples[this.#course] !== this.#sample) return;
    const now = this.#snapshot();
    this.#first ??= now;
    if (courseSamples[this.#course] !== this.#sample) return;
    const first = this.#first;
    const totals = this.#totals;
    const probes = stimuli.rows;
    const offset = this.#course * probes;
    const slot = (values: Float64Array): Float64Array => values.subarray(offset, offset + probes);
    const lengthThen = new Float64Array(probes);
    const lengthNow = new Float64Array(probes);
    addProducts(lengthThen, first.hidden, first.hidden, units);
    addProducts(lengthNow, now.hidden, now.hidden, units);
    addProducts(slot(totals.selfCorrelation), first.hidden, now.hidden, units);
    for (let k = 0; k < probes; k++) totals.selfCorrelation[offset + k] /= Math.sqrt(lengthThen[k] * lengthNow[k]);
    addSquaredDistances(slot(totals.squaredDisplacement), now.hidden, first.hidden, units);
    addSquaredDistances(slot(totals.projectedSquaredDisplacement), now.projected, first.projected, units);
    const change = new Float64Array(1);
    addSquaredDistances(change, now.similarity, first.similarity, probes * probes);
    totals.similarityChange[this.#course] = Math.sqrt(change[0] / dot(first.similarity, first.similarity));
    this.#closeWindow();
    this.#course++;
  }

  /** Means over the samples since the course before. */
  #closeWindow(): void {
    const totals = this.#totals;
    const window = this.#window;
    const count = this.#sample + 1 - window.first;
    totals.taskLossCourse[this.#course] = (totals.taskLoss - window.task) / count;
    totals.regularizedLossCourse[this.#course] = (totals.regularizedLoss - window.regularized) / count;
    const probes = window.fluctuation.length;
    for (let k = 0; k < probes; k++) {
      totals.fluctuationCourse[this.#course * probes + k] = (totals.fluctuation[k] - window.fluctuation[k]) / count;
    }
    window.first = this.#sample + 1;
    window.task = totals.taskLoss;
    window.regularized = totals.regularizedLoss;
    window.fluctuation.set(totals.fluctuation);
  }

  #keepTrajectory(): void {
    const { measurement, hidden } = this.#instruments;
    if (measurement.trajectorySamples[this.#kept] !== this.#sample) return;
    this.#totals.trajectory.set(hidden, this.#kept * hidden.length);
    this.#kept++;
  }

  /** What the samples to come and the summary depend on, copied. */
  save(): ObserverState {
    return {
      tracker: this.#tracker.save(),
      totals: structuredClone(this.#totals),
      window: structuredClone(this.#window),
      lastRotation: this.#lastRotation.slice(),
      firstRotation: this.#firstRotation.slice(),
      along: this.#along.slice(),
      first: this.#first,
      sample: this.#sample,
      course: this.#course,
      kept: this.#kept,
    };
  }

  /** Goes on where the observer of the same instruments stood that was saved. */
  restore(state: ObserverState): void {
    this.#tracker.restore(state.tracker);
    assign(this.#totals, state.totals);
    assign(this.#window, state.window);
    this.#lastRotation.set(state.lastRotation);
    this.#firstRotation.set(state.firstRotation);
    this.#along.set(state.along);
    this.#first = state.first;
    this.#sample = state.sample;
    this.#course = state.course;
    this.#kept = state.kept;
  }

  /** Samples taken so far. */
  get samples(): number {
    return this.#sample;
  }

  /** Means over the samples so far; needs three at least. Call once, at the end. */
  summary(): ReplicaSummary {
    const { stimuli, reference } = this.#instruments.measurement;
    const samples = this.#sample;
    const totals = this.#totals;
    const mean = (values: Float64Array, count: number): Float64Array => values.map((value) => value / count);
    return {
      ...totals,
      samples,
      courses: this.#course,
      rotation: mean(totals.rotation, samples - 1),
      rotationHead: totals.rotation.map((sum, plane) => (sum - this.#lastRotation[plane]) / (samples - 2)),
      rotationTail: totals.rotation.map((sum, plane) => (sum - this.#firstRotation[plane]) / (samples - 2)),
      square: mean(mirrored(totals.square, reference.rows), samples - 1),
      neighbour: mean(totals.neighbour, samples - 2),
      codes: mean(totals.codes, samples),
      directionSquare: mean(totals.directionSquare, samples - 1),
      directionNeighbour: mean(totals.directionNeighbour, samples - 2),
      fluctuation: mean(totals.fluctuation, samples),
      taskLoss: totals.taskLoss / samples,
      regularizedLoss: totals.regularizedLoss / samples,
      similarity: mean(mirrored(totals.similarity, stimuli.rows), samples),
    };
  }
}

/** A ReplicaObserver between two samples, as plain data. */
export interface ObserverState {
  readonly tracker: TrackerState;
  readonly totals: Readonly<Totals>;
  readonly window: Readonly<Window>;
  readonly lastRotation: Float64Array;
  readonly firstRotation: Float64Array;
  readonly along: Float64Array;
  readonly first: Snapshot | null;
  readonly sample: number;
  readonly course: number;
  readonly kept: number;
}

/** Copies numbers, and arrays of numbers into the arrays that are there. */
function assign<T extends object>(target: T, source: Readonly<T>): void {
  for (const key of Object.keys(target) as (keyof T)[]) {
    const [own, given] = [target[key], source[key]];
    if (own instanceof Float64Array && given instanceof Float64Array) own.set(given);
    else target[key] = given;
  }
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
  task: number;
  regularized: number;
  readonly fluctuation: Float64Array;
}

/** Sums; of square and similarity, which are symmetric, the upper triangle only. */
type Totals = {
  -readonly [
    Key in Exclude<keyof ReplicaSummary, 'samples' | 'courses' | 'rotationHead' | 'rotationTail'>
  ]: ReplicaSummary[Key];
};

function emptyTotals({ measurement, hidden }: Instruments): Totals {
  const { reference, stimuli, directions, courseSamples, trajectorySamples } = measurement;
  const probes = stimuli.rows;
  const courses = courseSamples.length;
  const rank = reference.rows;
  return {
    rotation: new Float64Array((rank * (rank - 1)) / 2),
    square: new Float64Array(rank * rank),
    neighbour: new Float64Array(rank * rank),
    codes: new Float64Array(probes * rank),
    directionSquare: new Float64Array(directionCount(directions)),
    directionNeighbour: new Float64Array(directionCount(directions)),
    fluctuation: new Float64Array(probes),
    taskLoss: 0,
    regularizedLoss: 0,
    similarity: zeros(probes, probes).data,
    selfCorrelation: new Float64Array(courses * probes),
    squaredDisplacement: new Float64Array(courses * probes),
    projectedSquaredDisplacement: new Float64Array(courses * probes),
    similarityChange: new Float64Array(courses),
    taskLossCourse: new Float64Array(courses),
    regularizedLossCourse: new Float64Array(courses),
    fluctuationCourse: new Float64Array(courses * probes),
    trajectory: new Float64Array(trajectorySamples.length * hidden.length).fill(NaN),
  };
}

function addTo(target: Float64Array, values: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += values[i];
}

/** Writes the upper triangle of a (size x size) into the lower. */
function mirrored(a: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) a[i * size + j] = a[j * size + i];
  return a;
}

/** Adds the inner products of the rows of a and b, `width` numbers each, times `factor` to target. */
function addProducts(target: Float64Array, a: Float64Array, b: Float64Array, width: number, factor = 1): void {
  for (let i = 0; i < target.length; i++) {
    let sum = 0;
    for (let j = i * width; j < (i + 1) * width; j++) sum += a[j] * b[j];
    target[i] += factor * sum;
  }
}

/** Adds the squared distances between the rows of a and b, `width` numbers each, to target. */
function addSquaredDistances(target: Float64Array, a: Float64Array, b: Float64Array, width: number): void {
  for (let i = 0; i < target.length; i++) {
    let sum = 0;
    for (let j = i * width; j < (i + 1) * width; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    target[i] += sum;
  }
}
