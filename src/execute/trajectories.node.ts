import type { TaskResult } from '#experiment';
import { writeError, makeZarrGroup, tempPath, ZarrArray, type RunDirectory } from '#store';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finishedPoints } from './results-table.node.js';
import { pointOf } from './points.node.js';

/** Name of the trajectories in a run directory. */
const TRAJECTORIES = 'trajectories.zarr';

/**
 * Writes the representations over time of all finished points, where the experiment keeps any, as one Zarr array
 * `point-N` (replica x time x probe x unit, activation) for each, in chunks of one task. Attributes: steps since the end of
 * burn-in, and the parameters. Appears whole; an older one is replaced. Returns its path, or null where nothing is kept.
 */
export async function collectTrajectories(run: RunDirectory): Promise<string | null> {
  const path = join(run.path, TRAJECTORIES);
  const temporary = tempPath(path);
  let any = false;
  try {
    for (const [point, finished] of (await finishedPoints(run)).entries()) {
      if (finished && (await writePoint(run, point, temporary, any))) any = true;
    }
    if (!any) return null;
    const old = tempPath(path);
    const had = existsSync(path);
    if (had) await rename(path, old);
    await rename(temporary, path);
    if (had) await rm(old, { recursive: true });
    return path;
  } catch (error) {
    throw writeError(path, error);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function writePoint(run: RunDirectory, point: number, root: string, begun: boolean): Promise<boolean> {
  const { task, parameters, replicas } = await pointOf(run, point);
  const { trajectorySamples, stimuli, lag } = task.measurement;
  const times = trajectorySamples.length;
  if (times === 0) return false;
  if (!begun) await makeZarrGroup(root, { name: run.manifest.name });
  let array: ZarrArray | null = null;
  const [first, end] = [run.firstTasks[point], run.firstTasks[point + 1]];
  for (let number = first; number < end; number++) {
    const { summaries } = (await run.records.read(number)) as TaskResult;
    const units = summaries[0].trajectory.length / (times * stimuli.rows);
    array ??= await ZarrArray.create(
      join(root, `point-${point}`),
      [replicas, times, stimuli.rows, units],
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
