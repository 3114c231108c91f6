import type { ComponentChildren } from 'preact';
import { cell, DataTable } from '../chart/data-table.js';
import { MAX_SQUARES } from './heat.js';

/** Similarity matrices, K x K; null for one that is not known yet. */
export type Matrices = readonly (readonly [name: string, matrix: readonly (readonly number[])[] | null])[];

interface MatrixTablesProps {
  readonly matrices: Matrices;
  readonly count: number;
  readonly selectedProbe: number;
}

/** The numbers of the matrices; of large ones the row of the selected stimulus. */
export function MatrixTables({ matrices, count, selectedProbe }: MatrixTablesProps): ComponentChildren {
  const stimuli = Array.from({ length: count }, (_, k) => `stimulus ${k + 1}`);
  if (count > MAX_SQUARES) {
    return (
      <DataTable
        caption={`h·h of stimulus ${selectedProbe + 1} and each other (activation²)`}
        columns={[
          { label: 'with', cells: stimuli },
          ...matrices.map(([label, matrix]) => ({
            label,
            cells: stimuli.map((_, j) => cell(matrix?.[selectedProbe][j])),
          })),
        ]}
      />
    );
  }
  return matrices.map(([name, matrix]) => (
    <DataTable
      key={name}
      caption={`h·h of each pair of stimuli (activation²), ${name}`}
      columns={[
        { label: name, cells: stimuli },
        ...stimuli.map((label, j) => ({ label, cells: stimuli.map((_, i) => cell(matrix?.[i][j])) })),
      ]}
    />
  ));
}
