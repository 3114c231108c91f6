import {
  estimateCell,
  listOf,
  numberCell,
  own,
  parameterCell,
  pointNumber,
  resultHeads,
  type ShownRow,
  type ShownTable,
} from './run-view.js';

/** What the server tells of a run directory of `meander sweep`, but for its rows, which are those of a file. */
interface ToldSweep {
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

/** Reads the answer of the server. Throws InvalidInputError where the table is not one of `meander collect`. */
export function readSweep(told: ToldSweep): ShownTable {
  const { name, file, points, finished, swept, allRows, figures, missing } = told;
  const rows = listOf(told.rows, `${name}: table`).map((row, k): ShownRow => {
    const where = (column: string): string => `${name}: row ${k + 1} of the table, ${column}`;
    return {
      point: pointNumber(own(row, 'point'), where('point')),
      cells: [
        ...swept.map((key) => parameterCell(own(row, key))),
        numberCell(own(row, 'probe'), where('probe')),
        ...['fluctuation', 'diffusion'].flatMap((key) => [
          numberCell(own(row, `${key}Theory`), where(`${key}Theory`)),
          estimateCell(
            own(row, `${key}Simulation`),
            own(row, `${key}SimulationStandardError`),
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
