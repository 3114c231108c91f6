// What a chart says at a place of its x axis.
import type { Estimate } from '#core';
import type { ChartData, Domain } from '../scales.js';

/** Theory and simulation of one series at one place. */
export interface Reading {
  readonly series: number;
  readonly name: string;
  readonly probe: number | null;
  readonly theory: number | null;
  readonly simulation: Estimate | null;
  /** Simulation minus theory, in standard errors of both. */
  readonly z: number | null;
}

/** Places that differ by less than this, relatively, are one. */
const SAME = 1e-9;
const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));

/** The places of the x axis that have values, ascending: all names, or all that is drawn on the axis. */
export function stopsOf({ x, lines, points }: ChartData, [from, to]: Domain): number[] {
  if (x.names) return x.names.map((_, k) => k);
  const values = [
    ...lines.filter(({ pinned }) => !pinned).flatMap((line) => line.points.map(([u]) => u)),
    ...points.flatMap((series) => series.points.map(([u]) => u)),
  ];
  const within = values.filter((value) => value >= from && value <= to).sort((a, b) => a - b);
  return within.filter((value, k) => k === 0 || !isSame(value, within[k - 1]));
}

/** The series that have a value at a place. */
export function readingsAt({ x, lines, points }: ChartData, place: number): Reading[] {
  const now = lines.filter(({ pinned }) => !pinned);
  const series = [...new Set([...now, ...points].map((one) => one.series))];
  return series.flatMap((own): Reading[] => {
    const line = now.find((one) => one.series === own);
    const index = line?.points.findIndex(([u]) => isSame(u, place)) ?? -1;
    const value = line?.points.at(index)?.[1];
    const theory = index >= 0 && value !== undefined && Number.isFinite(value) ? value : null;
    const dots = points.find((one) => one.series === own);
    const simulation = dots?.points.find(([u]) => isSame(u, place))?.[1] ?? null;
    if (theory === null && simulation === null) return [];
    const error = Math.hypot(simulation?.se ?? NaN, line?.standardErrors?.at(index) ?? 0);
    return [
      {
        series: own,
        name: line?.name ?? line?.called ?? (x.names ? `${x.label} ${x.names[place]}` : ''),
        probe: x.kind === 'probe' ? place : (line?.probe ?? dots?.probe ?? null),
        theory,
        simulation,
        z: theory !== null && simulation && error > 0 ? (simulation.value - theory) / error : null,
      },
    ];
  });
}

/** The index of the value nearest to another one; -1 where there is none. */
export const nearestIndex = (values: readonly number[], wanted: number): number =>
  values.reduce(
    (best, value, k) => (best < 0 || Math.abs(value - wanted) < Math.abs(values[best] - wanted) ? k : best),
    -1,
  );
