import { InvalidInputError, nearest } from '#core';
import { sweptParameters } from '#experiment';
import type { Cell, Manifest, Row, RunDirectory } from '#store';

const operators: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '=': (a, b) => a === b,
};

/** The rows that fulfil all conditions, such as `learningRate<0.01` or `probe=2`; a cell that is empty fulfils none. */
export function filtered(rows: readonly Row[], conditions: readonly string[]): Row[] {
  const tests = conditions.map((condition) => {
    const parts = /^\s*([\w.]+)\s*(<=|>=|!=|<|>|=)\s*(.*?)\s*$/.exec(condition);
    if (!parts) {
      throw new InvalidInputError(`--where ${condition}: expected a column, one of < <= = != >= >, and a value`);
    }
    const [, name, operator, text] = parts;
    requireColumn('--where', rows.at(0), name);
    const number = text !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
    return (row: Row): boolean => {
      const cell = row[name];
      if (cell === null) return false;
      // A column that holds texts too (auto, say) holds its numbers as texts.
      if (typeof cell === 'string') return operators[operator](cell, text);
      return number !== null && operators[operator](cell, number);
    };
  });
  return rows.filter((row) => tests.every((test) => test(row)));
}

/**
 * The swept parameters of all points of a run, also of those that have no rows yet, that fulfil the conditions about
 * parameters and points.
 */
export function sweptRows(
  { configuration, points }: Manifest,
  swept: readonly string[],
  conditions: readonly string[],
): Row[] {
  const about = conditions.filter((condition) => ['point', ...swept].includes(columnOf(condition)));
  return filtered(
    sweptParameters(configuration, points).map((parameters, point) => ({ point, ...parameters })),
    about,
  );
}

const columnOf = (condition: string): string => /[\w.]+/.exec(condition)?.[0] ?? '';

/** The rows in the order of a column; `-COLUMN` for the largest first. Empty cells come last. */
export function sorted(rows: readonly Row[], by: string | undefined): Row[] {
  if (by === undefined) return [...rows];
  const name = by.replace(/^-/, '');
  requireColumn('--sort', rows.at(0), name);
  const sign = by.startsWith('-') ? -1 : 1;
  return [...rows].sort((left, right) => compared(left[name], right[name], sign));
}

function compared(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -sign : a > b ? sign : 0;
}

/** Throws InvalidInputError when a table whose rows are like `row` has no such column. */
export function requireColumn(option: string, row: Row | undefined, name: string): void {
  if (row === undefined || name in row) return;
  const known = Object.keys(row);
  const meant = nearest(name, known);
  throw new InvalidInputError(
    `${option}: there is no column ${name}, ${meant ? `did you mean ${meant}?` : `expected one of ${known.join(', ')}`}`,
  );
}

/** What to say of a table that is not of all points. */
export const partialNote = ({ manifest, path }: RunDirectory, points: number): string =>
  `partial: ${points} of ${manifest.points} points; meander collect ${path} makes the whole table of a finished run`;
