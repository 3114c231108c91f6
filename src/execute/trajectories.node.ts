import type { TaskResult } from '#experiment';
import { writeError, makeZarrGroup, tempDirectoryPath, ZarrArray, type RunDirectory } from '#store';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finishedPoints } from './results-table.node.js';
import { pointOf } from './stored-points.node.js';

const TRAJECTORIES = 'trajectories.zarr';

/**
 * Writes trajectories.zarr: the representations over time of every finished point whose experiment keeps them, as a
 * Zarr array `point-N` (replica x time x probe x unit, activation) in chunks of one task. Attributes: steps since the
 * end of burn-in, and the parameters. The group appears whole and replaces an older one. Returns its path, or null if
 * no point keeps any.
 */
export async function collectTrajectories(run: RunDirectory): Promise<string | null> {
  const path = join(run.path, TRAJECTORIES);
  const temporary = tempDirectoryPath(path);
  let hasAny = false;
  try {
    for (const [point, finished] of (await finishedPoints(run)).entries()) {
      if (finished && (await writePoint(run, point, temporary, hasAny))) hasAny = true;
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

/** Returns whether the point keeps trajectories; creates the group before the first that does. */
async function writePoint(run: RunDirectory, point: number, root: string, hasGroup: boolean): Promise<boolean> {
  const { task, parameters, replicas } = await pointOf(run, point);
  const { trajectorySamples, probes, lag } = task.measurement;
  const times = trajectorySamples.length;
  if (times === 0) return false;
  if (!hasGroup) await makeZarrGroup(root, { name: run.manifest.name });
  let array: ZarrArray | null = null;
  const [first, end] = [run.firstTasks[point], run.firstTasks[point + 1]];
  for (let number = first; number < end; number++) {
    const { summaries } = (await run.records.read(number)) as TaskResult;
    const units = summaries[0].trajectory.length / (times * probes);
    array ??= await ZarrArray.create(
      join(root, `point-${point}`),
      [replicas, times, probes, units],
      run.index.taskReplicas[point],
      ['replica', 'time', 'probe', 'unit'],
      { steps: Array.from(trajectorySamples, (sample) => sample * lag), parameters },
    );
    await array.write(
      number - first,
      summaries.map(({ trajectory }) => trajectory),
    );
  }
  return true;
}
