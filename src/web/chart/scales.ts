// Where values lie in a chart.
import type { Estimate } from '#core';
import { domainOf, textWidth, type Axis } from '#figure';

export type Domain = readonly [number, number];

/** What theory draws: a line. */
export interface Line {
  readonly label: string;
  readonly series: number;
  readonly dashed?: boolean;
  /** What the line is of, where a chart has several: written at its end, or in the legend. */
  readonly name?: string;
  /** What the readout calls it where the chart does not name it. */
  readonly called?: string;
  /** The probe that it is of, from 0. */
  readonly probe?: number;
  /** Whether it is what was pinned, and no longer what theory says. */
  readonly pinned?: boolean;
  readonly points: readonly (readonly [number, number])[];
  /** Half widths of a band around the line, one for each point: what the theory may be off. */
  readonly errors?: readonly number[];
  /** Standard errors of the points, where theory has any. */
  readonly standardErrors?: readonly number[];
}

/** What simulation draws: points with error bars of two standard errors to each side. */
export interface Points {
  readonly label: string;
  readonly series: number;
  readonly hollow?: boolean;
  readonly probe?: number;
  readonly points: readonly (readonly [number, Estimate])[];
}

/** What the values of a horizontal axis are: charts whose axes have the same show the same place. */
export type AxisKind = 'probe' | 'steps' | 'frequency';

/** What a chart shows. Where `names` has names of the values 0, 1, … these stand on the axis instead of numbers. */
export interface ChartData {
  readonly x: Axis & { readonly kind?: AxisKind; readonly names?: readonly string[] };
  readonly y: Axis;
  readonly lines: readonly Line[];
  readonly points: readonly Points[];
}

/** Lines as they are pinned: without names, bands and marks of their own. */
export const pinnedLines = (lines: readonly Line[]): Line[] =>
  lines.map(({ label, series, dashed, points }) => ({
    label: `pinned ${label}`,
    series,
    ...(dashed ? { dashed } : {}),
    points,
    pinned: true,
  }));

/** The domains of both axes: those that are given, or what fits the data; y only the data within the domain of x. */
export function domainsOf({ x, y, lines, points }: ChartData): [Domain, Domain] {
  const hasPlace = (scale: Axis['scale'], value: number): boolean =>
    Number.isFinite(value) && (scale === 'linear' || value > 0);
  const data = [
    ...points.flatMap((series) => series.points.map(([u, { value }]) => [u, value] as const)),
    ...lines.flatMap((series) => series.points),
  ];
  const fit = (axis: Axis, values: readonly number[]): Domain => {
    const placed = values.filter((value) => hasPlace(axis.scale, value));
    return axis.domain ?? (placed.length > 0 ? domainOf(axis.scale, placed) : fallback(axis.scale));
  };
  const [from, to] = fit(
    x,
    data.map(([u]) => u),
  );
  const inside = data.filter(([u]) => u >= from && u <= to);
  return [
    [from, to],
    fit(
      y,
      inside.map(([, v]) => v),
    ),
  ];
}

const fallback = (scale: Axis['scale']): Domain => (scale === 'log' ? [1, 100] : [0, 1]);

/** Maps a domain to pixels. NaN for a value that a logarithmic axis cannot show. */
export function scaleOf(scale: Axis['scale'], [low, high]: Domain, [from, to]: Domain): (value: number) => number {
  const transform = scale === 'log' ? Math.log : Number;
  const start = transform(low);
  const span = transform(high) - start;
  return (value) => from + ((transform(value) - start) / span) * (to - from);
}

/**
 * Every how many names, `distance` px apart, an axis has room for one: 1, 2, 5, 10, 20, … `text` is the size of the
 * text, px.
 */
export function nameInterval(names: readonly string[], distance: number, text: number): number {
  const needed = (Math.max(0, ...names.map((name) => textWidth(name, text))) + 0.5 * text) / distance;
  for (let ten = 1; ; ten *= 10) {
    const interval = [1, 2, 5].map((few) => few * ten).find((few) => few >= needed);
    if (interval) return interval;
  }
}
