import { InvalidInputError } from '#core';
import { networkSize, trajectoryOfAllUnits, trajectoryTimes, type PointSnapshot } from '#experiment';
import { writeError, makeZarrGroup, tempDirectoryPath, ZarrArray, type RunDirectory } from '#store';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finishedPoints } from './results-table.node.js';
import { eachResultOf, pointOf } from './stored-points.node.js';

const TRAJECTORIES = 'trajectories.zarr';

/** Of trajectories in every file. */
export const TRAJECTORY_DIMENSIONS = ['replica', 'time', 'probe', 'unit'] as const;

/** Most numbers of one chunk: 1 GB. */
const MAX_CHUNK = 2 ** 27;

export interface TrajectoryOptions {
  /** All hidden units, not those that were simulated. */
  readonly allUnits?: boolean | undefined;
}

/**
 * Writes trajectories.zarr: the representations over time of every finished point whose experiment keeps them, as a group
 * `point-N` with the array `representation` (replica x time x probe x unit, activation) in chunks of one task, and its
 * coordinate `time` (steps since the end of burn-in). Attributes: whether the times are evenly spaced, the interval if so, and
 * the parameters. The root appears whole and replaces an older one. Returns its path, or null if no point keeps any. Throws
 * InvalidInputError where a chunk would take more than 1 GB.
 */
export async function collectTrajectories(
  run: RunDirectory,
  { allUnits = false }: TrajectoryOptions = {},
): Promise<string | null> {
  const path = join(run.path, TRAJECTORIES);
  const temporary = tempDirectoryPath(path);
  let hasAny = false;
  try {
    for (const [point, finished] of (await finishedPoints(run)).entries()) {
      if (finished && (await writePoint({ run, point, allUnits }, temporary, hasAny))) hasAny = true;
    }
    if (!hasAny) return null;
    const old = tempDirectoryPath(path);
    const exists = existsSync(path);
    if (exists) await rename(path, old);
    await rename(temporary, path);
    if (exists) await rm(old, { recursive: true });
    return path;
  } catch (error) {
    throw writeError(path, error);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

interface PointOfRun {
  readonly run: RunDirectory;
  readonly point: number;
  readonly allUnits: boolean;
}

/** Returns whether the point keeps trajectories; creates the root before the first that does. */
async function writePoint({ run, point, allUnits }: PointOfRun, root: string, hasRoot: boolean): Promise<boolean> {
  const { task, parameters, replicas, origin } = await pointOf(run, point);
  const { trajectorySamples, probes } = task.measurement;
  const times = trajectorySamples.length;
  if (times === 0) return false;
  if (!hasRoot) await makeZarrGroup(root, { name: run.manifest.name });
  const group = join(root, `point-${point}`);
  const { steps, ...spacing } = trajectoryTimes(task.measurement);
  await makeZarrGroup(group, { ...spacing, allUnits, parameters });
  const time = await ZarrArray.create(join(group, 'time'), [times], times, ['time'], {
    long_name: 'steps since the end of burn-in',
  });
  await time.write(0, [Float64Array.from(steps)]);
  let array: ZarrArray | null = null;
  const size = run.index.taskReplicas[point];
  let number = 0;
  for await (const { summaries } of eachResultOf(run, point)) {
    assertChunkFits(size * times * probes * unitsOf(task, summaries[0].trajectory, allUnits), allUnits);
    const before = origin + number * size;
    const rows = summaries.map(({ trajectory }, i) =>
      allUnits ? trajectoryOfAllUnits(task, before + i, trajectory) : trajectory,
    );
    array ??= await ZarrArray.create(
      join(group, 'representation'),
      [replicas, times, probes, rows[0].length / (times * probes)],
      size,
      TRAJECTORY_DIMENSIONS,
      { long_name: 'hidden representation of the probes', units: 'activation' },
    );
    await array.write(number++, rows);
  }
  return true;
}

const unitsOf = (task: PointSnapshot['task'], trajectory: Float64Array, allUnits: boolean): number => {
  const { trajectorySamples, probes } = task.measurement;
  return allUnits
    ? networkSize({ model: task.model, simulation: task }).hiddenUnits
    : trajectory.length / (trajectorySamples.length * probes);
};

function assertChunkFits(count: number, allUnits: boolean): void {
  if (count <= MAX_CHUNK) return;
  const size = `${((count * 8) / 1e9).toPrecision(3)} GB`;
  throw new InvalidInputError(
    `the trajectories of one task take ${size}, at most 1.07 GB are written at once; ` +
      `${allUnits ? 'leave --all-units out, or ' : ''}give fewer trajectorySamples or --task-replicas`,
  );
}
