import { InvalidInputError, type KeyPath } from '#core';
import { fromRows, row, toRows, zeros, type Matrix } from '#linalg';
import {
  gaussianPart,
  inputDistribution,
  largestSecondMoment,
  type GaussianPart,
  type InputDistribution,
} from '#model';
import { prepareDataset, type Dataset } from './dataset.js';
import { assertDimensions, resolveCovariance, resolveMatrix } from './matrix.js';
import { LARGEST, type InputSpec, type ModelSpec } from './schema.js';
import { readTable, type ReadBytes } from './table.js';

/** What one component of the file turns into. */
interface Part {
  readonly gaussian?: GaussianPart;
  readonly stimuli?: Matrix;
  readonly dataset?: Dataset;
  /** Probabilities inside the component, which sum to 1. */
  readonly probabilities?: Float64Array;
  /** Whether `probes: stimuli` lists them. */
  readonly listed: boolean;
  readonly size: number;
}

/** The input of an experiment file. */
export interface ResolvedInput {
  readonly input: InputDistribution;
  /** The stimuli that the file names one by one. */
  readonly named: Matrix;
  readonly datasets: readonly Dataset[];
}

/** Throws InvalidInputError, before any matrix of n x n is made, where the input has too many dimensions. */
function assertSize(size: number, spec: InputSpec, path: KeyPath): void {
  const advice = spec.kind === 'dataset' ? '; give components: 20, say, for the leading principal components' : '';
  assertDimensions(size, [...path, sizeKeys[spec.kind]], advice);
}

/** The input distribution of the file, the stimuli that it names one by one, its data sets. Throws InvalidInputError. */
export async function resolveInput(specs: ModelSpec['input'], read: ReadBytes): Promise<ResolvedInput> {
  const base: KeyPath = ['model', 'input'];
  const weights = resolveWeights(specs);
  const parts: Part[] = [];
  for (const [k, spec] of specs.entries()) {
    const part = await resolvePart(spec, read, [...base, k]);
    const size = parts[0]?.size ?? part.size;
    if (part.size !== size) {
      throw new InvalidInputError(`found ${part.size} dimensions, expected ${size} as in the first component`, [
        ...base,
        k,
        sizeKeys[spec.kind],
      ]);
    }
    assertSize(part.size, spec, [...base, k]);
    parts.push(part);
  }
  const gaussians = parts.flatMap((part, k) => (part.gaussian ? [{ ...part.gaussian, weight: weights[k] }] : []));
  const stimuli = parts.flatMap(({ stimuli: list, probabilities }, k) =>
    list
      ? Array.from({ length: list.rows }, (_, i) => ({
          probability: weights[k] * (probabilities?.[i] ?? 1 / list.rows),
          stimulus: row(list, i),
        }))
      : [],
  );
  const datasets = parts.flatMap(({ dataset }) => (dataset ? [dataset] : []));
  const named = parts.flatMap(({ stimuli: list, listed }) => (list && listed ? toRows(list) : []));
  const input = inputDistribution(parts[0].size, gaussians, stimuli);
  const moment = largestSecondMoment(input);
  if (moment === 0) {
    const centered = datasets.length > 0 ? ' once the mean of the data is subtracted' : '';
    throw new InvalidInputError(`found nothing but zeros${centered}, expected inputs that vary`, base);
  }
  if (!(moment <= LARGEST ** 2)) {
    throw new InvalidInputError(`found a second moment of ${moment}, expected at most ${LARGEST ** 2}`, base);
  }
  assertEpochs(specs, input);
  const isInEpochs = specs.some(comesInEpochs);
  return {
    input: isInEpochs ? { ...input, sampling: 'epochs' } : input,
    named: named.length > 0 ? fromRows(named) : zeros(0, input.size),
    datasets,
  };
}

const comesInEpochs = (spec: InputSpec): boolean => 'sampling' in spec && spec.sampling === 'epochs';

/** Throws InvalidInputError where stimuli are to come in epochs and there is anything else, or some come more often than others. */
function assertEpochs(specs: readonly InputSpec[], { probabilities }: InputDistribution): void {
  const k = specs.findIndex(comesInEpochs);
  if (k < 0) return;
  const path: KeyPath = ['model', 'input', k, 'sampling'];
  if (specs.length > 1) {
    throw new InvalidInputError(`found epochs beside ${specs.length - 1} other components, expected one alone`, path);
  }
  const [least, most] = [Math.min(...probabilities), Math.max(...probabilities)];
  if (most - least > ROUNDING) {
    throw new InvalidInputError(
      'found epochs with probabilities that differ, expected all stimuli equally often',
      path,
    );
  }
}

/** The key of each kind of component that decides the number of dimensions. */
const sizeKeys = { gaussian: 'covariance', point: 'stimulus', dictionary: 'stimuli', dataset: 'file' } as const;

/** Rounding that the sum of weights or probabilities may carry. */
const ROUNDING = 1e-9;

/** The weights as numbers: `rest` is what the others leave of 1. */
function resolveWeights(specs: readonly InputSpec[]): number[] {
  const path: KeyPath = ['model', 'input'];
  const given = specs.map(({ weight }) => (weight === 'rest' ? null : weight));
  const open = given.filter((weight) => weight === null).length;
  const sum = given.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  if (open > 1) {
    throw new InvalidInputError(
      `found ${open} components without a weight, expected at most one, which takes what the others leave of 1`,
      path,
    );
  }
  if (sum > 1 + ROUNDING || (open === 0 && sum < 1 - ROUNDING)) {
    throw new InvalidInputError(
      `found weights that sum to ${rounded(sum)}, expected ${open > 0 ? 'at most ' : ''}1`,
      path,
    );
  }
  return given.map((weight) => weight ?? Math.max(1 - sum, 0));
}

/** A sum without the rounding of its last digits. */
const rounded = (sum: number): number => Number(sum.toPrecision(12));

async function resolvePart(spec: InputSpec, read: ReadBytes, path: KeyPath): Promise<Part> {
  switch (spec.kind) {
    case 'gaussian': {
      if (Array.isArray(spec.covariance)) assertSize(spec.covariance.length, spec, path);
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
      checkProbabilities(spec.probabilities, stimuli.rows, [...path, 'probabilities']);
      return { ...part, probabilities: Float64Array.from(spec.probabilities) };
    }
    case 'dataset': {
      const table = await readTable(read, spec.file, [...path, 'file']);
      if (spec.components === undefined) assertSize(table.cols, spec, path);
      const dataset = prepareDataset(table, spec, path);
      return { stimuli: dataset.stimuli, dataset, size: dataset.stimuli.cols, listed: false };
    }
  }
}

function checkProbabilities(probabilities: readonly number[], count: number, path: KeyPath): void {
  if (probabilities.length !== count) {
    throw new InvalidInputError(
      `found ${probabilities.length} numbers, expected ${count}: one for each stimulus`,
      path,
    );
  }
  const sum = probabilities.reduce((total, value) => total + value, 0);
  if (Math.abs(sum - 1) > ROUNDING) {
    throw new InvalidInputError(`found probabilities that sum to ${rounded(sum)}, expected 1`, path);
  }
}
