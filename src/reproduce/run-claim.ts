import { CancelledError } from '#core';
import {
  covariancesOf,
  expectedRatios,
  extrapolations,
  prepare,
  reportResults,
  resultsByRunning,
  type Experiment,
  type PhaseResult,
  type PreparedPoint,
  type RunTasks,
  type TheoryReport,
  type Trajectories,
} from '#experiment';
import { laggedProducts } from './time-courses/lagged-products.js';
import type { Claim, Evidence, PointEvidence, Trajectory } from './claim.js';

/** Accuracy: quick has three times the errors of full, in a ninth of the time. */
export type Mode = 'quick' | 'full';
const TARGET_ERROR_FACTOR = { quick: 3, full: 1 };
/** Factor of the replicas of points with a given duration, which have no target error. */
const REPLICAS_FACTOR = { quick: 1, full: 9 };

/** A claim with the predictions and plans of its points. */
export interface PreparedClaim {
  readonly claim: Claim;
  readonly points: readonly PreparedPoint[];
}

/** What the simulation of a point showed. */
export type PointResult = Pick<PointEvidence, 'report' | 'trajectory' | 'covariances' | 'decay'>;

/** Predicts and plans all points of a claim, with the accuracy of the mode and a seed. */
export function prepareClaim(claim: Claim, { name, points }: Experiment, mode: Mode, seed: number): PreparedClaim {
  const adjusted = points.map((point) => {
    const targetError = point.simulation.targetError * TARGET_ERROR_FACTOR[mode];
    const fixed = point.simulation.duration !== 'auto' || (point.phase?.steps ?? 'auto') !== 'auto';
    const replicas = point.simulation.replicas * (fixed ? REPLICAS_FACTOR[mode] : 1);
    return { ...point, simulation: { ...point.simulation, targetError, replicas, seed } };
  });
  return { claim, points: prepare({ name, points: adjusted }, claim.nextOrder ? 'next' : 'automatic') };
}

/** Simulates points one after the other. Throws CancelledError when interrupted: a claim needs all replicas. */
export const simulatePoints = (points: readonly PreparedPoint[], runTasks: RunTasks): Promise<PointResult[]> =>
  pointResults(points, resultsByRunning(points, runTasks));

/** The same from the results of the tasks of each point, by its number in the list. */
export async function pointResults(
  points: readonly PreparedPoint[],
  resultsOf: (index: number) => Promise<readonly (PhaseResult | null)[]>,
): Promise<PointResult[]> {
  const covariances: PointResult['covariances'][] = [];
  const { report, trajectories } = await reportResults('', points, async (index) => {
    const results = await resultsOf(index);
    covariances.push(covariancesOf(points[index], results));
    return results;
  });
  if (!report.complete) throw new CancelledError();
  return report.points.map((own, k) => ({
    report: own,
    trajectory: firstTrajectory(trajectories[k]),
    covariances: covariances[k],
    decay: laggedProducts(points[k], trajectories[k]),
  }));
}

function firstTrajectory({ steps, replicas, probes, units }: Trajectories): Trajectory {
  const [first] = replicas;
  return {
    steps,
    hidden: steps.map((_, t) =>
      Array.from({ length: probes }, (_, k) =>
        Array.from(first.subarray((t * probes + k) * units, (t * probes + k + 1) * units)),
      ),
    ),
  };
}

/** The evidence of a claim, from the results of its points in their order. */
export function evidenceOf(
  { points }: PreparedClaim,
  results: readonly PointResult[],
  map: TheoryReport | null,
): Evidence {
  return {
    points: points.map((prepared, i) => ({ prepared, ...results[i] })),
    extrapolations: extrapolations(
      results.map(({ report }) => report),
      points.map((point) => expectedRatios(point.point, point)),
    ),
    map,
  };
}
