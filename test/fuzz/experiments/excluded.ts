// Whether the schema excludes an experiment file, decided apart from the code that reads it.
import { parseDocument } from 'yaml';
import { excludedAt } from '../schema.js';

/** Why no command may accept the text; undefined where one may. */
export function exclusionOf(text: string): string | undefined {
  let value: unknown;
  try {
    const document = parseDocument(text, { logLevel: 'error' });
    if (document.errors.length > 0) return `not valid YAML: ${document.errors[0].message.slice(0, 100)}`;
    value = document.toJS();
  } catch (error) {
    return `not valid YAML: ${(error as Error).message.slice(0, 100)}`;
  }
  const where = pointsOf(value)
    .map(excludedAt)
    .find((at) => at !== undefined);
  return where === undefined ? undefined : `excluded by the schema at ${where}`;
}

type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MOST = 100;

/** The experiments of a file: with each value of its sweep in place, as far as there are not too many. */
function pointsOf(value: unknown): unknown[] {
  if (!isPlain(value) || !isPlain(value.sweep)) return [value];
  const lists = Object.entries(value.sweep);
  // A sweep that is none is for the schema to refuse.
  if (!lists.every(([, list]) => Array.isArray(list) && list.length > 0)) return [value];
  let points: unknown[] = [Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'sweep'))];
  for (const [path, list] of lists as [string, unknown[]][]) {
    points = points.flatMap((point) => list.map((item) => withValue(point, path.split('.'), item))).slice(0, MOST);
  }
  return points;
}

/** A copy with a value at a path; null, which no schema of an experiment accepts, where there is no such place. */
function withValue(point: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  if (Array.isArray(point)) {
    if (!Object.hasOwn(point, key)) return null;
    return point.map((item: unknown, k) => (String(k) === key ? withValue(item, rest, value) : item));
  }
  if (!isPlain(point)) return null;
  const inner = Object.hasOwn(point, key) ? point[key] : {};
  return { ...point, [key]: withValue(inner, rest, value) };
}
