export type Cell = number | string | null;
export type Row = Readonly<Record<string, Cell>>;

/** A table by columns. */
export class Table {
  readonly columns = new Map<string, Cell[]>();
  rows = 0;

  /** Appends a row. Every row must have the keys of the first. */
  add(row: Row): void {
    if (this.rows === 0) for (const name of Object.keys(row)) this.columns.set(name, []);
    for (const [name, cells] of this.columns) cells.push(row[name] ?? null);
    this.rows++;
  }
}
