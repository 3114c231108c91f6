import { columnNames } from '#core';
import { quantityNames, quantityOf } from '#experiment';
import type { Estimates } from '#measure';
import type { LabPoint } from '../prediction/messages.js';

/**
 * One row for each probe: theory, simulation and its standard error, in the columns of probes.csv of the command
 * line.
 */
export function probesTable({ probes }: LabPoint, estimates: Estimates): string {
  const header = [
    'probe',
    ...quantityNames.flatMap((name) => {
      const { theory, simulation, simulationError } = columnNames(name);
      return [theory, simulation, simulationError];
    }),
  ];
  const rows = probes.map((probe, k) => [
    k + 1,
    ...quantityNames.flatMap((name) => {
      const quantity = quantityOf(name);
      const estimate = quantity.simulation(estimates.probes[k]);
      return [quantity.theory(probe), estimate?.value, estimate?.se].map((value) => value ?? '');
    }),
  ]);
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
