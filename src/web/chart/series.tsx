import type { ComponentChildren } from 'preact';
import { areasBetween, barAt, lineThrough, seriesClass, symbolAt } from './marks.js';
import type { ChartData, Line } from './scales.js';

/** Standard errors to each side that an error bar shows. */
const ERRORS = 2;

interface SeriesProps extends Pick<ChartData, 'lines' | 'points'> {
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  /** Height of the chart, and size of a symbol, px. */
  readonly height: number;
  readonly symbol: number;
}

/** The lines and points of a chart. */
export function Series({ lines, points, toX, toY, height, symbol }: SeriesProps): ComponentChildren {
  const end = (value: number): number => bounded(toY(value), height);
  return (
    <>
      {bandsByColour(lines).map(([colour, banded]) => (
        <path
          key={`${colour}, bands`}
          class={`band ${colour}`}
          d={banded
            .map(({ points: line, errors }) =>
              areasBetween(line.map(([u, v], i) => [toX(u), end(v - errors[i]), end(v + errors[i])] as const)),
            )
            .join('')}
        />
      ))}
      {lines.map(({ label, series, dashed, points: line }) => (
        <path
          key={label}
          class={`line ${seriesClass(series)}`}
          {...(dashed ? { 'stroke-dasharray': '6 4' } : {})}
          d={lineThrough(line.map(([u, v]) => [toX(u), toY(v)]))}
        />
      ))}
      {points.map(({ label, series, hollow, points: measured }) => (
        <g key={label} class={seriesClass(series)}>
          <path
            class="bar"
            d={measured
              .map(([u, { value, se }]) => barAt(toX(u), end(value - ERRORS * se), end(value + ERRORS * se)))
              .join('')}
          />
          <path
            class={hollow ? 'dot hollow' : 'dot'}
            d={measured
              .filter(([u, { value }]) => Number.isFinite(toX(u)) && Number.isFinite(toY(value)))
              .map(([u, { value }]) => symbolAt(series, toX(u), toY(value), symbol))
              .join('')}
          />
        </g>
      ))}
    </>
  );
}

type BandedLine = Line & Required<Pick<Line, 'errors'>>;

/** The lines with bands by their colour, so that a path holds all of a colour. */
function bandsByColour(lines: readonly Line[]): [colour: string, lines: BandedLine[]][] {
  const byColour = new Map<string, BandedLine[]>();
  for (const line of lines) {
    const { errors } = line;
    if (!errors) continue;
    const colour = seriesClass(line.series);
    byColour.set(colour, [...(byColour.get(colour) ?? []), { ...line, errors }]);
  }
  return [...byColour];
}

/** The end of an error bar in px, kept near the chart: it may lie far outside, or below zero on a logarithmic axis. */
const bounded = (y: number, height: number): number =>
  Number.isFinite(y) ? Math.min(Math.max(y, -height), 2 * height) : 2 * height;
