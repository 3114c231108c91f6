import type { Estimate } from '#core';
import type { Estimates } from '#measure';
import type { LabPoint } from '../theory/messages.js';
import type { NamedArray } from './npz.js';

const quantities = ['squaredNorm', 'fluctuation', 'diffusion', 'directedSpeed'] as const;

/** Everything measured and predicted, and the trail of the first network (time x stimulus x unit), for numpy. */
export function arraysOf(point: LabPoint, estimates: Estimates, trail: readonly Float64Array[]): NamedArray[] {
  const { probes } = point;
  const list = (name: string, values: readonly number[]): NamedArray => ({
    name,
    data: Float64Array.from(values),
    shape: [values.length],
  });
  const course = (name: string, rows: readonly (readonly (Estimate | null)[])[]): NamedArray[] =>
    (['value', 'se'] as const).map((part) => ({
      name: part === 'value' ? name : `${name}StandardError`,
      data: Float64Array.from(rows.flatMap((row) => row.map((entry) => entry?.[part] ?? NaN))),
      shape: [rows.length, probes.length],
    }));
  const { courses } = estimates;
  const numbers = trail[0]?.length ?? 0;
  return [
    ...quantities.flatMap((name) => [
      list(
        `${name}Theory`,
        probes.map((probe) => probe[name]),
      ),
      list(
        `${name}Simulation`,
        estimates.probes.map((probe) => probe[name].value),
      ),
      list(
        `${name}SimulationStandardError`,
        estimates.probes.map((probe) => probe[name].se),
      ),
    ]),
    list('steps', courses.steps),
    ...course('selfCorrelation', courses.selfCorrelation),
    ...course('squaredDisplacement', courses.squaredDisplacement),
    ...course('projectedSquaredDisplacement', courses.projectedSquaredDisplacement),
    {
      name: 'trail',
      data: Float64Array.from(trail.flatMap((hidden) => [...hidden])),
      shape: [trail.length, probes.length, numbers / probes.length],
    },
  ];
}
