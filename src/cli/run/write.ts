import type { Point, Projection, RunReport, Trajectories } from '#experiment';
import { createOutputDirectory, writeAtomically, writeNpy } from '#store';
import { basename, join } from 'node:path';
import { resultsCsv } from '../tables/csv.js';

/** What `meander run --out` writes. */
interface WrittenRun {
  /** The experiment file, which is copied under its own name. */
  readonly file: string;
  readonly text: string;
  readonly report: RunReport;
  /** Final weights of the replicas of every point; none where they were not kept. */
  readonly weights: readonly (readonly {
    readonly rows: number;
    readonly cols: number;
    readonly data: Float64Array;
  }[])[];
  readonly trajectories: readonly Trajectories[];
  readonly points: readonly Point[];
}

/** Writes a finished run into a new directory. Throws InvalidInputError where the directory is in use. */
export async function writeRun(
  directory: string,
  { file, text, report, weights, trajectories, points }: WrittenRun,
): Promise<void> {
  await createOutputDirectory(directory);
  await writeAtomically(join(directory, basename(file)), text);
  await writeAtomically(join(directory, 'probes.csv'), resultsCsv(report));
  for (const [point, replicas] of weights.entries()) {
    if (replicas.length === 0) continue;
    const { rows, cols } = replicas[0];
    const data = joined(replicas.map((theta) => theta.data));
    await writeNpy(join(directory, `weights-${point}.npy`), data, [replicas.length, rows, cols]);
  }
  for (const [point, { steps, replicas, probes, units }] of trajectories.entries()) {
    if (steps.length === 0) continue;
    const shape = [replicas.length, steps.length, probes, units];
    await writeNpy(join(directory, `trajectory-${point}.npy`), joined(replicas), shape);
  }
  for (const [point, { projections = [] }] of points.entries()) {
    for (const [k, projection] of projections.entries()) {
      const name = projections.length > 1 ? `${point}-${k}` : String(point);
      await writeProjection(directory, name, projection);
    }
  }
  // Last: a directory with a report is complete.
  await writeAtomically(join(directory, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
}

/** mean-NAME.npy, and basis-NAME.npy (components x columns) of the principal components. */
async function writeProjection(directory: string, name: string, { mean, axes }: Projection): Promise<void> {
  await writeNpy(join(directory, `mean-${name}.npy`), mean, [mean.length]);
  if (axes) await writeNpy(join(directory, `basis-${name}.npy`), axes.data, [axes.rows, axes.cols]);
}

/** Blocks of equal size one after the other. */
function joined(blocks: readonly Float64Array[]): Float64Array {
  const data = new Float64Array(blocks.length * blocks[0].length);
  blocks.forEach((block, i) => {
    data.set(block, i * block.length);
  });
  return data;
}
