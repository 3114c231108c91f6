import { InvalidInputError, type KeyPath } from '#core';

/** How deep lists and maps may lie in one another: more than any experiment, less than the stack. */
const MAX_DEPTH = 64;

/**
 * A copy of an object as an experiment file could hold it: maps, lists, texts, numbers, truth values and null. Typed arrays
 * become lists; keys without a value are left out. Throws InvalidInputError, at the key, for anything else.
 */
export function plainData(value: unknown, path: KeyPath = []): unknown {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  if (path.length > MAX_DEPTH) throw new InvalidInputError('is nested too deep, or contains itself', path.slice(0, 1));
  if (isNumberArray(value)) return Array.from(value, Number);
  if (Array.isArray(value)) return value.map((item: unknown, k) => plainData(item, [...path, k]));
  if (!isPlainObject(value)) {
    throw new InvalidInputError(
      `found ${kindOf(value)}, expected a number, text, list or map as in YAML or JSON`,
      path,
    );
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, plainData(inner, [...path, key])]),
  );
}

const isNumberArray = (value: unknown): value is Iterable<number | bigint> & ArrayLike<number | bigint> =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Also of another realm, whose Object is not ours. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  const name: unknown = typeof value === 'object' && value !== null ? value.constructor.name : null;
  return typeof name === 'string' && name !== '' ? `an object of type ${name}` : `a ${typeof value}`;
}
