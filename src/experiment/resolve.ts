import { InvalidInputError, type KeyPath } from '#core';
import { identity, row, type Matrix } from '#linalg';
import type { Model } from '#model';
import type { z } from 'zod';
import type { ExperimentDocument } from './document.js';
import { resolveInput, resolveMatrix } from './input.js';
import { experimentSchema, type ExperimentSpec, type SimulationSpec } from './schema.js';
import { expandSweep, type Assignment } from './sweep.js';
import type { ReadBytes } from './table.js';

/** One parameter point, ready to be predicted and simulated. */
export interface Point {
  /** What the sweep sets at this point, key path -> value; empty without a sweep. */
  readonly assignments: readonly Assignment[];
  readonly model: Model;
  /** K probe stimuli of n numbers. */
  readonly probes: readonly Float64Array[];
  readonly simulation: SimulationSpec;
}

export interface Experiment {
  readonly name: string;
  readonly points: readonly Point[];
}

/**
 * Validates an experiment file and expands its sweep. Throws InvalidInputError with file:line:column, the key, what was
 * found and what would be accepted.
 */
export async function resolveExperiment(document: ExperimentDocument, read: ReadBytes): Promise<Experiment> {
  try {
    const raw = document.toJS();
    const base = validate(raw);
    const points: Point[] = [];
    for (const { assignments, value } of expandSweep(raw, base.sweep ?? {})) {
      points.push(await atSweep(assignments, async () => resolvePoint(validate(value), assignments, read)));
    }
    return { name: base.name, points };
  } catch (error) {
    throw error instanceof InvalidInputError ? document.locate(error) : error;
  }
}

function validate(raw: unknown): ExperimentSpec {
  const result = experimentSchema.safeParse(raw);
  if (result.success) return result.data;
  throw explain(result.error.issues[0]);
}

function explain(issue: z.core.$ZodIssue): InvalidInputError {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return new InvalidInputError(`unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`, [
      ...path,
      issue.keys[0],
    ]);
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that got furthest knows best what is wrong, unless none got past its first step.
    const deepest = issue.errors.flat().reduce((best, next) => (next.path.length > best.path.length ? next : best));
    if (deepest.path.length > 0) return explain({ ...deepest, path: [...issue.path, ...deepest.path] });
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined && issue.message.startsWith('Invalid');
  return new InvalidInputError(missing ? `expected ${issue.expected}` : issue.message, path);
}

/** Errors about a swept value point at the sweep, where the value stands. */
async function atSweep<T>(assignments: readonly Assignment[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw relocate(error, assignments);
  }
}

/** Moves the path of an error from a swept key to its entry in the sweep; others stay. */
export function relocate(error: InvalidInputError, assignments: readonly Assignment[]): InvalidInputError {
  const key = error.path.join('.');
  const cause = assignments.find(({ name }) => key === name || key.startsWith(`${name}.`));
  return cause ? new InvalidInputError(error.message, ['sweep', cause.name, cause.index]) : error;
}

async function resolvePoint(
  { model: spec, probes, simulation }: ExperimentSpec,
  assignments: readonly Assignment[],
  read: ReadBytes,
): Promise<Point> {
  const { input, named } = await resolveInput(spec.input, read);
  const target =
    spec.target === 'identity' ? identity(input.size) : await resolveMatrix(spec.target, read, ['model', 'target']);
  if (target.cols !== input.size) {
    throw new InvalidInputError(`has ${target.cols} columns, but the input has ${input.size} dimensions`, [
      'model',
      'target',
    ]);
  }
  const model: Model = { ...spec, input, target };
  return { assignments, model, simulation, probes: await resolveProbes(probes, input.size, named, read) };
}

/** At most this many probes: each is a row of every table. */
const MOST_PROBES = 1000;

async function resolveProbes(
  spec: ExperimentSpec['probes'],
  size: number,
  named: Matrix,
  read: ReadBytes,
): Promise<Float64Array[]> {
  const path: KeyPath = ['probes'];
  const matrix = spec === 'axes' ? identity(size) : spec === 'stimuli' ? named : await resolveMatrix(spec, read, path);
  if (matrix.rows === 0) {
    throw new InvalidInputError(
      'the input names no stimuli one by one (point or dictionary); give axes or vectors',
      path,
    );
  }
  if (matrix.cols !== size) {
    throw new InvalidInputError(`have ${matrix.cols} numbers each, but the input has ${size} dimensions`, path);
  }
  if (matrix.rows > MOST_PROBES) {
    throw new InvalidInputError(`${matrix.rows} probes are too many, at most ${MOST_PROBES}`, path);
  }
  return Array.from({ length: matrix.rows }, (_, k) => row(matrix, k).slice());
}
