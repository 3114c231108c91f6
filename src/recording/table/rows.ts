import { LabelColumn, numberOf, type Cell, type Labels } from './column.js';
import { GrowingArray } from './growing.js';

/** The columns that a long table may have; session or time, and trial, may be missing. */
const COLUMNS = ['session', 'time', 'trial', 'stimulus', 'neuron', 'value'] as const;
type ColumnName = (typeof COLUMNS)[number];
/** Columns of which a table with more is likely to be a wide one. */
const MAX_COLUMNS = 8;
const NEEDED = ['stimulus', 'neuron', 'value'] as const;

export const ACCEPTED =
  'a long table with the columns stimulus, neuron and value, one row for each value, and session, time and trial where there are any';

/** The rows of a long table, column by column. */
export interface LongTable {
  readonly rows: number;
  readonly labels: Partial<Readonly<Record<'session' | 'trial' | 'stimulus' | 'neuron', Labels>>>;
  readonly times: Float64Array | null;
  readonly values: Float64Array;
}

/** Which columns of a long table a header has. Throws Error unless it is that of one. */
export function columnsOf(header: readonly string[]): ReadonlyMap<ColumnName, number> {
  const names = header.map((name) => name.trim().toLowerCase());
  if (names.every((name) => numberOf(name) !== undefined)) {
    throw new Error(
      'it is a table of numbers without a line of names, and which axis is which cannot be told from numbers; ' +
        `expected ${ACCEPTED}, or an array with named axes (.npy, .npz, .mat, .h5, .zarr)`,
    );
  }
  const found = new Map<ColumnName, number>();
  for (const name of COLUMNS) {
    const place = names.indexOf(name);
    if (place < 0) continue;
    if (names.lastIndexOf(name) !== place) throw new Error(`it has the column ${name} twice, expected once`);
    found.set(name, place);
  }
  const missing = NEEDED.filter((name) => !found.has(name));
  if (missing.length > 0) {
    const list = header.slice(0, 20).join(', ');
    const hint =
      header.length > MAX_COLUMNS ? '; a table with a column for each neuron becomes one by pandas.melt' : '';
    throw new Error(`it has the columns ${list} and lacks ${missing.join(' and ')}; expected ${ACCEPTED}${hint}`);
  }
  return found;
}

/** Collects the cells of a long table. Every method throws Error that names the row; the first after the names is row 1. */
export class TableBuilder {
  readonly #labels = new Map<ColumnName, LabelColumn>();
  readonly #numbers = new Map<ColumnName, GrowingArray<Float64Array>>();

  constructor(columns: Iterable<ColumnName>) {
    for (const name of columns) {
      if (name === 'time' || name === 'value') this.#numbers.set(name, new GrowingArray((n) => new Float64Array(n)));
      else this.#labels.set(name, new LabelColumn());
    }
  }

  add(name: ColumnName, cell: Cell, row: number): void {
    if (this.#labels.get(name)?.add(cell) === false)
      throw new Error(`row ${row}: its ${name} is empty, expected a label`);
    const numbers = this.#numbers.get(name);
    if (!numbers) return;
    const number = numberOf(cell);
    if (number === undefined || (name === 'time' && Number.isNaN(number))) {
      const found = typeof cell === 'string' ? JSON.stringify(cell) : String(cell ?? 'nothing');
      const orNothing = name === 'value' ? ', or nothing where it is missing' : '';
      throw new Error(`row ${row}: its ${name} is ${found}, expected a finite number${orNothing}`);
    }
    numbers.add(number);
  }

  finish(): LongTable {
    const values = this.#numbers.get('value')?.values ?? new Float64Array(0);
    if (values.length === 0) throw new Error(`it has no rows, expected ${ACCEPTED}`);
    const labels = Object.fromEntries(Array.from(this.#labels, ([name, column]) => [name, column.finish()]));
    return { rows: values.length, labels, times: this.#numbers.get('time')?.values ?? null, values };
  }
}
