import { formatExact, InvalidInputError } from '#core';
import {
  expandSweep,
  ExperimentDocument,
  experimentSchema,
  phaseFile,
  phasesSchema,
  readExperiment,
  RULE_FILES_RUN,
  type Point,
} from '#experiment';
import { symmetricEigen } from '#linalg';
import { secondMoment } from '#model';
import { fields } from '../lab/fields.js';
import { readerOf } from './data-files.js';
import type { DataFile, PlainExperiment } from './messages.js';

/** Rows of a table that become probes: the first ones. */
const MAX_PROBES = 6;

/** The plain values of one point of a file, and what each of its points sets, for a list of them. */
interface UserExperiment {
  readonly experiment: PlainExperiment;
  readonly points: readonly string[];
  /** Whether the points are the phases of a protocol, through which the same networks go. */
  readonly isProtocol: boolean;
}

/**
 * The experiment of a user's file: a point (from 0) of an experiment file (.yaml, .yml, .json), or an autoencoder whose
 * data set is a table (.npy, .csv). A point of a sweep remains a sweep of single values, since these select its random
 * streams. A phase is opened as a world that stays as it is. Throws InvalidInputError with what is wrong.
 */
export async function experimentOfFile(
  file: DataFile,
  others: readonly DataFile[],
  pointIndex: number,
): Promise<UserExperiment> {
  const { name } = file;
  if (/\.(npy|csv)$/i.test(name)) return { experiment: await experimentOfTable(file), points: [''], isProtocol: false };
  if (/\.m?[jt]s$/i.test(name)) throw new InvalidInputError(`${name}: ${RULE_FILES_RUN}`);
  if (!/\.(ya?ml|json)$/i.test(name)) {
    throw new InvalidInputError(`${name}: expected an experiment file (.yaml, .json) or a table (.npy, .csv)`);
  }
  const text = decode(file);
  const { points } = await readExperiment(text, { name, read: readerOf(others) });
  if (pointIndex >= points.length) {
    throw new InvalidInputError(`${name}: has ${points.length} points, so there is no point ${pointIndex + 1}`);
  }
  const plain = new ExperimentDocument(name, text).toJS() as PlainExperiment;
  return {
    experiment: pointOf(plain, pointIndex),
    points: points.map(labelOf),
    isProtocol: points.some(({ phase }) => phase !== undefined),
  };
}

/** What a point sets, by the names of the file. */
const labelOf = ({ assignments, phase }: Point): string =>
  [
    ...(phase ? [`phase ${phase.name}`] : []),
    ...assignments.map(({ name, value, label }) => {
      const text = typeof value === 'number' ? formatExact(value) : JSON.stringify(value);
      return `${label ?? name.replace(/^(model|simulation)\./, '')} ${text}`;
    }),
  ].join(', ');

function pointOf(plain: PlainExperiment, pointIndex: number): PlainExperiment {
  let remaining = pointIndex;
  const values = experimentSchema.shape.sweep.parse(plain.sweep);
  for (const { assignments, value } of expandSweep(plain, values ?? {})) {
    const phases = phasesSchema.optional().parse((value as { phases?: unknown }).phases);
    const count = phases?.length ?? 1;
    remaining -= count;
    if (remaining >= 0) continue;
    const own = phases ? phaseFile(value as object, phases, remaining + count).value : value;
    // Of a phase, what is swept of the model is in its own model.
    const swept = phases ? [] : assignments;
    const sweep = Object.fromEntries(swept.map(({ name, value: set }) => [name, [set]]));
    return { ...(own as PlainExperiment), ...(swept.length > 0 ? { sweep } : {}) };
  }
  return plain;
}

function decode({ name, bytes }: DataFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInputError(`${name}:1:1: found bytes that are not UTF-8 text, expected YAML or JSON`);
  }
}

/** Weight decay over the smallest variance, so that every mode is learned, and learning rate times the largest. */
const RELATIVE_DECAY = 0.5;
const RELATIVE_RATE = 0.01;

/** An autoencoder of the rows of a table. Throws InvalidInputError when they make no data set. */
async function experimentOfTable({ name, bytes }: DataFile): Promise<PlainExperiment> {
  const experiment = {
    name: name.replace(/\.\w+$/, ''),
    model: {
      hiddenUnits: 30,
      input: [{ kind: 'dataset', file: name }],
      learningRate: RELATIVE_RATE,
      weightDecay: RELATIVE_DECAY,
    },
    probes: 'axes',
    simulation: { replicas: 32, seed: 1 },
  };
  const { points } = await readExperiment(JSON.stringify(experiment), { name, read: () => Promise.resolve(bytes) });
  const { input } = points[0].model;
  const variances = symmetricEigen(secondMoment(input)).values;
  const rows = Array.from({ length: Math.min(MAX_PROBES, input.stimuli.rows) }, (_, k) =>
    Array.from(input.stimuli.data.subarray(k * input.size, (k + 1) * input.size)),
  );
  const model = {
    ...experiment.model,
    learningRate: inRange('learningRate', RELATIVE_RATE / variances[variances.length - 1]),
    weightDecay: inRange('weightDecay', RELATIVE_DECAY * variances[0]),
  };
  return { ...experiment, model, probes: rows };
}

/** Rounds to two digits, and into the range of the lab. */
const inRange = (key: 'learningRate' | 'weightDecay', value: number): number =>
  Math.min(fields[key].max, Math.max(fields[key].min, Number(value.toPrecision(2))));
