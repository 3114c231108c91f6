import { npyBytes, npyColumn } from '#core';
import { columnNamed, courseColumns, type CourseColumn } from '#experiment';
import type { Estimates } from '#measure';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import type { LabPoint } from '../prediction/messages.js';
import type { Provenance } from './names.js';
import { rowsOfPage } from './rows.js';

const CAPTION =
  'Theory and simulation of every probe: columns of the table of results [probe], courses over steps [time][probe], ' +
  'similarity [probe][probe], and the codes of one network, the trail [sample][probe][unit].';

/**
 * Everything measured and predicted, for NumPy, as .npy files by their names: the columns of the table of results [probe],
 * time courses [time][probe] under `courses.` (the predicted ones at `courses.stepsTheory`), similarity [probe][probe],
 * the trail of the first network [sample][probe][unit], and under `about.` where they are from, as arrays of one text: what
 * reads an .npz file expects nothing but arrays in it.
 */
export function arraysOf(
  point: LabPoint,
  estimates: Estimates,
  { trail, trailSteps }: Pick<SimulationSnapshot, 'trail' | 'trailSteps'>,
  { software, link, experiment }: Omit<Provenance, 'nameOf'>,
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
  const about = { caption: CAPTION, software, link, experiment };
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
    ...Object.fromEntries(Object.entries(about).map(([name, text]) => [`about.${name}`, npyColumn([text], false)])),
  };
}

const float64 = (shape: readonly number[], numbers: ArrayLike<number>): Uint8Array<ArrayBuffer> =>
  npyBytes('<f8', shape, Float64Array.from(numbers));
