// Checks what the results of a run hold, and formats it for the cells of a table.
import { formatExact, InvalidInputError, MISSING } from '#core';
import { format, formatEstimate } from '../format.js';

/** The value of a key of parsed JSON; undefined where there is none. */
export const valueAt = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined;

/** Checks that a value is a list. Throws InvalidInputError for anything else; `where` names it. */
export function listOf(found: unknown, where: string): readonly unknown[] {
  if (Array.isArray(found)) return found as unknown[];
  throw new InvalidInputError(`${where}: is not a list, expected the results of a run`);
}

/** Formats a number that may be missing. Throws InvalidInputError for anything else. */
export function numberCell(found: unknown, where: string): string {
  const value = numberOrNone(found, where);
  return value === null ? MISSING : format(value);
}

/** Formats an estimate, value ± standard error, that may be missing. Throws InvalidInputError for anything else. */
export function estimateCell(found: unknown, error: unknown, where: string): string {
  const [value, se] = [numberOrNone(found, where), numberOrNone(error, `${where}, standard error`)];
  return value === null || se === null ? MISSING : formatEstimate({ value, se });
}

/** Formats the value of a parameter. */
export function parameterCell(value: unknown): string {
  if (value === undefined || value === null) return MISSING;
  if (typeof value === 'number') return formatExact(value, 'typeset');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Checks that a value is the index of a point, from 0. Throws InvalidInputError for anything else. */
export function pointIndexOf(found: unknown, where: string): number {
  if (typeof found === 'number' && Number.isInteger(found) && found >= 0) return found;
  throw new InvalidInputError(`${where}: found ${JSON.stringify(found)}, expected the number of a point, from 0`);
}

function numberOrNone(found: unknown, where: string): number | null {
  if (found === undefined || found === null) return null;
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  throw new InvalidInputError(`${where}: found ${JSON.stringify(found)}, expected a number`);
}
