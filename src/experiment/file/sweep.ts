import { InvalidInputError, nearest } from '#core';
import { KeyError } from './source/source.js';
import { knownPaths } from './explain.js';
import { sweptLabel, sweptValues } from './labels.js';
import type { ExperimentSpec } from './schema.js';

/** At most this many points in one file. */
const MAX_POINTS = 10_000;

/** One swept key and the value it takes at a point. */
export interface Assignment {
  /** Key path with dots, e.g. model.input.1.weight. */
  readonly name: string;
  readonly value: unknown;
  /** Position of the value in its list. */
  readonly index: number;
  /** What figures call the key, where the file says. */
  readonly label?: string;
  /** The key of the sweep that has the list, where it names other paths too. */
  readonly group?: string;
}

/** The key of the sweep that an assignment comes from. */
export const sweepKey = ({ name, group = name }: Assignment): string => group;

/** The paths that a key of the sweep sets: one, or several that take their values together. */
const pathsOf = (key: string): string[] => key.split(',').map((path) => path.trim());

/** What every combination of the lists sets, the last key fastest. Throws InvalidInputError for values that do not match their paths. */
export function sweepCombinations(sweep: NonNullable<ExperimentSpec['sweep']>): Assignment[][] {
  let combinations: Assignment[][] = [[]];
  for (const [key, entry] of Object.entries(sweep)) {
    const label = sweptLabel(entry);
    const alternatives = sweptValues(entry).map((value, index) =>
      assignmentsOf(key, value, index).map((own) => (label === undefined ? own : { ...own, label })),
    );
    combinations = combinations.flatMap((known) => alternatives.map((own) => [...known, ...own]));
  }
  return combinations;
}

function assignmentsOf(key: string, value: unknown, index: number): Assignment[] {
  const paths = pathsOf(key);
  if (paths.length === 1) return [{ name: key, value, index }];
  if (!Array.isArray(value) || value.length !== paths.length) {
    const found = Array.isArray(value) ? `a list of ${value.length}` : JSON.stringify(value);
    throw new InvalidInputError(
      `found ${found}, expected a list of ${paths.length} values: one for each of ${paths.join(', ')}`,
      ['sweep', key, index],
    );
  }
  return paths.map((name, i) => ({ name, value: value[i] as unknown, index, group: key }));
}

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
  // Without the sweep: its lists in each of many points would take memory of the square of their number.
  const single = Object.fromEntries(Object.entries(raw).filter(([key]) => key !== 'sweep'));
  for (const assignments of sweepCombinations(sweep)) {
    const value = structuredClone(single);
    for (const assignment of assignments) set(value, assignment);
    yield { assignments, value };
  }
}

/** Sets a value at the end of a path. The last key may be one that the file leaves out; validation knows if it exists. */
function set(root: unknown, assignment: Assignment): void {
  const { name, value } = assignment;
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  if (parts[0] === 'simulation') (root as { simulation?: unknown }).simulation ??= {};
  let node: unknown = ['model', 'simulation', 'phases'].includes(parts[0]) ? root : undefined;
  for (const part of parts) node = own(node, part);
  if (!isContainer(node) || (Array.isArray(node) && !Object.hasOwn(node, last))) throw unknownPath(assignment);
  node[last] = value;
}

const isContainer = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null;

const own = (node: unknown, key: string): unknown =>
  isContainer(node) && Object.hasOwn(node, key) ? node[key] : undefined;

function unknownPath(assignment: Assignment): KeyError {
  const { name } = assignment;
  // Paths of components contain numbers, which no suggestion can guess.
  const meant = /\.\d/.test(name) ? undefined : nearest(name, knownPaths);
  return new KeyError(
    `${assignment.group === undefined ? '' : `${name} `}is not a key of this experiment, ` +
      (meant ? `did you mean ${meant}?` : 'expected a path with dots, like model.learningRate or model.input.0.weight'),
    ['sweep', sweepKey(assignment)],
  );
}
