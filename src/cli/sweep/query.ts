import { InvalidInputError, nearest, shellPath } from '#core';
import { sweptParameters } from '#experiment';
import type { Cell, Manifest, Row, RunDirectory } from '#store';
import { columnNamed, columnsNamed } from './aliases.js';

const operators: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '=': (a, b) => a === b,
};

/** A condition: a column, an operator and a value. `==` is `=`. */
const CONDITION = /^\s*([\w.|/^]+)\s*(<=|>=|!=|<|>|==?)\s*(.*?)\s*$/;

/**
 * The rows that fulfil all conditions, such as `learningRate<0.01`, `probe=2`, `probe=rare` (by its label) or `D>1e-6`; a cell that is empty fulfils none.
 * Numbers are compared as numbers, however they are written. Throws InvalidInputError.
 */
export function filtered(rows: readonly Row[], conditions: readonly string[]): Row[] {
  const tests = conditions.map((condition) => {
    const parts = CONDITION.exec(condition);
    if (!parts) {
      throw new InvalidInputError(`--where ${condition}: expected a column, one of < <= = != >= >, and a value`);
    }
    const [, given, operator, text] = parts;
    const name = columnNamed(given);
    requireColumn('--where', rows.at(0), name);
    const compare = operators[operator === '==' ? '=' : operator];
    const number = numberOf(text);
    // A probe may be named by its label, where the table has them.
    const isLabel = name === 'probe' && rows.length > 0 && Object.hasOwn(rows[0], 'probeLabel');
    return (row: Row): boolean => {
      const cell = isLabel && number === null ? row.probeLabel : row[name];
      if (cell === null) return false;
      // A column that holds texts too (auto, say) holds its numbers as texts.
      const own = numberOf(cell);
      if (own !== null && number !== null) return compare(own, number);
      if (typeof cell === 'string') return compare(cell, text);
      throw new InvalidInputError(`--where ${condition}: ${name} holds numbers, expected a number in place of ${text}`);
    };
  });
  return rows.filter((row) => tests.every((test) => test(row)));
}

/** The number that a cell is or writes; null for any other text. */
function numberOf(cell: string | number): number | null {
  if (typeof cell === 'number') return cell;
  const number = cell.trim() === '' ? NaN : Number(cell);
  return Number.isFinite(number) ? number : null;
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

const columnOf = (condition: string): string => CONDITION.exec(condition)?.[1] ?? '';

/** The rows in the order of a column or of a quantity's simulation; `-COLUMN` for the largest first. Empty cells come last. */
export function sorted(rows: readonly Row[], by: string | undefined): Row[] {
  if (by === undefined) return [...rows];
  const name = columnNamed(by.replace(/^-/, ''));
  requireColumn('--sort', rows.at(0), name);
  const sign = by.startsWith('-') ? -1 : 1;
  return [...rows].sort((left, right) => compared(left[name], right[name], sign));
}

function compared(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [x, y] = [numberOf(a), numberOf(b)];
  // Texts come after numbers.
  if (x === null && y !== null) return 1;
  if (x !== null && y === null) return -1;
  if (x !== null && y !== null) return sign * (x - y);
  return a < b ? -sign : a > b ? sign : 0;
}

/** Throws InvalidInputError when a table whose rows are like `row` has no such column. */
function requireColumn(option: string, row: Row | undefined, name: string): void {
  if (row === undefined || Object.hasOwn(row, name)) return;
  const known = Object.keys(row);
  const meant = nearest(name, known);
  throw new InvalidInputError(
    `${option}: there is no column ${name}, ${meant ? `did you mean ${meant}?` : `expected one of ${known.join(', ')}`}`,
  );
}

/** Columns of a list separated by commas; a quantity stands for its theory, simulation and ratio. Throws InvalidInputError. */
export function chosenColumns(row: Row | undefined, list: string): string[] {
  const columns = list.split(',').flatMap((name) => columnsNamed(name.trim()));
  for (const name of columns) requireColumn('--columns', row, name);
  return columns;
}

/** What to say of a table that is not of all points. */
export const partialNote = ({ manifest, path }: RunDirectory, points: number): string =>
  `partial: ${points} of ${manifest.points} points; meander collect ${shellPath(path)} makes the whole table of a finished run`;
