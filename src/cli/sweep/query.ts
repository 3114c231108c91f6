import { InvalidInputError } from '#core';
import type { Cell, Row } from '#store';

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
    requireColumn('--where', rows, name);
    const bound = text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    return (row: Row): boolean => {
      const cell = row[name];
      return cell !== null && typeof cell === typeof bound && operators[operator](cell, bound);
    };
  });
  return rows.filter((row) => tests.every((test) => test(row)));
}

/** The rows in the order of a column; `-COLUMN` for the largest first. Empty cells come last. */
export function sorted(rows: readonly Row[], by: string | undefined): Row[] {
  if (by === undefined) return [...rows];
  const name = by.replace(/^-/, '');
  requireColumn('--sort', rows, name);
  const sign = by.startsWith('-') ? -1 : 1;
  return [...rows].sort((left, right) => compared(left[name], right[name], sign));
}

function compared(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -sign : a > b ? sign : 0;
}

function requireColumn(option: string, rows: readonly Row[], name: string): void {
  if (rows.length === 0 || name in rows[0]) return;
  throw new InvalidInputError(`${option}: found ${name}, expected one of ${Object.keys(rows[0]).join(', ')}`);
}
