import { fromData, type Matrix } from '#linalg';
import type { Measurement } from '../measurement.js';
import type { ReplicaSummary } from '../sampling/summary.js';
import { covarianceOfMean } from './intervals.js';
import { longRunVariances } from './long-run.js';
import { probeDisplacements, speedsAlong } from './rotation.js';

/** Covariances between the estimates of the probes, which share their replicas (K x K each). */
export interface ProbeCovariances {
  readonly fluctuation: Matrix;
  readonly diffusion: Matrix;
  /** Of the components of v along the drift directions. */
  readonly directedSpeed: Matrix;
}

/** From the scatter of the replicas; null without a frame. */
export function probeCovariances(
  { frame, lag, probes }: Measurement,
  summaries: readonly ReplicaSummary[],
): ProbeCovariances | null {
  if (!frame) return null;
  const weights = summaries.map(({ samples }) => samples - 1);
  const displacementOfProbe = probeDisplacements(frame, { summaries, weights });
  const displacements = Array.from({ length: probes }, (_, k) => displacementOfProbe(k));
  const covariance = (series: readonly (readonly number[])[]): Matrix =>
    fromData(
      probes,
      probes,
      Float64Array.from(series.flatMap((a) => series.map((b) => covarianceOfMean(a, b, weights)))),
    );
  return {
    fluctuation: covariance(displacements.map((_, k) => summaries.map(({ fluctuation }) => fluctuation[k]))),
    diffusion: covariance(displacements.map(({ displacement }) => longRunVariances(displacement, lag))),
    directedSpeed: covariance(
      displacements.map(({ displacement, range }) => speedsAlong(frame, displacement, range, lag)),
    ),
  };
}
