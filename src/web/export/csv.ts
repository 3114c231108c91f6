import type { Estimates } from '#measure';
import type { LabPoint } from '../prediction/messages.js';

const quantities = ['squaredNorm', 'fluctuation', 'diffusion', 'directedSpeed'] as const;

/**
 * One row for each stimulus: theory, simulation and its standard error, in the columns of probes.csv of the command
 * line.
 */
export function probesTable({ probes }: LabPoint, estimates: Estimates): string {
  const header = [
    'probe',
    ...quantities.flatMap((name) => [`${name}Theory`, `${name}Simulation`, `${name}SimulationStandardError`]),
  ];
  const rows = probes.map((probe, k) => [
    k + 1,
    ...quantities.flatMap((name) => [probe[name], estimates.probes[k][name].value, estimates.probes[k][name].se]),
  ]);
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
