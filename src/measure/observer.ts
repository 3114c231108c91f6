import { InvalidInputError } from '#core';
import { apply, dot, logRotation, multiply, norm, add, sliceCols, transpose, zeros, type Matrix } from '#linalg';
import { bodyRotation, projectFrame } from './projection.js';

/** What is measured, as data: nothing here knows where the reference point or the directions come from. */
export interface Measurement {
  /** Theta* at Q = I (r x (n+m)): the reference point of the projection. */
  readonly reference: Matrix;
  /** K x n, one probe stimulus per row. */
  readonly stimuli: Matrix;
  /** Unit directions in the space of rotation planes (P x D, one per column) along which rotation is resolved. */
  readonly directions: Matrix;
  /** Steps between samples. */
  readonly lag: number;
  /** Samples taken, the first at the end of burn-in. */
  readonly samples: number;
  /** Samples (counted from the first) at which the time courses are recorded, ascending. */
  readonly courseSamples: Int32Array;
}

/**
 * Sums over the samples of one replica. Rotation increments are omega_k = log(R_k^T R_(k+1)) over one lag; `square` is a
 * mean of q_k^2 and `neighbour` of q_k q_(k+1), where q is omega c (vectors, inner product) or a component of omega.
 */
export interface ReplicaSummary {
  /** Mean omega over one lag, P. */
  readonly rotation: Float64Array;
  /** For each probe: mean |omega_k c|^2 and mean (omega_k c).(omega_(k+1) c). */
  readonly probeSquare: Float64Array;
  readonly probeNeighbour: Float64Array;
  /** The same along each direction. */
  readonly directionSquare: Float64Array;
  readonly directionNeighbour: Float64Array;
  /** Mean |(W1 - R W1*) x|^2 for each probe. */
  readonly fluctuation: Float64Array;
  readonly taskLoss: number;
  readonly regularizedLoss: number;
  /** Mean representational similarity matrix h_i.h_j, K x K. */
  readonly similarity: Float64Array;
  /** Time courses, courses x K: cosine of h(0) and h(t), |h(t) - h(0)|^2, and the same of the projections R c. */
  readonly selfCorrelation: Float64Array;
  readonly squaredDisplacement: Float64Array;
  readonly projectedSquaredDisplacement: Float64Array;
  /** |S(t) - S(0)| / |S(0)| (Frobenius) of the similarity matrix, one per course. */
  readonly similarityChange: Float64Array;
}

/**
 * Watches one replica: `observe` is given Theta every lag steps. O(k (n+m) r + r^3 + P D) a sample, O(P + K^2) memory.
 * Throws InvalidInputError when Theta is no longer finite (the learning rate is too large).
 */
export class ReplicaObserver {
  readonly #measurement: Measurement;
  readonly #loss: (theta: Matrix) => { task: number; regularized: number };
  readonly #referenceTransposed: Matrix;
  readonly #referenceW1: Matrix;
  /** c of each probe: K x r. */
  readonly #codes: Matrix;
  readonly #totals: Totals;
  #sample = 0;
  #course = 0;
  #frame: Matrix | null = null;
  #moved: Matrix | null = null;
  #along: Float64Array | null = null;
  #first: { hidden: Matrix; similarity: Matrix; frame: Matrix } | null = null;

  constructor(measurement: Measurement, loss: (theta: Matrix) => { task: number; regularized: number }) {
    const { reference, stimuli } = measurement;
    this.#measurement = measurement;
    this.#loss = loss;
    this.#referenceTransposed = transpose(reference);
    this.#referenceW1 = sliceCols(reference, 0, stimuli.cols);
    this.#codes = multiply(stimuli, transpose(this.#referenceW1));
    this.#totals = emptyTotals(measurement);
  }

  observe(theta: Matrix): void {
    if (!theta.data.every(Number.isFinite)) {
      throw new InvalidInputError('the simulation diverged; give a smaller learningRate', ['model', 'learningRate']);
    }
    const { stimuli } = this.#measurement;
    const totals = this.#totals;
    const w1 = sliceCols(theta, 0, stimuli.cols);
    const frame = projectFrame(theta, this.#referenceTransposed);
    const loss = this.#loss(theta);
    totals.taskLoss += loss.task;
    totals.regularizedLoss += loss.regularized;
    const normal = multiply(stimuli, transpose(add(w1, multiply(frame, this.#referenceW1), -1)));
    accumulateRowNorms(totals.fluctuation, normal);
    const hidden = multiply(stimuli, transpose(w1));
    const similarity = multiply(hidden, transpose(hidden));
    addTo(totals.similarity, similarity.data);
    if (this.#frame) this.#rotate(logRotation(bodyRotation(this.#frame, frame)));
    this.#frame = frame;
    this.#recordCourse(hidden, similarity, frame);
    this.#sample++;
  }

  #rotate(omega: Matrix): void {
    const totals = this.#totals;
    const vector = planeComponents(omega);
    addTo(totals.rotation, vector);
    const moved = multiply(this.#codes, transpose(omega));
    accumulateRowNorms(totals.probeSquare, moved);
    if (this.#moved) accumulateRowProducts(totals.probeNeighbour, this.#moved, moved);
    this.#moved = moved;
    const along = apply(transpose(this.#measurement.directions), vector);
    for (let d = 0; d < along.length; d++) {
      totals.directionSquare[d] += along[d] * along[d];
      if (this.#along) totals.directionNeighbour[d] += along[d] * this.#along[d];
    }
    this.#along = along;
  }

  #recordCourse(hidden: Matrix, similarity: Matrix, frame: Matrix): void {
    this.#first ??= { hidden, similarity, frame };
    if (this.#measurement.courseSamples[this.#course] !== this.#sample) return;
    const { first, totals } = { first: this.#first, totals: this.#totals };
    const count = this.#measurement.stimuli.rows;
    const offset = this.#course * count;
    const projected = multiply(this.#codes, transpose(add(frame, first.frame, -1)));
    for (let k = 0; k < count; k++) {
      const before = first.hidden.data.subarray(k * hidden.cols, (k + 1) * hidden.cols);
      const now = hidden.data.subarray(k * hidden.cols, (k + 1) * hidden.cols);
      const product = dot(before, now);
      const bb = dot(before, before);
      const nn = dot(now, now);
      totals.selfCorrelation[offset + k] = product / Math.sqrt(bb * nn);
      totals.squaredDisplacement[offset + k] = bb + nn - 2 * product;
      const step = projected.data.subarray(k * projected.cols, (k + 1) * projected.cols);
      totals.projectedSquaredDisplacement[offset + k] = dot(step, step);
    }
    totals.similarityChange[this.#course] = norm(add(similarity, first.similarity, -1)) / norm(first.similarity);
    this.#course++;
  }

  /** Means over the samples; call once, after the last sample. */
  summary(): ReplicaSummary {
    const { samples } = this.#measurement;
    const totals = this.#totals;
    const mean = (values: Float64Array, count: number): Float64Array => values.map((value) => value / count);
    return {
      ...totals,
      rotation: mean(totals.rotation, samples - 1),
      probeSquare: mean(totals.probeSquare, samples - 1),
      probeNeighbour: mean(totals.probeNeighbour, samples - 2),
      directionSquare: mean(totals.directionSquare, samples - 1),
      directionNeighbour: mean(totals.directionNeighbour, samples - 2),
      fluctuation: mean(totals.fluctuation, samples),
      taskLoss: totals.taskLoss / samples,
      regularizedLoss: totals.regularizedLoss / samples,
      similarity: mean(totals.similarity, samples),
    };
  }
}

type Totals = { -readonly [Key in keyof ReplicaSummary]: ReplicaSummary[Key] };

function emptyTotals({ reference, stimuli, directions, courseSamples }: Measurement): Totals {
  const probes = stimuli.rows;
  const courses = courseSamples.length;
  const rank = reference.rows;
  return {
    rotation: new Float64Array((rank * (rank - 1)) / 2),
    probeSquare: new Float64Array(probes),
    probeNeighbour: new Float64Array(probes),
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

/** omega_ab for a < b in the order (0,1), (0,2), ...: omega = sum omega_ab Omega_ab, Omega_ab = +1 at (a, b). */
function planeComponents(omega: Matrix): Float64Array {
  const rank = omega.rows;
  const result = new Float64Array((rank * (rank - 1)) / 2);
  let plane = 0;
  for (let a = 0; a < rank; a++) for (let b = a + 1; b < rank; b++) result[plane++] = omega.data[a * rank + b];
  return result;
}

function addTo(target: Float64Array, values: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += values[i];
}

const accumulateRowNorms = (target: Float64Array, a: Matrix): void => {
  accumulateRowProducts(target, a, a);
};

function accumulateRowProducts(target: Float64Array, a: Matrix, b: Matrix): void {
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) target[i] += a.data[i * a.cols + j] * b.data[i * a.cols + j];
  }
}
