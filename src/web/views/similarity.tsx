import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { cell, DataTable } from '../chart/data-table.js';
import { format } from '../format.js';
import type { SimulationSnapshot } from '../simulation/live-simulation.js';
import { CorrelationChart, CorrelationTable, type CourseProps } from './courses.js';
import { Heat, MAX_SQUARES } from './heat.js';
import { View } from './view.js';

interface SimilarityProps extends CourseProps {
  readonly snapshot: SimulationSnapshot | null;
}

type Matrices = readonly (readonly [name: string, matrix: readonly (readonly number[])[] | null])[];

/** View e. */
export function SimilarityView({ snapshot, point, estimates, selectedProbe }: SimilarityProps): ComponentChildren {
  const { similarity, probes } = point;
  const count = probes.length;
  const [first, latest] = [snapshot?.first, snapshot?.trail.at(-1)];
  const start = useMemo(() => gram(first, count), [first, count]);
  // A large matrix takes its time: as often as the estimates come, the last of which are those of a pause.
  const news = count > MAX_SQUARES ? (estimates ?? latest) : latest;
  const now = useMemo(() => gram(latest, count), [news, count]);
  const most = useMemo(
    () => similarity.flat().reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1,
    [similarity],
  );
  const matrices: Matrices = [
    ['theory', similarity],
    ['at start', start],
    ['now', now],
  ];
  // Drawn anew only when they show something else: the page is told of progress more often.
  const heats = useMemo(
    () => matrices.map(([name, matrix]) => <Heat key={name} name={name} matrix={matrix} most={most} count={count} />),
    [similarity, start, now, most, count],
  );
  const correlation = useMemo(
    () => <CorrelationChart point={point} estimates={estimates} selectedProbe={selectedProbe} />,
    [point, estimates, selectedProbe],
  );
  return (
    <View
      id="similarity"
      title="Similarity stays, single representations turn"
      sentence="The inner products between stimuli keep their values, while every stimulus loses its correlation with itself. The snapshots are those of one network, and differ from theory by its fluctuation."
      docs="effective-process"
      wide
      data={() => (
        <>
          <MatrixTables matrices={matrices} count={count} selectedProbe={selectedProbe} />
          <CorrelationTable point={point} estimates={estimates} selectedProbe={selectedProbe} />
        </>
      )}
    >
      <div class="pair">
        <div>
          <div class="matrices">{heats}</div>
          <p class="key">
            h·h of any two stimuli (activation²): blue above zero, orange{count <= MAX_SQUARES && ' and with a minus'}{' '}
            below; full colour is {format(most)}.
          </p>
        </div>
        {correlation}
      </div>
    </View>
  );
}

interface MatrixTablesProps {
  readonly matrices: Matrices;
  readonly count: number;
  readonly selectedProbe: number;
}

/** The matrices, or of large ones the row of the selected stimulus. */
function MatrixTables({ matrices, count, selectedProbe }: MatrixTablesProps): ComponentChildren {
  const stimuli = Array.from({ length: count }, (_, k) => `stimulus ${k + 1}`);
  if (count > MAX_SQUARES) {
    return (
      <DataTable
        caption={`h·h of stimulus ${selectedProbe + 1} and any other (activation²)`}
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
      caption={`h·h of any two stimuli (activation²), ${name}`}
      columns={[
        { label: name, cells: stimuli },
        ...stimuli.map((label, j) => ({ label, cells: stimuli.map((_, i) => cell(matrix?.[i][j])) })),
      ]}
    />
  ));
}

/** h_i.h_j of the representations of `count` stimuli, one after the other. */
function gram(hidden: Float64Array | null | undefined, count: number): number[][] | null {
  if (!hidden) return null;
  const units = hidden.length / count;
  const products: number[][] = [];
  for (let i = 0; i < count; i++) {
    const row = products.map((other) => other[i]);
    for (let j = i; j < count; j++) {
      let sum = 0;
      for (let u = 0; u < units; u++) sum += hidden[i * units + u] * hidden[j * units + u];
      row.push(sum);
    }
    products.push(row);
  }
  return products;
}
