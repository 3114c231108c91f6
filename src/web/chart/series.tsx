import type { ComponentChildren } from 'preact';
import { areasBetween, barAt, lineThrough, seriesClass, symbolAt } from './marks.js';
import type { ChartData } from './scales.js';

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
      {lines.map(
        ({ label, series, points: line, errors }) =>
          errors && (
            <path
              key={`${label}, band`}
              class={`band ${seriesClass(series)}`}
              d={areasBetween(line.map(([u, v], i) => [toX(u), end(v - errors[i]), end(v + errors[i])] as const))}
            />
          ),
      )}
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

/** The end of an error bar in px, kept near the chart: it may lie far outside, or below zero on a logarithmic axis. */
const bounded = (y: number, height: number): number =>
  Number.isFinite(y) ? Math.min(Math.max(y, -height), 2 * height) : 2 * height;
