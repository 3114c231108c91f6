import {
  arrayNames,
  reportedSnapshot,
  reportResults,
  reportRows,
  trajectoryOfAllUnits,
  type PointSnapshot,
  type RunReport,
  type RunResult,
  type TaskTemplate,
  type Trajectories,
} from '#experiment';
import { csv, writeAtomically, writeNpy, type RunDirectory } from '#store';
import { join } from 'node:path';
import { loadRuleOf, type RuleTrust } from './rule-file/stored.node.js';
import { pointOf, resultsOf } from './stored-points.node.js';
import { TRAJECTORY_DIMENSIONS } from './trajectories.node.js';

/** What a report adds to its run directory. */
interface WrittenRun extends RunResult<null> {
  readonly points: readonly WrittenPoint[];
  /** Whether trajectories are written with all hidden units, not with those that were simulated. */
  readonly allUnits: boolean;
}

/** A point whose replicas, numbered from the origin, were all simulated. */
type WrittenPoint = Pick<TaskTemplate, 'task' | 'origin'>;

/**
 * Writes what `meander run --out` adds to a finished run: report.json, probes.csv and arrays. The predictions are made anew, to
 * the order in the learning rate of the manifest. Returns the report. Throws InvalidInputError when a point is not finished, a
 * file cannot be written, or the code of its rule may not run.
 */
export async function writeReportOf(run: RunDirectory, trust: RuleTrust = {}): Promise<RunReport<null>> {
  await loadRuleOf(run, trust);
  const { name, report: order, allUnits, points: count } = run.manifest;
  const snapshots: PointSnapshot[] = [];
  for (let index = 0; index < count; index++) snapshots.push(await pointOf(run, index));
  const reported = snapshots.map((snapshot) => reportedSnapshot(snapshot, order ?? 'leading'));
  const result: RunResult<null> = await reportResults(name, reported, (index) => resultsOf(run, index));
  await writeReport(run.path, { ...result, points: snapshots, allUnits });
  return result.report;
}

/** Writes the report of a finished run and its arrays into the run directory. Throws InvalidInputError where it cannot. */
export async function writeReport(
  directory: string,
  { report, weights, trajectories, points, allUnits }: WrittenRun,
): Promise<void> {
  await writeAtomically(join(directory, 'probes.csv'), csv(reportRows(report)));
  for (const [point, replicas] of weights.entries()) {
    if (replicas.length === 0) continue;
    for (const [a, { rows, cols }] of replicas[0].entries()) {
      const data = joined(replicas.map((state) => state[a].data));
      await writeNpy(join(directory, weightsFile(point, arrayNames(points[point].task), a)), data, [
        replicas.length,
        rows,
        cols,
      ]);
    }
  }
  for (const [index, trajectory] of trajectories.entries()) {
    await writeTrajectory(directory, index, allUnits ? withAllUnits(points[index], trajectory) : trajectory, allUnits);
  }
  // Last: a directory with a report is complete.
  await writeAtomically(join(directory, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
}

function withAllUnits({ task, origin }: WrittenPoint, trajectory: Trajectories): Trajectories {
  const rows = trajectory.steps.length * trajectory.probes;
  if (rows === 0) return trajectory;
  const replicas = trajectory.replicas.map((own, i) => trajectoryOfAllUnits(task, origin + i, own));
  return { ...trajectory, replicas, units: replicas[0].length / rows };
}

/** trajectory-N.npy (replica x time x probe x unit), its times (trajectory-N-steps.npy), and what both are (trajectory-N.json). */
async function writeTrajectory(
  directory: string,
  point: number,
  { steps, evenlySpaced, interval, replicas, probes, units }: Trajectories,
  allUnits: boolean,
): Promise<void> {
  if (steps.length === 0) return;
  const path = (rest: string): string => join(directory, `trajectory-${point}${rest}`);
  await writeNpy(path('.npy'), joined(replicas), [replicas.length, steps.length, probes, units]);
  await writeNpy(path('-steps.npy'), Float64Array.from(steps), [steps.length]);
  const metadata = { dimensions: TRAJECTORY_DIMENSIONS, evenlySpaced, interval, allUnits };
  await writeAtomically(path('.json'), `${JSON.stringify(metadata, null, 1)}\n`);
}

/** The only array of a rule needs no name. */
const weightsFile = (point: number, names: readonly string[], a: number): string =>
  names.length === 1 ? `weights-${point}.npy` : `weights-${point}-${names[a]}.npy`;

/** Blocks of equal size one after the other. */
function joined(blocks: readonly Float64Array[]): Float64Array {
  const data = new Float64Array(blocks.length * blocks[0].length);
  blocks.forEach((block, i) => {
    data.set(block, i * block.length);
  });
  return data;
}
