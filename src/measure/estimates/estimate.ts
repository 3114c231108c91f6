import type { Estimate } from '#core';
import { fromData, type Matrix } from '#linalg';
import type { Measurement } from '../measurement.js';
import type { ReplicaSummary } from '../sampling/summary.js';
import { averageEstimate, averageOf, type WeightedSummaries } from './averages.js';
import { displacementEstimates } from './displacement.js';
import type { MotionEstimates } from './motion.js';
import { phaseCorrelationEstimates, type PhaseCorrelationEstimates } from './phases.js';
import { rotationEstimates } from './rotation.js';
import { timeCourseEstimates, type TimeCourseEstimates } from './time-courses.js';

/**
 * A mode of a replica died out between two samples and came back with the opposite sign. The frame then has a rotation and a
 * reflection; what is measured of such an increment is its rotation.
 */
export interface Reflections {
  readonly increments: number;
  readonly replicas: number;
}

/** Everything measured at one parameter point; errors from the independent replicas. */
export interface Estimates extends MotionEstimates {
  readonly replicas: number;
  /** Increments of all replicas together. */
  readonly increments: number;
  /** null where a state has no loss. */
  readonly losses: { readonly task: Estimate; readonly regularized: Estimate } | null;
  /** Increments in which a mode changed its sign, and the replicas that have any; null where there are none. */
  readonly reflections: Reflections | null;
  /** Mean representational similarity matrix h_i.h_j, K x K. */
  readonly similarity: Matrix;
  readonly courses: TimeCourseEstimates;
  /** Of a phase of an experiment; null for one without phases. */
  readonly acrossPhases: PhaseCorrelationEstimates | null;
}

/**
 * Turns the summaries of the replicas (in the order of their numbers) into estimates: motion from the rotation of the frame, or
 * from displacements where none is followed. Nothing here is a prediction.
 */
export function estimate(measurement: Measurement, summaries: readonly ReplicaSummary[]): Estimates {
  const { lag, frame, probes } = measurement;
  const weights = summaries.map(({ samples }) => samples - 1);
  const all: WeightedSummaries = { summaries, weights };
  const motion = frame ? rotationEstimates(frame, all, lag) : displacementEstimates(all, probes, lag);
  return {
    replicas: summaries.length,
    increments: weights.reduce((sum, weight) => sum + weight, 0),
    reflections: reflectionsOf(summaries),
    ...motion,
    losses: summaries.every(({ losses }) => losses.length > 0)
      ? {
          task: averageEstimate(all, ({ losses }) => losses[0]),
          regularized: averageEstimate(all, ({ losses }) => losses[1]),
        }
      : null,
    similarity: fromData(
      probes,
      probes,
      averageOf(all, ({ similarity }) => similarity),
    ),
    courses: timeCourseEstimates(measurement, summaries),
    acrossPhases: phaseCorrelationEstimates(measurement, summaries),
  };
}

function reflectionsOf(summaries: readonly ReplicaSummary[]): Reflections | null {
  const own = summaries.flatMap(({ reflections = 0 }) => (reflections > 0 ? [reflections] : []));
  return own.length === 0 ? null : { increments: own.reduce((sum, count) => sum + count, 0), replicas: own.length };
}
