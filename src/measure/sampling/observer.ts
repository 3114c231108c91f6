import type { Accumulator } from './accumulator.js';
import type { MeasurementContext } from './context.js';
import { displacementMeans, rotationMeans, sampleMeans, type FirstIncrement, type ReplicaSummary } from './summary.js';
import type { SampleSums } from './sums.js';
import { TimeCourses, type TimeCourseState } from './time-courses.js';

/** A ReplicaObserver between two samples, with the sums of its replica, as plain data. */
export interface ObserverState {
  readonly sums: Float64Array;
  readonly timeCourses: TimeCourseState;
  readonly trajectory: Float64Array;
  readonly firstIncrement: FirstIncrement;
  readonly samples: number;
  readonly kept: number;
}

/**
 * Watches one replica: `observe` is called after each of its samples that the accumulator takes. It takes the time courses
 * and trajectories at their few samples; what every sample adds to, the accumulator keeps. O(1) a sample but for those.
 */
export class ReplicaObserver {
  readonly #context: MeasurementContext<unknown>;
  readonly #accumulator: Accumulator;
  readonly #replica: number;
  readonly #timeCourses: TimeCourses;
  readonly #trajectory: Float64Array;
  readonly #firstIncrement: FirstIncrement;
  #samples = 0;
  /** Samples of the trajectory kept. */
  #kept = 0;

  /** `replica` is the number of the replica in the accumulator. */
  constructor(context: MeasurementContext<unknown>, accumulator: Accumulator, replica: number) {
    const { reading, measurement } = context;
    this.#context = context;
    this.#accumulator = accumulator;
    this.#replica = replica;
    this.#timeCourses = new TimeCourses(context);
    this.#trajectory = new Float64Array(measurement.trajectorySamples.length * reading.hidden.length).fill(NaN);
    this.#firstIncrement = {
      rotation: new Float64Array(reading.rotation.length),
      displacementSum: new Float64Array(reading.displacementSum.length),
    };
  }

  /** Samples taken so far. */
  get samples(): number {
    return this.#samples;
  }

  /** Throws InvalidInputError when too many increments of a frame have a reflection; looks at few of its samples. */
  observe(): void {
    const { courseSamples, trajectorySamples } = this.#context.measurement;
    const sample = this.#samples++;
    const takesCourse = courseSamples[this.#timeCourses.taken] === sample;
    const keepsTrajectory = trajectorySamples[this.#kept] === sample;
    if (sample > 1 && !takesCourse && !keepsTrajectory) return;
    const sums = this.#read();
    this.#context.frame?.increments.assertRelated(sums.reflections[0], sample);
    if (sample === 0) this.#timeCourses.begin(sums);
    if (sample === 1) this.#setFirstIncrement(sums);
    if (takesCourse) this.#timeCourses.take(sums, this.#samples);
    if (keepsTrajectory) this.#trajectory.set(sums.hidden, this.#kept++ * sums.hidden.length);
  }

  #read(): SampleSums {
    const { reading } = this.#context;
    this.#accumulator.read(this.#replica, reading);
    return reading;
  }

  #setFirstIncrement({ rotation, displacementSum }: FirstIncrement): void {
    this.#firstIncrement.rotation.set(rotation);
    this.#firstIncrement.displacementSum.set(displacementSum);
  }

  /** What the samples to come and the summary depend on, copied. */
  save(): ObserverState {
    return {
      sums: this.#read().data.slice(),
      timeCourses: this.#timeCourses.save(),
      trajectory: this.#trajectory.slice(),
      firstIncrement: structuredClone(this.#firstIncrement),
      samples: this.#samples,
      kept: this.#kept,
    };
  }

  /** Goes on where the observer of the same context stood that was saved. */
  restore(state: ObserverState): void {
    const { reading } = this.#context;
    reading.data.set(state.sums);
    this.#accumulator.write(this.#replica, reading);
    this.#timeCourses.restore(state.timeCourses);
    this.#trajectory.set(state.trajectory);
    this.#setFirstIncrement(state.firstIncrement);
    this.#samples = state.samples;
    this.#kept = state.kept;
  }

  /** Means over the samples so far; needs three at least. */
  summary(): ReplicaSummary {
    const { measurement } = this.#context;
    const samples = this.#samples;
    const sums = this.#read();
    return {
      ...this.#timeCourses.values,
      ...rotationMeans(sums, samples, measurement.frame?.rank ?? 0, this.#firstIncrement),
      ...displacementMeans(sums, samples, this.#firstIncrement),
      ...sampleMeans(sums, samples, measurement.probes),
      samples,
      coursesTaken: this.#timeCourses.taken,
      trajectory: this.#trajectory,
    };
  }
}
