import { InvalidInputError } from '#core';
import { expandSweep, ExperimentDocument, readExperiment, type ReadBytes } from '#experiment';
import { symmetricEigen } from '#linalg';
import { secondMoment } from '#model';
import { fields } from '../lab/parameters.js';
import type { DataFile, PlainExperiment } from './messages.js';

/** Probes of a table: its first rows. */
const PROBES = 6;

/** What a brought file turns into: the plain values of one of its points, and how many it has. */
interface BroughtExperiment {
  readonly experiment: PlainExperiment;
  readonly points: number;
}

/**
 * The experiment of a file that someone brings: a point (from 0) of an experiment file (.yaml, .yml, .json), or a table (.npy,
 * .csv) as the data set of an autoencoder. The point keeps what its sweep sets as a sweep of single values, which keys its
 * random streams. Throws InvalidInputError with what is wrong.
 */
export async function experimentOfFile(
  file: DataFile,
  others: readonly DataFile[],
  place: number,
): Promise<BroughtExperiment> {
  const { name } = file;
  if (/\.(npy|csv)$/i.test(name)) return { experiment: await experimentOfTable(file), points: 1 };
  if (!/\.(ya?ml|json)$/i.test(name)) {
    throw new InvalidInputError(`${name}: expected an experiment file (.yaml, .json) or a table (.npy, .csv)`);
  }
  const text = decode(file);
  const { points } = await readExperiment(text, { name, read: among(others) });
  if (place >= points.length) {
    throw new InvalidInputError(`${name}: has ${points.length} points, there is none of number ${place + 1}`);
  }
  const plain = new ExperimentDocument(name, text).toJS() as PlainExperiment & { sweep?: Record<string, unknown[]> };
  return { experiment: valuesOf(plain, place), points: points.length };
}

function valuesOf(plain: PlainExperiment & { sweep?: Record<string, unknown[]> }, place: number): PlainExperiment {
  let left = place;
  for (const { assignments, value } of expandSweep(plain, plain.sweep ?? {})) {
    if (left-- > 0) continue;
    const sweep = Object.fromEntries(assignments.map(({ name, value: set }) => [name, [set]]));
    return { ...(value as PlainExperiment), ...(assignments.length > 0 ? { sweep } : {}) };
  }
  return plain;
}

/** Reads data files among those that were brought, whatever directory an experiment names. */
export const among =
  (files: readonly DataFile[]): ReadBytes =>
  (wanted, path) => {
    const found = files.find(({ name }) => name === wanted.replace(/^.*\//, ''));
    return found
      ? Promise.resolve(found.bytes)
      : Promise.reject(
          new InvalidInputError(`${wanted}: is not beside the experiment file; drop both onto the page together`, path),
        );
  };

function decode({ name, bytes }: DataFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError(`${name}:1:1: found bytes that are not UTF-8 text, expected YAML or JSON`);
  }
}

/** Weight decay as a part of the smallest variance, so that every mode is learned, and learning rate over the largest. */
const DECAY = 0.5;
const RATE = 0.01;

/** An autoencoder of the rows of a table. Throws InvalidInputError when they make no data set. */
async function experimentOfTable({ name, bytes }: DataFile): Promise<PlainExperiment> {
  const experiment = {
    name: name.replace(/\.\w+$/, ''),
    model: { hiddenUnits: 30, input: [{ kind: 'dataset', file: name }], learningRate: RATE, weightDecay: DECAY },
    probes: 'axes',
    simulation: { replicas: 32, seed: 1 },
  };
  const { points } = await readExperiment(JSON.stringify(experiment), { name, read: () => Promise.resolve(bytes) });
  const { input } = points[0].model;
  const variances = symmetricEigen(secondMoment(input)).values;
  const rows = Array.from({ length: Math.min(PROBES, input.stimuli.rows) }, (_, k) =>
    Array.from(input.stimuli.data.subarray(k * input.size, (k + 1) * input.size)),
  );
  const model = {
    ...experiment.model,
    learningRate: within('learningRate', RATE / variances[variances.length - 1]),
    weightDecay: within('weightDecay', DECAY * variances[0]),
  };
  return { ...experiment, model, probes: rows };
}

/** A number of the lab, of two digits and in its range. */
const within = (key: 'learningRate' | 'weightDecay', value: number): number =>
  Math.min(fields[key].most, Math.max(fields[key].least, Number(value.toPrecision(2))));
