import type { PointRecord } from '../report.js';

/** What a figure of self-correlations through the phases of an experiment is drawn from. */
export interface PhasesFigure {
  readonly kind: 'comparison';
  readonly panels: readonly {
    readonly x: { readonly label: string; readonly scale: 'linear' };
    readonly y: { readonly label: string; readonly scale: 'linear' };
    readonly theory: readonly PhaseSeries<{ readonly x: number; readonly y: number }>[];
    readonly simulation: readonly PhaseSeries<{ readonly x: number; readonly y: number; readonly se: number }>[];
  }[];
}

/** One probe. */
export interface PhaseSeries<Point> {
  readonly series: string;
  readonly points: readonly Point[];
}

/** Least distance of the times that are drawn, as a part of all. */
const DRAWN = 100;

/**
 * The table of a figure of self-correlations since the first sample of an experiment, over the steps through all of its phases, from their
 * points in a report: of the probes of these numbers (from 0), all unless given. Nothing is drawn of the first sample itself, where they are 1.
 */
export function phasesTable(points: readonly PointRecord<null>[], probes?: readonly number[]): PhasesFigure {
  const times = points.flatMap(({ courses, phase }) =>
    (phase?.fromStart ?? []).map((row, i) => ({
      x: (phase?.start ?? 0) + (phase?.transient ?? 0) + courses.steps[i],
      row,
    })),
  );
  const span = Math.max(0, ...times.map(({ x }) => x));
  let last = 0;
  const drawn = times.filter(({ x }) => {
    const isFar = x - last >= span / DRAWN;
    if (isFar) last = x;
    return isFar;
  });
  const [first] = points;
  const shown = probes ?? first.probes.map((_, k) => k);
  const name = (k: number): string => first.probes[k].label ?? `probe ${k + 1}`;
  return {
    kind: 'comparison',
    panels: [
      {
        x: { label: 'time (steps)', scale: 'linear' },
        y: { label: 'self-correlation since the first sample', scale: 'linear' },
        theory: shown.map((k) => ({
          series: name(k),
          points: drawn.flatMap(({ x, row }) => (row[k].theory === null ? [] : [{ x, y: row[k].theory }])),
        })),
        simulation: shown.map((k) => ({
          series: name(k),
          points: drawn.flatMap(({ x, row }) => {
            const own = row[k].simulation;
            return own ? [{ x, y: own.value, se: own.se }] : [];
          }),
        })),
      },
    ],
  };
}
