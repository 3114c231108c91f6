import { GrowingArray } from './growing.js';

/** What a cell of a table may hold, as CSV and Parquet give it. */
export type Cell = string | number | bigint | boolean | null | undefined;

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NOT_A_NUMBER = /^(nan|na|null)?$/i;

/** The number of a cell: NaN where it is empty, NaN or NA; undefined where it is text or infinite. */
export function numberOf(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) || Number.isNaN(cell) ? cell : undefined;
  if (cell === null || cell === undefined) return NaN;
  if (typeof cell !== 'string') return Number(cell);
  const text = cell.trim();
  if (NOT_A_NUMBER.test(text)) return NaN;
  const value = DECIMAL.test(text) ? Number(text) : Infinity;
  return Number.isFinite(value) ? value : undefined;
}

/** Labels of rows, numbered as they come. `1`, `1.0` and the number 1 are one label. */
export class LabelColumn {
  readonly #codes = new GrowingArray((length) => new Int32Array(length));
  readonly #known = new Map<string, number>();
  /** Labels as they are written, so that most cells take one look. */
  readonly #asWritten = new Map<Cell, number>();

  /** Returns false where the cell is empty. */
  add(cell: Cell): boolean {
    const code = this.#asWritten.get(cell) ?? this.#codeOf(cell);
    if (code === undefined) return false;
    this.#codes.add(code);
    return true;
  }

  #codeOf(cell: Cell): number | undefined {
    const text = typeof cell === 'string' ? cell.trim() : String(cell ?? '');
    if (text === '' || text === 'NaN') return undefined;
    const label = DECIMAL.test(text) ? String(Number(text)) : text;
    const code = this.#known.get(label) ?? this.#known.size;
    this.#known.set(label, code);
    this.#asWritten.set(cell, code);
    return code;
  }

  /** Labels in order (numbers by value, texts as they come), and for each row the place of its label in that order. */
  finish(): Labels {
    const labels = Array.from(this.#known.keys());
    const areNumbers = labels.every((label) => DECIMAL.test(label));
    if (areNumbers) labels.sort((a, b) => Number(a) - Number(b));
    const places = new Map(labels.map((label, place) => [label, place]));
    const byCode = Int32Array.from(this.#known.keys(), (label) => places.get(label) ?? 0);
    return { labels, areNumbers, places: this.#codes.values.map((code) => byCode[code]) };
  }
}

/** The labels of a column. */
export interface Labels {
  readonly labels: readonly string[];
  readonly areNumbers: boolean;
  /** Of each row: which label it has. */
  readonly places: Int32Array;
}
