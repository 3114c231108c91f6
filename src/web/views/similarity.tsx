import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { format } from '../format.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { Heat, MAX_SQUARES } from './heat.js';
import { memo } from '../memo.js';
import { CorrelationChart, CorrelationTable } from './self-correlation.js';
import { MatrixTables, type Matrices } from './similarity-tables.js';
import type { TimeCourseProps } from './time-axis.js';
import { View } from './view.js';

interface SimilarityProps extends TimeCourseProps {
  readonly snapshot: SimulationSnapshot | null;
}

const Matrix = memo(Heat);
const Correlation = memo(CorrelationChart);

/** Similarity of the probes in theory, at the first sample and now, beside their self-correlation over steps. */
export function SimilarityView({
  snapshot,
  point,
  pinned,
  estimates,
  selectedProbe,
}: SimilarityProps): ComponentChildren {
  const { similarity, probes } = point;
  const count = probes.length;
  const [first, latest] = [snapshot?.first, snapshot?.trail.at(-1)];
  const start = useMemo(() => gram(first, count), [first, count]);
  // A large matrix is slow: it is computed only as often as estimates come, the last of which are those of a pause.
  const trigger = count > MAX_SQUARES ? (estimates ?? latest) : latest;
  const now = useMemo(() => gram(latest, count), [trigger, count]);
  const max = useMemo(
    () => similarity.flat().reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1,
    [similarity],
  );
  const matrices: Matrices = [
    ['theory', similarity],
    ['at start', start],
    ['now', now],
  ];
  return (
    <View
      id="similarity"
      title="Similarities persist while representations rotate"
      sentence="The inner products of probes keep their values, while every probe loses its correlation with its former self. The matrices of the simulation show one network, and differ from theory by its fluctuation."
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
          <div class="matrices">
            {matrices.map(([name, matrix]) => (
              <Matrix key={name} name={name} matrix={matrix} max={max} count={count} />
            ))}
          </div>
          <p class="key">
            h·h of each pair of probes (activation²): blue is positive, orange
            {count <= MAX_SQUARES && ' (with a minus sign)'} is negative; full colour is {format(max)}.
          </p>
        </div>
        <Correlation point={point} pinned={pinned} estimates={estimates} selectedProbe={selectedProbe} />
      </div>
    </View>
  );
}

/** h_i.h_j of `count` representations, which follow each other in `hidden`; null before there are any. */
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
