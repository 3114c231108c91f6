import { columnNames, errorColumnOf, type Estimate } from '#core';
import { quantityNames, quantityOf } from '#experiment';
import type { Estimates } from '#measure';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import type { LabPoint } from '../prediction/messages.js';
import type { NamedArray } from './npz.js';

/**
 * Everything measured and predicted, for NumPy: quantities [probe], losses, time courses [step][probe] (predicted
 * ones at steps of their own), similarity [probe][probe], and the trail of the first network
 * [sample][probe][unit].
 */
export function arraysOf(
  point: LabPoint,
  estimates: Estimates,
  { trail, trailSteps }: Pick<SimulationSnapshot, 'trail' | 'trailSteps'>,
): NamedArray[] {
  const { probes } = point;
  const list = (name: string, values: readonly number[]): NamedArray => ({
    name,
    data: Float64Array.from(values),
    shape: [values.length],
  });
  const course = (name: string, rows: readonly (readonly (Estimate | null)[])[]): NamedArray[] =>
    (['value', 'se'] as const).map((part) => ({
      name: part === 'value' ? name : errorColumnOf(name),
      data: Float64Array.from(rows.flatMap((row) => row.map((entry) => entry?.[part] ?? NaN))),
      shape: [rows.length, probes.length],
    }));
  const predicted = (name: string, rows: readonly (readonly (number | null)[])[]): NamedArray => ({
    name: `${name}Theory`,
    data: Float64Array.from(rows.flatMap((row) => row.map((entry) => entry ?? NaN))),
    shape: [rows.length, probes.length],
  });
  const { courses } = estimates;
  const numbers = trail[0]?.length ?? 0;
  return [
    ...quantityNames.flatMap((name) => {
      const quantity = quantityOf(name);
      const columns = columnNames(name);
      const measured = estimates.probes.map((probe) => quantity.simulation(probe));
      return [
        list(
          columns.theory,
          probes.map((probe) => quantity.theory(probe) ?? NaN),
        ),
        list(
          columns.simulation,
          measured.map((estimate) => estimate?.value ?? NaN),
        ),
        list(
          columns.simulationError,
          measured.map((estimate) => estimate?.se ?? NaN),
        ),
      ];
    }),
    list('lossTheory', [point.loss.task]),
    list('lossSimulation', [estimates.losses?.task.value ?? NaN]),
    list('lossSimulationStandardError', [estimates.losses?.task.se ?? NaN]),
    predicted('similarity', point.similarity),
    {
      name: 'similaritySimulation',
      data: Float64Array.from(estimates.similarity.data),
      shape: [probes.length, probes.length],
    },
    list('stepsTheory', point.steps),
    predicted('selfCorrelation', point.courses.selfCorrelation),
    predicted('squaredDisplacement', point.courses.squaredDisplacement),
    predicted('projectedSquaredDisplacement', point.courses.projectedSquaredDisplacement),
    list('steps', courses.steps),
    ...course('selfCorrelation', courses.selfCorrelation),
    ...course('squaredDisplacement', courses.squaredDisplacement),
    ...course('projectedSquaredDisplacement', courses.projectedSquaredDisplacement),
    list('trailSteps', trailSteps),
    {
      name: 'trail',
      data: Float64Array.from(trail.flatMap((hidden) => [...hidden])),
      shape: [trail.length, probes.length, numbers / probes.length],
    },
  ];
}
