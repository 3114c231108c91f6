import { npyBytes, npyColumn } from '#core';
import { columnNamed, courseColumns, type CourseColumn } from '#experiment';
import type { Estimates } from '#measure';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import type { LabPoint } from '../prediction/messages.js';
import { rowsOfPage } from './rows.js';

/**
 * Everything measured and predicted, for NumPy, as .npy files by their names: the columns of the table of results [probe],
 * time courses [time][probe] under `courses.` (the predicted ones at `courses.stepsTheory`), similarity [probe][probe],
 * and the trail of the first network [sample][probe][unit].
 */
export function arraysOf(
  point: LabPoint,
  estimates: Estimates,
  { trail, trailSteps }: Pick<SimulationSnapshot, 'trail' | 'trailSteps'>,
): Record<string, Uint8Array<ArrayBuffer>> {
  const rows = rowsOfPage(point, estimates);
  const probes = point.probes.length;
  const columns = Object.keys(rows[0]).map((name) => [
    name,
    npyColumn(
      rows.map((row) => row[name]),
      columnNamed(name).type === 'int32',
    ),
  ]);
  const courses = { simulation: estimates.courses, theory: point.courses };
  const times = { simulation: estimates.courses.steps, theory: point.steps };
  const course = ({ of, value }: CourseColumn): Uint8Array<ArrayBuffer> =>
    float64(
      [times[of].length, probes],
      times[of].flatMap((_, time) =>
        Array.from(point.probes, (__, probe) => Number(value(courses, time, probe) ?? NaN)),
      ),
    );
  const units = (trail[0]?.length ?? 0) / probes;
  return {
    ...(Object.fromEntries(columns) as Record<string, Uint8Array<ArrayBuffer>>),
    similarityTheory: float64([probes, probes], point.similarity.flat()),
    similaritySimulation: float64([probes, probes], estimates.similarity.data),
    'courses.steps': float64([times.simulation.length], times.simulation),
    'courses.stepsTheory': float64([times.theory.length], times.theory),
    ...Object.fromEntries(courseColumns.map((column) => [`courses.${column.name}`, course(column)])),
    trailSteps: float64([trailSteps.length], trailSteps),
    trail: float64(
      [trail.length, probes, units],
      trail.flatMap((hidden) => [...hidden]),
    ),
  };
}

const float64 = (shape: readonly number[], numbers: ArrayLike<number>): Uint8Array<ArrayBuffer> =>
  npyBytes('<f8', shape, Float64Array.from(numbers));
