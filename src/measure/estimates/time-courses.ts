import type { Estimate } from '#core';
import type { Measurement } from '../measurement.js';
import type { ReplicaSummary } from '../sampling/summary.js';
import { meanEstimate } from './intervals.js';

/** Time courses from the end of burn-in, averaged over replicas: [time][probe]. */
export interface TimeCourseEstimates {
  /** Steps since the first sample. */
  readonly steps: readonly number[];
  /** null for a probe that is not represented. */
  readonly selfCorrelation: readonly (readonly (Estimate | null)[])[];
  readonly squaredDisplacement: readonly (readonly Estimate[])[];
  /** Of no probe without a frame. */
  readonly projectedSquaredDisplacement: readonly (readonly Estimate[])[];
  readonly similarityChange: readonly (Estimate | null)[];
  /** Mean losses of the samples after the time before, up to and with each time; none where a state has no loss. */
  readonly taskLoss: readonly Estimate[];
  readonly regularizedLoss: readonly Estimate[];
  /** F of each probe in the same samples: it does not grow. Of no probe without a frame. */
  readonly fluctuation: readonly (readonly Estimate[])[];
}

/** The time courses as far as at least two replicas have come. */
export function timeCourseEstimates(
  { courseSamples, lag, probes, frame }: Measurement,
  summaries: readonly ReplicaSummary[],
): TimeCourseEstimates {
  const reached = Array.from(courseSamples, (sample, course) => ({
    sample,
    course,
    those: summaries.filter((summary) => summary.coursesTaken > course),
  })).filter(({ those }) => those.length > 1);
  const table = (pick: (summary: ReplicaSummary) => Float64Array, columns = probes): Estimate[][] =>
    reached.map(({ course, those }) =>
      Array.from({ length: columns }, (_, k) =>
        meanEstimate(those.map((summary) => pick(summary)[course * columns + k])),
      ),
    );
  const framed = frame ? probes : 0;
  const losses = summaries.every((summary) => summary.losses.length > 0)
    ? table((summary) => summary.lossCourses, 2)
    : [];
  const defined = (estimate: Estimate): Estimate | null => (Number.isNaN(estimate.value) ? null : estimate);
  return {
    steps: reached.map(({ sample }) => sample * lag),
    selfCorrelation: table((summary) => summary.selfCorrelation).map((row) => row.map(defined)),
    squaredDisplacement: table((summary) => summary.squaredDisplacement),
    projectedSquaredDisplacement: table((summary) => summary.projectedSquaredDisplacement, framed),
    similarityChange: table((summary) => summary.similarityChange, 1).map(([change]) => defined(change)),
    taskLoss: losses.map(([task]) => task),
    regularizedLoss: losses.map(([, regularized]) => regularized),
    fluctuation: table((summary) => summary.fluctuationCourse, framed),
  };
}
