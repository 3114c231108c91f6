import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { cell, DataTable } from '../chart/data-table.js';
import { format } from '../format.js';
import type { Sight } from '../session/session.js';
import { CorrelationChart, CorrelationTable, type CourseProps } from './courses.js';
import { Heat, MOST_SQUARES } from './heat.js';
import { View } from './view.js';

interface SimilarityProps extends CourseProps {
  readonly sight: Sight | null;
}

type Matrices = readonly (readonly [name: string, matrix: readonly (readonly number[])[] | null])[];

/** View e. */
export function SimilarityView({ sight, point, estimates, followed }: SimilarityProps): ComponentChildren {
  const { similarity, probes } = point;
  const count = probes.length;
  const [first, latest] = [sight?.first, sight?.trail.at(-1)];
  const start = useMemo(() => gram(first, count), [first, count]);
  // A large matrix takes its time: as often as the estimates come, the last of which are those of a pause.
  const news = count > MOST_SQUARES ? (estimates ?? latest) : latest;
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
    () => <CorrelationChart point={point} estimates={estimates} followed={followed} />,
    [point, estimates, followed],
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
          <MatrixTables matrices={matrices} count={count} followed={followed} />
          <CorrelationTable point={point} estimates={estimates} followed={followed} />
        </>
      )}
    >
      <div class="pair">
        <div>
          <div class="matrices">{heats}</div>
          <p class="key">
            h·h of any two stimuli (activation²): blue above zero, orange{count <= MOST_SQUARES && ' and with a minus'}{' '}
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
  readonly followed: number;
}

/** The matrices, or of large ones the row of the stimulus that is followed. */
function MatrixTables({ matrices, count, followed }: MatrixTablesProps): ComponentChildren {
  const stimuli = Array.from({ length: count }, (_, k) => `stimulus ${k + 1}`);
  if (count > MOST_SQUARES) {
    return (
      <DataTable
        caption={`h·h of stimulus ${followed + 1} and any other (activation²)`}
        columns={[
          { label: 'with', cells: stimuli },
          ...matrices.map(([label, matrix]) => ({ label, cells: stimuli.map((_, j) => cell(matrix?.[followed][j])) })),
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
