import { InvalidInputError } from '#core';
import {
  dot,
  multiply,
  productInto,
  productTransposed,
  sliceCols,
  transpose,
  transposedProduct,
  zeros,
  type Matrix,
} from '#linalg';
import { FrameTracker } from './projection.js';

/** What is measured, as data: nothing here knows where the reference point or the directions come from. */
export interface Measurement {
  /** Theta* at Q = I (r x (n+m)): the reference point of the projection. */
  readonly reference: Matrix;
  /** K x n, one probe stimulus per row. */
  readonly stimuli: Matrix;
  /** Unit directions in the space of rotation planes (P x D, one per column) along which rotation is resolved. */
  readonly directions: Matrix;
  /** For each probe a unit vector (K x r) along which its directed motion is resolved; zeros where there is none. */
  readonly headings: Matrix;
  /** Steps between samples. */
  readonly lag: number;
  /** Samples taken, the first at the end of burn-in. */
  readonly samples: number;
  /** Samples (counted from the first) at which the time courses are recorded, ascending. */
  readonly courseSamples: Int32Array;
}

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
}

/** Population losses of a state, as numbers: [task, regularised]. */
type LossOf = (theta: Matrix) => { readonly task: number; readonly regularized: number };

/**
 * Watches one replica: `observe` is given Theta (k x (n+m)) every lag steps. Allocates nothing between samples.
 * O(k (n+m) r + r^3 + K k (n+r) + P D) a sample, O(P + K^2 + k (n+m)) memory.
 * Throws InvalidInputError when Theta is no longer finite (the learning rate is too large).
 */
export class ReplicaObserver {
  readonly #measurement: Measurement;
  readonly #loss: LossOf;
  readonly #tracker: FrameTracker;
  readonly #totals: Totals;
  readonly #units: number;
  /** Codes of the probes at the reference point, W1* x, K x r. */
  readonly #codes: Float64Array;
  /** W1 x of the probes and their projections R c, K x k. */
  readonly #hidden: Float64Array;
  readonly #projected: Float64Array;
  readonly #similarity: Float64Array;
  readonly #aligned: Float64Array;
  /** omega and the one before, r x r. */
  readonly #before: Float64Array;
  readonly #product: Float64Array;
  readonly #lastRotation: Float64Array;
  readonly #firstRotation: Float64Array;
  #along: Float64Array;
  #alongBefore: Float64Array;
  #first: { hidden: Float64Array; projected: Float64Array; similarity: Float64Array } | null = null;
  #sample = 0;
  #course = 0;

  /** `units` is k, the rows of every Theta that will be observed. */
  constructor(measurement: Measurement, units: number, loss: LossOf) {
    const { reference, stimuli, directions } = measurement;
    const probes = stimuli.rows;
    this.#measurement = measurement;
    this.#loss = loss;
    this.#units = units;
    this.#tracker = new FrameTracker(reference, units);
    this.#totals = emptyTotals(measurement);
    this.#codes = multiply(stimuli, transpose(sliceCols(reference, 0, stimuli.cols))).data;
    this.#hidden = new Float64Array(probes * units);
    this.#projected = new Float64Array(probes * units);
    this.#similarity = new Float64Array(probes * probes);
    const rank = reference.rows;
    this.#aligned = new Float64Array(probes * rank);
    this.#before = new Float64Array(rank * rank);
    this.#product = new Float64Array(rank * rank);
    this.#lastRotation = new Float64Array((rank * (rank - 1)) / 2);
    this.#firstRotation = new Float64Array((rank * (rank - 1)) / 2);
    this.#along = new Float64Array(directions.cols);
    this.#alongBefore = new Float64Array(directions.cols);
  }

  observe(theta: Matrix): void {
    const { stimuli, reference } = this.#measurement;
    const totals = this.#totals;
    const { task, regularized } = this.#loss(theta);
    if (!Number.isFinite(regularized)) {
      throw new InvalidInputError('the simulation diverged; give a smaller learningRate', ['model', 'learningRate']);
    }
    totals.taskLoss += task;
    totals.regularizedLoss += regularized;
    this.#tracker.project(theta.data);
    this.#represent(theta);
    productTransposed(this.#projected, this.#codes, this.#tracker.frame, stimuli.rows, reference.rows, this.#units);
    addSquaredDistances(totals.fluctuation, this.#hidden, this.#projected, this.#units);
    productInto(this.#aligned, this.#hidden, this.#tracker.frame, stimuli.rows, this.#units, reference.rows);
    addTo(totals.codes, this.#aligned);
    productTransposed(this.#similarity, this.#hidden, this.#hidden, stimuli.rows, this.#units, stimuli.rows);
    addTo(totals.similarity, this.#similarity);
    if (this.#tracker.moved) this.#rotate();
    this.#recordCourse();
    this.#sample++;
  }

  /** hidden = W1 x of every probe. */
  #represent({ data: theta, cols }: Matrix): void {
    const { stimuli } = this.#measurement;
    const { rows: probes, cols: n, data: x } = stimuli;
    for (let k = 0; k < probes; k++) {
      for (let unit = 0; unit < this.#units; unit++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += theta[unit * cols + j] * x[k * n + j];
        this.#hidden[k * this.#units + unit] = sum;
      }
    }
  }

  /** Adds the latest rotation: its components, its square, and its product with the rotation before. */
  #rotate(): void {
    const { reference, directions } = this.#measurement;
    const rank = reference.rows;
    const totals = this.#totals;
    const omega = this.#tracker.increment;
    const paired = this.#sample > 1;
    [this.#along, this.#alongBefore] = [this.#alongBefore, this.#along];
    this.#along.fill(0);
    let plane = 0;
    for (let a = 0; a < rank; a++) {
      for (let b = a + 1; b < rank; b++, plane++) {
        const component = omega[a * rank + b];
        this.#lastRotation[plane] = component;
        for (let d = 0; d < directions.cols; d++) {
          this.#along[d] += component * directions.data[plane * directions.cols + d];
        }
      }
    }
    addTo(totals.rotation, this.#lastRotation);
    transposedProduct(this.#product, omega, omega, rank, rank, rank);
    addTo(totals.square, this.#product);
    addProducts(totals.directionSquare, this.#along, this.#along, 1);
    if (paired) {
      transposedProduct(this.#product, this.#before, omega, rank, rank, rank);
      addTo(totals.neighbour, this.#product);
      addProducts(totals.directionNeighbour, this.#along, this.#alongBefore, 1);
    } else {
      this.#firstRotation.set(this.#lastRotation);
    }
    this.#before.set(omega);
  }

  #recordCourse(): void {
    this.#first ??= {
      hidden: this.#hidden.slice(),
      projected: this.#projected.slice(),
      similarity: this.#similarity.slice(),
    };
    if (this.#measurement.courseSamples[this.#course] !== this.#sample) return;
    const first = this.#first;
    const totals = this.#totals;
    const probes = this.#measurement.stimuli.rows;
    const offset = this.#course * probes;
    const slot = (values: Float64Array): Float64Array => values.subarray(offset, offset + probes);
    const before = new Float64Array(probes);
    const now = new Float64Array(probes);
    addProducts(before, first.hidden, first.hidden, this.#units);
    addProducts(now, this.#hidden, this.#hidden, this.#units);
    addProducts(slot(totals.selfCorrelation), first.hidden, this.#hidden, this.#units);
    for (let k = 0; k < probes; k++) totals.selfCorrelation[offset + k] /= Math.sqrt(before[k] * now[k]);
    addSquaredDistances(slot(totals.squaredDisplacement), this.#hidden, first.hidden, this.#units);
    addSquaredDistances(slot(totals.projectedSquaredDisplacement), this.#projected, first.projected, this.#units);
    const change = new Float64Array(1);
    addSquaredDistances(change, this.#similarity, first.similarity, probes * probes);
    totals.similarityChange[this.#course] = Math.sqrt(change[0] / dot(first.similarity, first.similarity));
    this.#course++;
  }

  /** Samples taken so far. */
  get samples(): number {
    return this.#sample;
  }

  /** Means over the samples so far; needs three at least. Call once, at the end. */
  summary(): ReplicaSummary {
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
      square: mean(totals.square, samples - 1),
      neighbour: mean(totals.neighbour, samples - 2),
      codes: mean(totals.codes, samples),
      directionSquare: mean(totals.directionSquare, samples - 1),
      directionNeighbour: mean(totals.directionNeighbour, samples - 2),
      fluctuation: mean(totals.fluctuation, samples),
      taskLoss: totals.taskLoss / samples,
      regularizedLoss: totals.regularizedLoss / samples,
      similarity: mean(totals.similarity, samples),
    };
  }
}

type Totals = {
  -readonly [
    Key in Exclude<keyof ReplicaSummary, 'samples' | 'courses' | 'rotationHead' | 'rotationTail'>
  ]: ReplicaSummary[Key];
};

function emptyTotals({ reference, stimuli, directions, courseSamples }: Measurement): Totals {
  const probes = stimuli.rows;
  const courses = courseSamples.length;
  const rank = reference.rows;
  return {
    rotation: new Float64Array((rank * (rank - 1)) / 2),
    square: new Float64Array(rank * rank),
    neighbour: new Float64Array(rank * rank),
    codes: new Float64Array(probes * rank),
    directionSquare: new Float64Array(directions.cols),
    directionNeighbour: new Float64Array(directions.cols),
    fluctuation: new Float64Array(probes),
    taskLoss: 0,
    regularizedLoss: 0,
    similarity: zeros(probes, probes).data,
    selfCorrelation: new Float64Array(courses * probes),
    squaredDisplacement: new Float64Array(courses * probes),
    projectedSquaredDisplacement: new Float64Array(courses * probes),
    similarityChange: new Float64Array(courses),
  };
}

function addTo(target: Float64Array, values: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += values[i];
}

/** Adds the inner products of the rows of a and b, `width` numbers each, to target. */
function addProducts(target: Float64Array, a: Float64Array, b: Float64Array, width: number): void {
  for (let i = 0; i < target.length; i++) {
    let sum = 0;
    for (let j = i * width; j < (i + 1) * width; j++) sum += a[j] * b[j];
    target[i] += sum;
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
