import type { Estimate } from '#core';
import type { Measurement } from '../measurement.js';
import type { ReplicaSummary } from '../sampling/summary.js';
import { meanEstimate } from './intervals.js';

/** Self-correlations between a phase and those before it, averaged over replicas; null for a probe that is not represented. */
export interface PhaseCorrelationEstimates {
  /** From the first sample of the experiment to the times of the courses of this phase, [time][probe]. */
  readonly fromStart: readonly (readonly (Estimate | null)[])[];
  /** From each boundary before, the first sample and the end of every earlier phase, to the end of this phase, [boundary][probe]. */
  readonly toEnd: readonly (readonly (Estimate | null)[])[];
}

/** As far as at least two replicas have come. */
export function phaseCorrelationEstimates(
  { courseSamples, probes }: Measurement,
  summaries: readonly ReplicaSummary[],
): PhaseCorrelationEstimates | null {
  if (!summaries.every(({ startCorrelation }) => startCorrelation)) return null;
  const taken = Array.from(courseSamples, (_, course) =>
    summaries.flatMap(({ startCorrelation = new Float64Array() }) => {
      const own = startCorrelation.subarray(course * probes, (course + 1) * probes);
      return own.length > 0 ? [own] : [];
    }),
  ).filter((those) => those.length > 1);
  const ended = summaries.flatMap(({ boundaryCorrelation }) => (boundaryCorrelation ? [boundaryCorrelation] : []));
  const boundaries = ended.length > 1 ? ended[0].length / probes : 0;
  return {
    fromStart: taken.map((those) => meansOf(those, probes)),
    toEnd: Array.from({ length: boundaries }, (_, b) =>
      meansOf(
        ended.map((all) => all.subarray(b * probes, (b + 1) * probes)),
        probes,
      ),
    ),
  };
}

const meansOf = (replicas: readonly Float64Array[], probes: number): (Estimate | null)[] =>
  Array.from({ length: probes }, (_, k) => {
    const mean = meanEstimate(replicas.map((values) => values[k]));
    return Number.isNaN(mean.value) ? null : mean;
  });
