import type { ComponentChildren } from 'preact';
import type { ChartLayout } from './layout.js';
import { areasBetween, arrowAt, barAt, lineThrough, seriesClass, symbolAt } from './marks.js';
import { inFrame } from './out-of-range.js';
import type { ChartData, Line } from './scales.js';

/** Standard errors to each side that an error bar shows. */
const ERRORS = 2;

interface SeriesProps extends Pick<ChartData, 'lines' | 'points'> {
  readonly layout: ChartLayout;
  /** Reference to the clip path of the plot. */
  readonly clip: string;
}

/** The lines and points of a chart; points beyond its axes are arrows at the edge. */
export function Series({ lines, points, layout, clip }: SeriesProps): ComponentChildren {
  const { toX, toY, height, symbol } = layout;
  const end = (value: number): number => bounded(toY(value), height);
  // What is pinned lies below what theory says now.
  const inOrder = [...lines].sort((a, b) => Number(b.pinned ?? false) - Number(a.pinned ?? false));
  const measured = points.map((series) => ({
    ...series,
    places: series.points.map(([u, { value }]) => inFrame(layout, u, value)),
  }));
  return (
    <>
      <g clip-path={clip}>
        {bandsByColour(lines).map(([colour, banded]) => (
          <path
            key={`${colour}, bands`}
            class={`band ${colour}`}
            data-probe={banded.length === 1 ? banded[0].probe : undefined}
            d={banded
              .map(({ points: line, errors }) =>
                areasBetween(line.map(([u, v], i) => [toX(u), end(v - errors[i]), end(v + errors[i])] as const)),
              )
              .join('')}
          />
        ))}
        {inOrder.map(({ label, series, dashed, pinned, probe, points: line }) => (
          <path
            key={label}
            class={`line ${pinned ? 'pinned ' : ''}${seriesClass(series)}`}
            data-probe={probe}
            {...(dashed ? { 'stroke-dasharray': '6 4' } : {})}
            d={lineThrough(line.map(([u, v]) => [toX(u), toY(v)]))}
          />
        ))}
        {measured.map(({ label, series, hollow, probe, points: estimates, places }) => (
          <g key={label} class={seriesClass(series)} data-probe={probe}>
            <path
              class="bar"
              d={estimates
                .map(([u, { value, se }]) => barAt(toX(u), end(value - ERRORS * se), end(value + ERRORS * se)))
                .join('')}
            />
            <path
              class={hollow ? 'dot hollow' : 'dot'}
              d={places
                .flatMap((place) => (place?.beyond === null ? [symbolAt(series, place.x, place.y, symbol)] : []))
                .join('')}
            />
          </g>
        ))}
      </g>
      {measured.map(({ label, series, probe, places }) => {
        const arrows = places.flatMap((place) =>
          place?.beyond ? [arrowAt(place.x, place.y, place.beyond, symbol)] : [],
        );
        return (
          arrows.length > 0 && (
            <path
              key={`${label}, beyond`}
              class={`beyond ${seriesClass(series)}`}
              data-probe={probe}
              d={arrows.join('')}
            />
          )
        );
      })}
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
