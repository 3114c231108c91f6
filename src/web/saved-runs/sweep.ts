import { estimateCell, listOf, numberCell, parameterCell, pointIndexOf, valueAt } from './cells.js';
import { resultHeads, type TableRow, type TableView } from './run-view.js';

/**
 * The answer of the server about a run directory of `meander sweep`. Its rows come from a file and are not checked yet.
 */
export interface SweepResponse {
  readonly name: string;
  readonly file: string;
  readonly points: number;
  readonly finished: number;
  readonly swept: readonly string[];
  readonly rows: unknown;
  readonly allRows: number;
  readonly figures: readonly { readonly name: string; readonly svg: string }[];
  readonly missing: string | null;
}

/** The table of a sweep. Throws InvalidInputError where the table is not one of `meander collect`. */
export function readSweep(response: SweepResponse): TableView {
  const { name, file, points, finished, swept, allRows, figures, missing } = response;
  const rows = listOf(response.rows, `${name}: table`).map((row, k): TableRow => {
    const where = (column: string): string => `${name}: row ${k + 1} of the table, ${column}`;
    return {
      point: pointIndexOf(valueAt(row, 'point'), where('point')),
      cells: [
        ...swept.map((key) => parameterCell(valueAt(row, key))),
        numberCell(valueAt(row, 'probe'), where('probe')),
        ...['fluctuation', 'diffusion'].flatMap((key) => [
          numberCell(valueAt(row, `${key}Theory`), where(`${key}Theory`)),
          estimateCell(
            valueAt(row, `${key}Simulation`),
            valueAt(row, `${key}SimulationStandardError`),
            where(`${key}Simulation`),
          ),
        ]),
      ],
    };
  });
  return {
    kind: 'table',
    note: `${name}: ${finished} of ${points} points finished${missing === null ? '' : `; ${missing}`}`,
    file,
    heads: [...swept, ...resultHeads],
    rows,
    allRows,
    rest: 'meander show has all of them',
    figures,
  };
}
