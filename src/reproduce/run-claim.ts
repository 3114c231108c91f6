import { CancelledError } from '#core';
import {
  extrapolations,
  prepare,
  runExperiment,
  type Experiment,
  type PointRecord,
  type PreparedPoint,
  type RunTasks,
  type TheoryReport,
  type Trajectories,
} from '#experiment';
import type { Claim, Evidence, PointEvidence, Trajectory } from './claim.js';

/** How accurately: quick takes a ninth of the time with three times the errors. */
export type Mode = 'quick' | 'full';
const TARGET_ERROR_FACTOR = { quick: 3, full: 1 };
/** Of the replicas of points whose duration is given, which have no target error. */
const REPLICAS_FACTOR = { quick: 1, full: 9 };

/** A claim whose points are predicted and planned. */
export interface PreparedClaim {
  readonly claim: Claim;
  readonly points: readonly PreparedPoint[];
}

/** What simulation tells of a point, as plain data that can be kept in a file. */
export type PointResult = Pick<PointEvidence, 'record' | 'trail'>;

/** Predicts and plans all points of a claim, with the accuracy of the mode and one seed. */
export function prepareClaim(claim: Claim, { name, points }: Experiment, mode: Mode, seed: number): PreparedClaim {
  const adjusted = points.map((point) => {
    const targetError = point.simulation.targetError * TARGET_ERROR_FACTOR[mode];
    const fixed = point.simulation.duration !== 'auto';
    const replicas = point.simulation.replicas * (fixed ? REPLICAS_FACTOR[mode] : 1);
    return { ...point, simulation: { ...point.simulation, targetError, replicas, seed } };
  });
  return { claim, points: prepare({ name, points: adjusted }, claim.nextOrder ? 'next' : 'leading') };
}

/** Simulates one point; throws CancelledError when interrupted, for a part of a point is no evidence. */
export async function simulate(point: PreparedPoint, runTasks: RunTasks): Promise<PointResult> {
  const { report, trajectories } = await runExperiment('', [point], runTasks);
  if (!report.complete) throw new CancelledError();
  return { record: report.points[0], trail: trailOf(trajectories[0]) };
}

function trailOf({ steps, replicas, probes, units }: Trajectories): Trajectory {
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

/** All that a claim is judged by, from the findings of its points in their order. */
export function evidenceOf(
  { points }: PreparedClaim,
  findings: readonly PointResult[],
  map: TheoryReport | null,
): Evidence {
  const records: PointRecord[] = findings.map(({ record }) => record);
  return {
    points: points.map((prepared, i) => ({ prepared, ...findings[i] })),
    limits: extrapolations(records),
    map,
  };
}
