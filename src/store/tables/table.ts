export type Cell = number | string | null;
export type Row = Readonly<Record<string, Cell>>;

/** A table by columns. */
export class Table {
  readonly columns = new Map<string, Cell[]>();
  rows = 0;

  /** Appends a row. What other rows have and this one has not is null in it, and the other way round. */
  add(row: Row): void {
    for (const name of Object.keys(row)) {
      if (!this.columns.has(name)) this.columns.set(name, new Array<Cell>(this.rows).fill(null));
    }
    for (const [name, cells] of this.columns) cells.push(row[name] ?? null);
    this.rows++;
  }
}
