import { InvalidInputError, type KeyPath } from '#core';
import {
  add,
  diagonal,
  fromRows,
  maxAbs,
  multiply,
  row,
  scale,
  sliceCols,
  symmetricEigen,
  toRows,
  transpose,
  zeros,
  type Matrix,
} from '#linalg';
import { gaussianPart, inputDistribution, type GaussianPart, type InputDistribution } from '#model';
import type { InputSpec, ModelSpec } from './schema.js';
import { readTable, type ReadBytes } from './table.js';

/** What one component of the file turns into. */
interface Part {
  readonly gaussian?: GaussianPart;
  readonly stimuli?: Matrix;
  /** Probabilities inside the component, which sum to 1. */
  readonly probabilities?: Float64Array;
  /** Whether `probes: stimuli` lists them. */
  readonly listed: boolean;
  readonly size: number;
}

/** The input distribution of the file, and the stimuli that it names one by one. */
export async function resolveInput(
  specs: ModelSpec['input'],
  read: ReadBytes,
): Promise<{ input: InputDistribution; named: Matrix }> {
  const path = (k: number): KeyPath => ['model', 'input', k];
  const weights = resolveWeights(specs);
  const parts: Part[] = [];
  for (const [k, spec] of specs.entries()) parts.push(await resolvePart(spec, read, path(k)));
  const size = parts[0].size;
  parts.forEach((part, k) => {
    if (part.size === size) return;
    throw new InvalidInputError(`has ${part.size} dimensions, but the first component has ${size}`, path(k));
  });
  const gaussians = parts.flatMap((part, k) => (part.gaussian ? [{ ...part.gaussian, weight: weights[k] }] : []));
  const stimuli = parts.flatMap(({ stimuli: list, probabilities }, k) =>
    list
      ? Array.from({ length: list.rows }, (_, i) => ({
          probability: weights[k] * (probabilities?.[i] ?? 1 / list.rows),
          stimulus: row(list, i),
        }))
      : [],
  );
  const named = parts.flatMap(({ stimuli: list, listed }) => (list && listed ? toRows(list) : []));
  return {
    input: inputDistribution(size, gaussians, stimuli),
    named: named.length > 0 ? fromRows(named) : zeros(0, size),
  };
}

/** The weights as numbers: `rest` is what the others leave of 1. */
function resolveWeights(specs: readonly InputSpec[]): number[] {
  const given = specs.map(({ weight }) => (weight === 'rest' ? null : weight));
  const open = given.filter((weight) => weight === null).length;
  const sum = given.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  if (open > 1) {
    throw new InvalidInputError(`${open} components have no weight of their own; only one may take the rest`, [
      'model',
      'input',
    ]);
  }
  if (sum > 1 + 1e-9 || (open === 0 && Math.abs(sum - 1) > 1e-9)) {
    throw new InvalidInputError(
      `the weights of the components sum to ${sum}, expected ${open > 0 ? 'at most ' : ''}1`,
      ['model', 'input'],
    );
  }
  return given.map((weight) => weight ?? Math.max(1 - sum, 0));
}

async function resolvePart(spec: InputSpec, read: ReadBytes, path: KeyPath): Promise<Part> {
  switch (spec.kind) {
    case 'gaussian': {
      const covariance = await resolveCovariance(spec.covariance, read, [...path, 'covariance']);
      // The weight is filled in by the caller, who knows the rest.
      return { gaussian: gaussianPart(1, covariance), size: covariance.rows, listed: false };
    }
    case 'point':
      return { stimuli: fromRows([spec.stimulus]), size: spec.stimulus.length, listed: true };
    case 'dictionary': {
      const stimuli = await resolveMatrix(spec.stimuli, read, [...path, 'stimuli']);
      const part = { stimuli, size: stimuli.cols, listed: true };
      if (!spec.probabilities) return part;
      const at = [...path, 'probabilities'];
      if (spec.probabilities.length !== stimuli.rows) {
        throw new InvalidInputError(`has ${spec.probabilities.length} numbers for ${stimuli.rows} stimuli`, at);
      }
      const sum = spec.probabilities.reduce((total, value) => total + value, 0);
      if (Math.abs(sum - 1) > 1e-9) throw new InvalidInputError(`sum to ${sum}, expected 1`, at);
      return { ...part, probabilities: Float64Array.from(spec.probabilities) };
    }
    case 'dataset': {
      const table = await readTable(read, spec.file, [...path, 'file']);
      const stimuli = reduceDataset(table, spec.center, spec.components, path);
      return { stimuli, size: stimuli.cols, listed: false };
    }
  }
}

/** Rows centred if asked, and turned onto their leading principal components (descending variance) if asked. */
function reduceDataset(table: Matrix, center: boolean, components: number | undefined, path: KeyPath): Matrix {
  const mean = new Float64Array(table.cols);
  table.data.forEach((value, index) => {
    mean[index % table.cols] += value / table.rows;
  });
  const centered = { ...table, data: table.data.map((value, index) => value - mean[index % table.cols]) };
  const stimuli = center ? centered : table;
  if (components === undefined) return stimuli;
  if (components > table.cols) {
    throw new InvalidInputError(`the data have ${table.cols} columns, so at most ${table.cols} components`, [
      ...path,
      'components',
    ]);
  }
  const { vectors } = symmetricEigen(scale(multiply(transpose(centered), centered), 1 / table.rows));
  const descending = transpose(fromRows(toRows(transpose(vectors)).reverse().map(withPositivePeak)));
  return multiply(stimuli, sliceCols(descending, 0, components));
}

/** The sign of an axis is free; the same data should always give the same axes. */
function withPositivePeak(axis: number[]): number[] {
  const peak = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return peak < 0 ? axis.map((value) => -value) : axis;
}

type MatrixSpec = number[][] | { file: string };

/** A matrix given in place or in a file. Throws InvalidInputError when its rows differ in length. */
export async function resolveMatrix(spec: MatrixSpec, read: ReadBytes, path: KeyPath): Promise<Matrix> {
  if (!Array.isArray(spec)) return readTable(read, spec.file, [...path, 'file']);
  spec.forEach((values, i) => {
    if (values.length !== spec[0].length) {
      throw new InvalidInputError(`row ${i + 1} has ${values.length} numbers, row 1 has ${spec[0].length}`, [
        ...path,
        i,
      ]);
    }
  });
  return fromRows(spec);
}

async function resolveCovariance(spec: number[] | MatrixSpec, read: ReadBytes, path: KeyPath): Promise<Matrix> {
  if (Array.isArray(spec) && typeof spec[0] === 'number') {
    const variances = spec as number[];
    variances.forEach((variance, i) => {
      if (variance < 0) throw new InvalidInputError(`the variance ${variance} is negative`, [...path, i]);
    });
    return diagonal(variances);
  }
  const matrix = await resolveMatrix(spec as MatrixSpec, read, path);
  if (matrix.rows !== matrix.cols) {
    throw new InvalidInputError(`is ${matrix.rows} x ${matrix.cols}, expected a square matrix`, path);
  }
  const size = maxAbs(matrix);
  const n = matrix.rows;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [here, there] = [matrix.data[i * n + j], matrix.data[j * n + i]];
      if (Math.abs(here - there) <= 1e-9 * size) continue;
      throw new InvalidInputError(
        `is not symmetric: row ${i + 1}, column ${j + 1} is ${here}, but row ${j + 1}, column ${i + 1} is ${there}`,
        path,
      );
    }
  }
  const symmetric = scale(add(matrix, transpose(matrix)), 0.5);
  const lowest = symmetricEigen(symmetric).values[0];
  if (lowest < -1e-9 * size) {
    throw new InvalidInputError(`is not positive semidefinite: it has the eigenvalue ${lowest}`, path);
  }
  return symmetric;
}
