import { cosines, type Measurement, type ReplicaSummary } from '#measure';
import type { Replicas } from '../replicas.js';
import type { PhasesBefore, Task } from '../task.js';

/** The self-correlations of a task's probes across its phases. */
export class PhaseCorrelations {
  readonly #probes: number;
  readonly #boundaries: Float64Array[];
  /** Cosines to the first sample at the course samples of the present phase so far, R x K each. */
  readonly #courses: Float64Array[];

  constructor({ probes }: Pick<Task, 'probes'>, before?: PhasesBefore) {
    this.#probes = probes.rows;
    this.#boundaries = [...(before?.boundaries ?? [])];
    this.#courses = [...(before?.courses ?? [])];
  }

  get state(): Pick<PhasesBefore, 'boundaries' | 'courses'> {
    return { boundaries: [...this.#boundaries], courses: [...this.#courses] };
  }

  /** To be called after each sample of all replicas. */
  sampled(replicas: Replicas, { courseSamples }: Measurement): void {
    if (courseSamples[this.#courses.length] !== replicas.samples - 1) return;
    const now = replicas.representations();
    if (this.#boundaries.length === 0) this.#boundaries.push(now);
    this.#courses.push(cosines(this.#boundaries[0], now, replicas.units));
  }

  /** The summaries of the present phase with its correlations; if it is complete, its end is one more boundary. */
  added(summaries: readonly ReplicaSummary[], replicas: Replicas, isComplete: boolean): ReplicaSummary[] {
    const own = (all: Float64Array, i: number): Float64Array => all.subarray(i * this.#probes, (i + 1) * this.#probes);
    const courses = this.#courses.splice(0);
    const end = isComplete ? replicas.representations() : null;
    const toEnd = end ? this.#boundaries.map((boundary) => cosines(boundary, end, replicas.units)) : null;
    if (end) this.#boundaries.push(end);
    return summaries.map((summary, i) => ({
      ...summary,
      startCorrelation: joined(courses.map((course) => own(course, i))),
      ...(toEnd && { boundaryCorrelation: joined(toEnd.map((row) => own(row, i))) }),
    }));
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
