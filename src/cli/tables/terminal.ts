import { DIGITS, formatCounted, formatNumber } from '#core';
import type { PointHeader } from '#experiment';
import Table from 'cli-table3';

/** How a table fits a terminal. */
export interface Fit {
  /** Characters in a line; unlimited unless given. */
  readonly width?: number | undefined;
  /** The first columns, which say what a row is about; repeated where the others take several tables. 1 unless given. */
  readonly keys?: number;
}

interface TerminalTable {
  push(row: string[]): void;
  toString(): string;
}

/**
 * A table for a terminal: the first column to the left, numbers to the right. Where it is wider than the terminal its head is
 * broken into lines of one word, and where that is not enough its columns are divided among tables below each other.
 */
export function terminalTable(head: readonly string[], { width = Infinity, keys = 1 }: Fit = {}): TerminalTable {
  const rows: string[][] = [];
  return {
    push(row) {
      rows.push(row);
    },
    toString() {
      const all = head.map((_, column) => column);
      const plain = rendered(head, rows, all);
      if (widthOf(plain) <= width) return plain;
      const narrow = head.map(oneWordLines);
      const widths = all.map((column) => Math.max(...[narrow, ...rows].map((row) => widthOf(row[column]))));
      return blocksOf(widths, keys, width)
        .map((columns) => rendered(narrow, rows, columns))
        .join('\n');
    },
  };
}

function rendered(head: readonly string[], rows: readonly (readonly string[])[], columns: readonly number[]): string {
  const table = new Table({
    head: columns.map((column) => head[column]),
    style: { head: [], border: [], compact: true },
    colAligns: columns.map((column) => (column === 0 ? 'left' : 'right')),
  });
  table.push(...rows.map((row) => columns.map((column) => row[column])));
  return table.toString();
}

/** `diffusionTheory` and `simulation / theory` with a line for each word. */
const oneWordLines = (text: string): string => text.replace(/(?<!\/) /g, '\n').replace(/\B(?=[A-Z][a-z])/g, '\n');

const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

/** Border and blanks of a column. */
const FRAME = 3;

/** Columns of tables that are no wider than `width`, each with the key columns; one further column at least. */
function blocksOf(widths: readonly number[], keys: number, width: number): number[][] {
  const keyColumns = Array.from({ length: Math.min(keys, widths.length) }, (_, column) => column);
  const blocks: number[][] = [];
  let used = Infinity;
  for (let column = keys; column < widths.length; column++) {
    used += widths[column] + FRAME;
    if (!(used <= width)) {
      blocks.push([...keyColumns]);
      used = [...keyColumns, column].reduce((sum, own) => sum + widths[own] + FRAME, 1);
    }
    blocks[blocks.length - 1].push(column);
  }
  return blocks.length === 0 ? [keyColumns] : blocks;
}

/**
 * A probe by its number and its label, `2 rare`, or else its first coordinates, `2 (0.5, 1, 0, …)`; a unit vector by its axis,
 * `4 (axis 4)`.
 */
export function probeLabel(
  { stimulus, label }: { readonly stimulus: readonly number[]; readonly label?: string },
  k: number,
): string {
  if (label !== undefined) return `${k + 1} ${label}`;
  const axis = stimulus.indexOf(1);
  if (axis >= 0 && stimulus.every((value, i) => value === (i === axis ? 1 : 0))) return `${k + 1} (axis ${axis + 1})`;
  const shown = stimulus.slice(0, 3).map((value) => formatNumber(value, DIGITS.label));
  return `${k + 1} (${shown.join(', ')}${stimulus.length > 3 ? ', …' : ''})`;
}

/** The lines above the table of a point. */
export function heading(name: string, point: PointHeader<null>): string {
  return `${name}: ${describeParameters(point.parameters)}\n${describeModes(point)}`;
}

export const describeParameters = (parameters: Readonly<Record<string, unknown>>): string =>
  Object.entries(parameters)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

function describeModes({ path, ...point }: PointHeader<null>): string {
  const { singularValues, rotationDiffusionEigenvalues: rotations, unpredicted } = point;
  if (unpredicted !== undefined) return `nothing is predicted, all is measured: ${unpredicted}`;
  if (!singularValues || !rotations) return 'nothing is predicted';
  const modes = `${formatCounted(singularValues.length, 'learned mode')}, singular ${singularValues.length === 1 ? 'value' : 'values'} ${range(singularValues)}`;
  if (path === 'sampled') return `${modes}; rotation diffusion sampled`;
  const rotation = rotations.length === 0 ? 'none (one mode does not rotate)' : `${range(rotations)} rad^2 per step`;
  return `${modes}; rotation diffusion ${rotation}`;
}

export function range(values: readonly number[]): string {
  const extreme = (pick: (a: number, b: number) => number): string => formatNumber(values.reduce((a, b) => pick(a, b)));
  const [low, high] = [extreme(Math.min), extreme(Math.max)];
  return low === high ? low : `${low} to ${high}`;
}

/** Ascending whole numbers as `1, 2, 4-9`: three or more that follow each other as a range. */
export function listed(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([from, to]) => (to - from > 1 ? `${from}-${to}` : to > from ? `${from}, ${to}` : `${from}`))
    .join(', ');
}
