import { InvalidInputError, nearest, type KeyPath } from '#core';
import type { z } from 'zod';
import { KeyError } from './source/source.js';
import { experimentSchema, modelSchema, simulationSchema } from './schema.js';
import { outOfScope } from './scope.js';

type Issue = z.core.$ZodIssue;

/** One error out of what validation found in `raw`: where, what was found, what would be accepted. */
export function explain(issues: readonly Issue[], raw: unknown): InvalidInputError {
  return explainFrom(issues, [], raw);
}

function explainFrom(issues: readonly Issue[], base: KeyPath, raw: unknown): InvalidInputError {
  // A mistyped key also makes its right name missing: the unknown key is the more useful message.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const path = [...base, ...keyPath(issue)];
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    return new KeyError(unknownKey(key, path, issue.message.split(', ')), [...path, key]);
  }
  let words: readonly unknown[] = issue.code === 'invalid_value' ? issue.values : [];
  if (issue.code === 'invalid_union') {
    const branch = furthest(issue.errors);
    if (branch) return explainFrom(branch, path, raw);
    words = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
    if ('options' in issue && Array.isArray(issue.options)) words = issue.options;
  }
  const value = path.reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], raw);
  if (value === undefined && path.length > 0) {
    return new InvalidInputError(`is missing, expected ${issue.message}`, path);
  }
  const infinite = typeof value === 'number' && !Number.isFinite(value);
  const accepted = infinite ? issue.message.replace(/^a (whole )?number/, 'a finite $1number') : issue.message;
  const meant = typeof value === 'string' ? nearest(value, words.map(String)) : undefined;
  return new InvalidInputError(
    `found ${describe(value)}, expected ${accepted}${meant ? `; did you mean ${meant}?` : ''}`,
    path,
  );
}

/** The alternative of a union that failed furthest into the value; undefined when all failed at its start. */
function furthest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches
    .filter((issues) => issues.some(({ path }) => path.length > 0))
    .reduce<readonly Issue[] | undefined>(
      (best, next) => (best === undefined || isFurther(keyPath(next[0]), keyPath(best[0])) ? next : best),
      undefined,
    );
}

function isFurther(path: KeyPath, than: KeyPath): boolean {
  for (const [depth, part] of path.entries()) {
    if (depth >= than.length) return true;
    if (part !== than[depth]) return part > than[depth];
  }
  return false;
}

const keyPath = ({ path }: Issue): KeyPath => path.filter((part) => typeof part !== 'symbol');

function unknownKey(key: string, path: KeyPath, known: readonly string[]): string {
  const place = placeOf(key, path);
  if (place !== undefined) return `unknown key here, ${key} ${place}`;
  const elsewhere = nearest(key, known);
  const reason = outOfScope(key);
  const expected = elsewhere ? `did you mean ${elsewhere}?` : `expected one of ${known.join(', ')}`;
  return `unknown key${reason ? `: ${reason};` : ','} ${expected}`;
}

/** Where a key belongs that is a known one in the wrong section, mostly by its indentation; undefined for any other. */
function placeOf(key: string, path: KeyPath): string | undefined {
  const inside = path[0] === 'model' || path[0] === 'simulation';
  if (path.length > 0 && !inside) return undefined;
  if (inside && Object.hasOwn(experimentSchema.shape, key)) return 'belongs to the top level: do not indent it';
  const section = knownPaths.find((name) => name.split('.')[1] === key)?.split('.')[0];
  // A key of two-layer SGD that the model of another rule does not have.
  if (section === undefined || (path.length === 1 && section === path[0])) return undefined;
  if (!inside) return `belongs under ${section}: indent it`;
  return section === path[0] ? `belongs under ${section}: indent it less` : `belongs under ${section}`;
}

/** Every key of a section, as the path that leads to it. */
export const knownPaths: readonly string[] = [
  ...Object.keys(modelSchema.shape).map((key) => `model.${key}`),
  ...Object.keys(simulationSchema.shape).map((key) => `simulation.${key}`),
];

const MAX_TEXT = 40;

/** A short description of a value of an experiment file. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') {
    return `the text ${JSON.stringify(value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}...` : value)}`;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty map' : `a map with the key${keys.length > 1 ? 's' : ''} ${keys.join(', ')}`;
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
