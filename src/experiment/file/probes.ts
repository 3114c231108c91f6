import { InvalidInputError, type KeyPath } from '#core';
import { fromRows, identity, row, type Matrix } from '#linalg';
import { project, type Dataset } from './dataset.js';
import type { ResolvedInput } from './input.js';
import { stimuliOf } from './labels.js';
import { resolveMatrix } from './matrix.js';
import type { ExperimentSpec } from './schema.js';
import { readTable, type ReadBytes } from './table.js';

type ProbesSpec = ExperimentSpec['probes'];

/** At most this many probes: each is a row of every table. */
export const MAX_PROBES = 1000;
const PATH: KeyPath = ['probes'];

/** The probes of an experiment file in the coordinates of the input. Throws InvalidInputError. */
export async function resolveProbes(
  spec: ProbesSpec,
  resolved: ResolvedInput,
  read: ReadBytes,
): Promise<Float64Array[]> {
  const { size } = resolved.input;
  const matrix = await probeMatrix(spec, resolved, read);
  if (matrix.rows === 0) {
    throw new InvalidInputError(
      'found stimuli, but the input names none one by one; expected axes, a list of vectors, or an input with a point or ' +
        'dictionary component',
      PATH,
    );
  }
  if (matrix.cols !== size) {
    const raw = isFile(spec) && resolved.datasets.some(({ projection }) => projection.mean.length === matrix.cols);
    throw new InvalidInputError(
      `found vectors of ${matrix.cols} numbers, expected ${size}: one for each dimension of the input` +
        (raw ? `; {file: ${spec.file}, project: true} centres and projects them as the data set` : ''),
      PATH,
    );
  }
  if (matrix.rows > MAX_PROBES) {
    throw new InvalidInputError(`found ${matrix.rows} probes, expected at most ${MAX_PROBES}`, PATH);
  }
  return Array.from({ length: matrix.rows }, (_, k) => row(matrix, k).slice());
}

async function probeMatrix(spec: ProbesSpec, resolved: ResolvedInput, read: ReadBytes): Promise<Matrix> {
  if (spec === 'axes') return identity(resolved.input.size);
  if (spec === 'stimuli') return resolved.named;
  if (Array.isArray(spec)) return resolveMatrix(stimuliOf(spec), read, PATH, resolved.input.size);
  if ('rows' in spec) return rowsOf(onlyDataset(resolved, [...PATH, 'rows']), spec.rows);
  const table = await readTable(read, spec.file, [...PATH, 'file']);
  if (!spec.project) return table;
  const { projection } = onlyDataset(resolved, [...PATH, 'project']);
  const columns = projection.mean.length;
  if (table.cols === columns) return project(table, projection);
  throw new InvalidInputError(
    `found ${table.cols} columns, expected ${columns} as in the data set, which is what project: true takes`,
    PATH,
  );
}

function onlyDataset({ datasets }: ResolvedInput, path: KeyPath): Dataset {
  if (datasets.length === 1) return datasets[0];
  throw new InvalidInputError(
    `found ${datasets.length === 0 ? 'no dataset component' : `${datasets.length} dataset components`} in the input, ` +
      'expected exactly one, whose rows are meant',
    path,
  );
}

function rowsOf({ stimuli }: Dataset, rows: readonly number[]): Matrix {
  rows.forEach((index, k) => {
    if (index < stimuli.rows) return;
    throw new InvalidInputError(
      `found ${index}, expected at most ${stimuli.rows - 1}: the data set has ${stimuli.rows} rows, counted from 0`,
      [...PATH, 'rows', k],
    );
  });
  return fromRows(rows.map((index) => row(stimuli, index)));
}

/** A table of probes beside a data set on its principal components is seldom in exactly their coordinates. */
export function warningsOf(spec: ProbesSpec, { datasets }: ResolvedInput): string[] {
  if (!isFile(spec) || spec.project || !datasets.some(({ projection }) => projection.axes !== null)) return [];
  return [
    `probes: ${spec.file} is taken as it is, in the coordinates of the principal components, whose signs and centre are ` +
      `Meander's own; {file: ${spec.file}, project: true} takes rows as the data set has them`,
  ];
}

const isFile = (spec: ProbesSpec): spec is Extract<ProbesSpec, { file: string }> =>
  typeof spec === 'object' && 'file' in spec;
