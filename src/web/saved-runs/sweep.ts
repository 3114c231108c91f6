import { columnNames, type ServedSweep } from '#core';
import { estimateCell, listOf, numberCell, parameterCell, pointIndexOf, valueAt } from './cells.js';
import { resultHeads, resultQuantities, type TableRow, type TableView } from './run-view.js';

/** The table of a sweep. Throws InvalidInputError where the table is not one of `meander collect`. */
export function readSweep(response: ServedSweep): TableView {
  const { name: title, file, points, finished, swept, allRows, figures, missing } = response;
  const rows = listOf(response.rows, `${title}: table`).map((row, k): TableRow => {
    const where = (column: string): string => `${title}: row ${k + 1} of the table, ${column}`;
    return {
      point: pointIndexOf(valueAt(row, 'point'), where('point')),
      cells: [
        ...swept.map((key) => parameterCell(valueAt(row, key))),
        parameterCell(valueAt(row, 'probe')),
        ...resultQuantities.flatMap((name) => {
          const { theory, simulation, simulationError } = columnNames(name);
          return [
            numberCell(valueAt(row, theory), where(theory)),
            estimateCell(valueAt(row, simulation), valueAt(row, simulationError), where(simulation)),
          ];
        }),
      ],
    };
  });
  return {
    kind: 'table',
    note: `${title}: ${finished} of ${points} points finished${missing === null ? '' : `; ${missing}`}`,
    file,
    heads: [...swept, ...resultHeads],
    rows,
    allRows,
    rest: 'meander show has all of them',
    figures,
  };
}
