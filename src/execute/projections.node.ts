import { shellPath } from '#core';
import type { Projection } from '#experiment';
import { assertChecksums, DamagedFileError, readPlainFile, writeChecksums, writeNpy, type RunDirectory } from '#store';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pointOf } from './stored-points.node.js';

/** Their checksums, and so their names. */
const CHECKSUMS = 'projections.sha256';

/** What the input of every point follows from. */
const INPUT = 'model.input';

/**
 * Writes how data sets became stimuli, axes (x - mean): mean-K.npy and, of principal components, basis-K.npy (components x
 * columns) of point K; those of point 0 alone where all points share them. With several data sets the names are mean-K-0.npy,
 * mean-K-1.npy, .... Files that are there and intact stay. Throws InvalidInputError where one cannot be written.
 */
export async function writeProjections(run: RunDirectory): Promise<void> {
  if (existsSync(join(run.path, CHECKSUMS)) && (await areIntact(run))) return;
  const names: string[] = [];
  for (const point of await pointsToWrite(run)) {
    const { projections } = await pointOf(run, point);
    for (const [k, projection] of projections.entries()) {
      const name = projections.length > 1 ? `${point}-${k}` : String(point);
      names.push(...(await writeProjection(run.path, name, projection)));
    }
  }
  if (names.length > 0) await writeChecksums(run.path, names, CHECKSUMS);
}

/** The names of these files, in the order of the points; none of a run without data sets. Throws DamagedFileError. */
export async function projectionFiles(run: RunDirectory): Promise<string[]> {
  const path = join(run.path, CHECKSUMS);
  if (!existsSync(path)) return [];
  await assertChecksums(run.path, `meander collect ${shellPath(run.path)} makes it again`, CHECKSUMS);
  return (await readPlainFile(path))
    .toString()
    .split('\n')
    .flatMap((line) => line.split('  ').slice(1));
}

const areIntact = (run: RunDirectory): Promise<boolean> =>
  projectionFiles(run).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DamagedFileError) return false;
      throw error;
    },
  );

async function pointsToWrite(run: RunDirectory): Promise<number[]> {
  const first = await pointOf(run, 0);
  // Most sweeps leave the input as it is: then the other points need not be read.
  const mayDiffer = first.assignments.some(({ name }) => name.startsWith(INPUT) || INPUT.startsWith(name));
  const points = Array.from({ length: run.manifest.points }, (_, point) => point);
  for (const point of mayDiffer ? points : []) {
    if (!areEqual(first.projections, (await pointOf(run, point)).projections)) return points;
  }
  return [0];
}

const areEqual = (a: readonly Projection[], b: readonly Projection[]): boolean =>
  a.length === b.length && a.every((each, k) => isEqual(each, b[k]));

const isEqual = (a: Projection, b: Projection): boolean =>
  haveEqualValues(a.mean, b.mean) &&
  a.axes?.rows === b.axes?.rows &&
  haveEqualValues(a.axes?.data ?? new Float64Array(), b.axes?.data ?? new Float64Array());

const haveEqualValues = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

async function writeProjection(directory: string, name: string, { mean, axes }: Projection): Promise<string[]> {
  const [meanFile, basisFile] = [`mean-${name}.npy`, `basis-${name}.npy`];
  await writeNpy(join(directory, meanFile), mean, [mean.length]);
  if (!axes) return [meanFile];
  await writeNpy(join(directory, basisFile), axes.data, [axes.rows, axes.cols]);
  return [meanFile, basisFile];
}
