import type { ComponentChildren } from 'preact';
import { cell, DataTable } from '../chart/data-table.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { MAX_SQUARES } from './heat.js';

/** Similarity matrices, K x K; null for one that is not known yet. */
export type Matrices = readonly (readonly [name: string, matrix: readonly (readonly number[])[] | null])[];

interface MatrixTablesProps {
  readonly matrices: Matrices;
  readonly count: number;
  readonly selectedProbe: number;
}

/** The numbers of the matrices; of large ones the row of the selected probe. */
export function MatrixTables({ matrices, count, selectedProbe }: MatrixTablesProps): ComponentChildren {
  const { names: probes } = useStimuli();
  if (count > MAX_SQUARES) {
    return (
      <DataTable
        caption={`h·h of ${probes[selectedProbe]} and each other (activation²)`}
        columns={[
          { label: 'with', cells: probes },
          ...matrices.map(([label, matrix]) => ({
            label,
            cells: probes.map((_, j) => cell(matrix?.[selectedProbe][j])),
          })),
        ]}
      />
    );
  }
  return matrices.map(([name, matrix]) => (
    <DataTable
      key={name}
      caption={`h·h of each pair of probes (activation²), ${name}`}
      columns={[
        { label: name, cells: probes },
        ...probes.map((label, j) => ({ label, cells: probes.map((_, i) => cell(matrix?.[i][j])) })),
      ]}
    />
  ));
}
