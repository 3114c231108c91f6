import { InvalidInputError, nearest } from '#core';
import { KeyError } from './document.js';
import { knownPaths } from './explain.js';
import { sweptLabel, sweptValues } from './labels.js';
import type { ExperimentSpec } from './schema.js';

/** One swept key and the value it takes at a point. */
export interface Assignment {
  /** Key path with dots, e.g. model.input.1.weight. */
  readonly name: string;
  readonly value: unknown;
  /** Position of the value in its list. */
  readonly index: number;
  /** What figures call the key, where the file says. */
  readonly label?: string;
}

/** At most this many points in one file. */
const MAX_POINTS = 10_000;

/**
 * The cartesian product of the lists, the last key fastest; one point with no assignment when there is no sweep. The points
 * themselves have no sweep. Throws InvalidInputError for an unknown path and for too many points.
 */
export function* expandSweep(
  raw: object,
  sweep: NonNullable<ExperimentSpec['sweep']>,
): Generator<{ assignments: Assignment[]; value: unknown }> {
  const count = Object.values(sweep).reduce((product, entry) => product * sweptValues(entry).length, 1);
  if (count > MAX_POINTS) {
    throw new InvalidInputError(`found lists that combine to ${count} points, expected at most ${MAX_POINTS}`, [
      'sweep',
    ]);
  }
  let combinations: Assignment[][] = [[]];
  for (const [name, entry] of Object.entries(sweep)) {
    const label = sweptLabel(entry);
    const named = label === undefined ? { name } : { name, label };
    combinations = combinations.flatMap((known) =>
      sweptValues(entry).map((value, index) => [...known, { ...named, value, index }]),
    );
  }
  // Without the sweep: its lists in each of many points would take memory of the square of their number.
  const single = Object.fromEntries(Object.entries(raw).filter(([key]) => key !== 'sweep'));
  for (const assignments of combinations) {
    const value = structuredClone(single);
    for (const assignment of assignments) set(value, assignment);
    yield { assignments, value };
  }
}

/** Sets a value at the end of a path. The last key may be one that the file leaves out; validation knows if it exists. */
function set(root: unknown, { name, value }: Assignment): void {
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  if (parts[0] === 'simulation') (root as { simulation?: unknown }).simulation ??= {};
  let node: unknown = ['model', 'simulation'].includes(parts[0]) ? root : undefined;
  for (const part of parts) node = own(node, part);
  if (!isContainer(node) || (Array.isArray(node) && !Object.hasOwn(node, last))) throw unknownPath(name);
  node[last] = value;
}

const isContainer = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null;

const own = (node: unknown, key: string): unknown =>
  isContainer(node) && Object.hasOwn(node, key) ? node[key] : undefined;

function unknownPath(name: string): KeyError {
  // Paths of components contain numbers, which no suggestion can guess.
  const meant = /\.\d/.test(name) ? undefined : nearest(name, knownPaths);
  return new KeyError(
    'is not a key of this experiment, ' +
      (meant ? `did you mean ${meant}?` : 'expected a path with dots, like model.learningRate or model.input.0.weight'),
    ['sweep', name],
  );
}
