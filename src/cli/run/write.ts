import { arrayNames, type Point, type Projection, type RunReport, type Trajectories } from '#experiment';
import { writeAtomically, writeNpy } from '#store';
import { join } from 'node:path';
import { resultsCsv } from '../tables/csv.js';

interface WeightMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** What `meander run --out` adds to its run directory. */
interface WrittenRun {
  readonly report: RunReport;
  /** Final weights of the replicas of every point, one matrix for each array; none where they were not kept. */
  readonly weights: readonly (readonly (readonly WeightMatrix[])[])[];
  readonly trajectories: readonly Trajectories[];
  readonly points: readonly Point[];
}

/** Writes the report of a finished run and its arrays into the run directory. Throws InvalidInputError where it cannot. */
export async function writeRun(
  directory: string,
  { report, weights, trajectories, points }: WrittenRun,
): Promise<void> {
  await writeAtomically(join(directory, 'probes.csv'), resultsCsv(report));
  for (const [point, replicas] of weights.entries()) {
    if (replicas.length === 0) continue;
    for (const [a, { rows, cols }] of replicas[0].entries()) {
      const data = joined(replicas.map((state) => state[a].data));
      await writeNpy(join(directory, weightsFile(point, arrayNames(points[point]), a)), data, [
        replicas.length,
        rows,
        cols,
      ]);
    }
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

/** The only array of a rule needs no name. */
const weightsFile = (point: number, names: readonly string[], a: number): string =>
  names.length === 1 ? `weights-${point}.npy` : `weights-${point}-${names[a]}.npy`;

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
