import { dot, productInto, productTransposed } from '#linalg';
import { lengths, SMALLEST } from '../representations/cosines.js';
import { addProducts, addSquaredDistances } from '../representations/products.js';
import type { MeasurementContext } from './context.js';
import type { SampleSums } from './sums.js';

/** Time courses of one replica, one value (or K of them) for each course sample. */
export interface TimeCourseValues {
  /** C x K: cosine of h(0) and h(t), and |h(t) - h(0)|^2. NaN where a probe is not represented, or by less than `SMALLEST`. */
  readonly selfCorrelation: Float64Array;
  readonly squaredDisplacement: Float64Array;
  /** C x K: |R(t) c - R(0) c|^2, the displacement of the frame alone; empty without a frame. */
  readonly projectedSquaredDisplacement: Float64Array;
  /** |S(t) - S(0)| / |S(0)| (Frobenius) of the similarity matrix, C numbers. */
  readonly similarityChange: Float64Array;
  /** C x 2: mean losses [task, regularised] of the samples after the course sample before, up to and with each; or empty. */
  readonly lossCourses: Float64Array;
  /** C x K: mean |h - R c|^2 in the same samples; empty without a frame. */
  readonly fluctuationCourse: Float64Array;
}

/** Time courses between two samples, as plain data. */
export interface TimeCourseState {
  readonly values: TimeCourseValues;
  /** Course samples taken. */
  readonly taken: number;
  readonly first: Snapshot | null;
  readonly window: Window;
}

/** Representations of the probes at one sample. */
interface Snapshot {
  /** h (K x k). */
  readonly hidden: Float64Array;
  /** R c (K x k); empty without a frame. */
  readonly projected: Float64Array;
  /** h_i.h_j (K x K). */
  readonly similarity: Float64Array;
}

/** First sample after the latest course sample, and the sums before it. */
interface Window {
  first: number;
  readonly losses: Float64Array;
  readonly fluctuation: Float64Array;
}

/** |S(t) - S(0)| / |S(0)|, where `change` is the squared numerator if it can be computed without scaling. */
function relativeChange(change: number, then: Float64Array, now: Float64Array): number {
  const square = dot(then, then);
  if (square >= SMALLEST) return Math.sqrt(change / square);
  const largest = then.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest < SMALLEST) return NaN;
  const scaled = then.map((value) => value / largest);
  const changed = now.map((value, i) => value / largest - scaled[i]);
  return Math.sqrt(dot(changed, changed) / dot(scaled, scaled));
}

/** The time courses of one replica. O(K^2 k) a course sample. */
export class TimeCourses {
  readonly values: TimeCourseValues;
  #taken = 0;
  #first: Snapshot | null = null;
  #window: Window;

  constructor(private readonly context: MeasurementContext<unknown>) {
    const { measurement, reading } = context;
    const courses = measurement.courseSamples.length;
    const { probes } = measurement;
    const framed = reading.fluctuation.length;
    const losses = reading.losses.length;
    this.values = {
      selfCorrelation: new Float64Array(courses * probes),
      squaredDisplacement: new Float64Array(courses * probes),
      projectedSquaredDisplacement: new Float64Array(courses * framed),
      similarityChange: new Float64Array(courses),
      lossCourses: new Float64Array(courses * losses),
      fluctuationCourse: new Float64Array(courses * framed),
    };
    this.#window = { first: 0, losses: new Float64Array(losses), fluctuation: new Float64Array(framed) };
  }

  /** Course samples taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes the first sample, from which displacements and correlations count. */
  begin(sums: SampleSums): void {
    this.#first = this.#snapshot(sums);
  }

  /** Takes the next course sample; `samples` have been taken in all. */
  take(sums: SampleSums, samples: number): void {
    const { units } = this.context.readout;
    const now = this.#snapshot(sums);
    const first = this.#first ?? now;
    const { values } = this;
    const { probes } = this.context.measurement;
    const framed = sums.fluctuation.length;
    const offset = this.#taken * probes;
    const slot = (courses: Float64Array, size = probes): Float64Array =>
      courses.subarray(this.#taken * size, (this.#taken + 1) * size);
    const lengthThen = new Float64Array(probes);
    const lengthNow = new Float64Array(probes);
    addProducts(lengthThen, first.hidden, first.hidden, units);
    addProducts(lengthNow, now.hidden, now.hidden, units);
    addProducts(slot(values.selfCorrelation), first.hidden, now.hidden, units);
    for (let k = 0; k < probes; k++) values.selfCorrelation[offset + k] /= lengths(lengthThen[k], lengthNow[k]);
    addSquaredDistances(slot(values.squaredDisplacement), now.hidden, first.hidden, units);
    addSquaredDistances(slot(values.projectedSquaredDisplacement, framed), now.projected, first.projected, units);
    const change = new Float64Array(1);
    addSquaredDistances(change, now.similarity, first.similarity, probes * probes);
    values.similarityChange[this.#taken] = relativeChange(change[0], first.similarity, now.similarity);
    this.#closeWindow(sums, samples);
    this.#taken++;
  }

  #snapshot({ hidden, frame: rotation }: SampleSums): Snapshot {
    const { measurement, readout, frame } = this.context;
    const { units } = readout;
    const { probes } = measurement;
    const projected = new Float64Array(frame ? probes * units : 0);
    if (frame) productInto(projected, frame.readout.codes, rotation, probes, frame.measurement.rank, units);
    const similarity = new Float64Array(probes * probes);
    productTransposed(similarity, hidden, hidden, probes, units, probes);
    return { hidden: hidden.slice(), projected, similarity };
  }

  /** Means over the samples since the course sample before. */
  #closeWindow({ losses, fluctuation }: SampleSums, samples: number): void {
    const { values } = this;
    const window = this.#window;
    const count = samples - window.first;
    const means = (courses: Float64Array, now: Float64Array, before: Float64Array): void => {
      const offset = this.#taken * now.length;
      for (let i = 0; i < now.length; i++) courses[offset + i] = (now[i] - before[i]) / count;
    };
    means(values.lossCourses, losses, window.losses);
    means(values.fluctuationCourse, fluctuation, window.fluctuation);
    window.first = samples;
    window.losses.set(losses);
    window.fluctuation.set(fluctuation);
  }

  save(): TimeCourseState {
    return structuredClone({ values: this.values, taken: this.#taken, first: this.#first, window: this.#window });
  }

  restore({ values, taken, first, window }: TimeCourseState): void {
    for (const key of Object.keys(this.values) as (keyof TimeCourseValues)[]) this.values[key].set(values[key]);
    this.#taken = taken;
    this.#first = first;
    this.#window = structuredClone(window);
  }
}
