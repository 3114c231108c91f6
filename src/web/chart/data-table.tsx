import { MISSING, type Estimate } from '#core';
import type { ComponentChildren } from 'preact';
import { format, formatEstimate } from '../format.js';

interface Column {
  readonly label: string;
  readonly cells: readonly string[];
}

interface DataTableProps {
  readonly caption: string;
  /** The first column has the names of the rows. */
  readonly columns: readonly Column[];
}

/** The numbers of a chart as a table. */
export function DataTable({ caption, columns: [names, ...columns] }: DataTableProps): ComponentChildren {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {[names, ...columns].map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.cells.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map(({ label, cells }) => (
                <td key={label}>{cells[row]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A predicted number, or an estimate with its standard error; a dash where there is none. */
export function cell(value: number | Estimate | null | undefined, digits?: number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? format(value, digits) : MISSING;
  return value ? formatEstimate(value) : MISSING;
}
