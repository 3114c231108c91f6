import { ticksOf, type Axis } from '#figure';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Picture } from '../stimulus/picture.js';
import { Axes } from './axes.js';
import { Legend, legendRows, type LegendEntry } from './legend.js';
import { domainsOf, scaleOf, type ChartData } from './scales.js';
import { Series } from './series.js';
import { useWidth } from './use-width.js';

interface ChartProps extends ChartData {
  /** The label for screen readers. */
  readonly title: string;
  readonly x: Axis & { readonly names?: readonly string[]; readonly pictures?: readonly Picture[] | null };
  readonly height?: number;
  /** Drawn below the axis. */
  readonly legend?: readonly LegendEntry[];
}

/** Sizes in px on a page whose text has 15 px; charts grow with the text. */
const PAGE_TEXT = 15;
const SIZES = { left: 62, right: 14, top: 26, bottom: 44, text: 12, symbol: 3.8, tick: 17, row: 18, picture: 26 };

/** Theory as lines, simulation as points with error bars, on axes that fit them. */
export function Chart({ title, height: baseHeight = 260, legend = [], ...data }: ChartProps): ComponentChildren {
  const { x, y } = data;
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder, 420);
  const zoom = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / PAGE_TEXT;
  const text = SIZES.text * zoom;
  const rows = legendRows(legend, width - SIZES.left * zoom, text);
  const picture = x.pictures ? SIZES.picture * zoom : 0;
  const plotHeight = Math.round(baseHeight * zoom + picture);
  const height = plotHeight + Math.round(rows.length * SIZES.row * zoom);
  const left = SIZES.left * zoom;
  const top = SIZES.top * zoom;
  const right = left + Math.max(40, width - left - SIZES.right * zoom);
  const bottom = plotHeight - SIZES.bottom * zoom - picture;
  const [xDomain, yDomain] = domainsOf(data);
  const toX = scaleOf(x.scale, xDomain, [left, right]);
  const toY = scaleOf(y.scale, yDomain, [bottom, top]);
  const clip = useId();
  return (
    <div class="chart" ref={holder}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={title}
        font-size={text}
      >
        <clipPath id={clip}>
          <rect x={left} y={top - 4} width={right - left} height={bottom - top + 8} />
        </clipPath>
        <Axes
          frame={{ left, right, top, bottom }}
          x={{
            toPixels: toX,
            ticks: ticksOf(x.scale, xDomain, right - left, text, 'x'),
            names: x.names ?? [],
            pictures: x.pictures ?? [],
          }}
          y={{ toPixels: toY, ticks: ticksOf(y.scale, yDomain, bottom - top, text, 'y') }}
          picture={picture}
          text={text}
          offset={SIZES.tick * zoom + picture}
        />
        <text class="label" x={left + (right - left) / 2} y={plotHeight - 7 * zoom} text-anchor="middle">
          {x.label}
        </text>
        <text class="label" x={4} y={13 * zoom}>
          {y.label}
        </text>
        <Legend
          rows={rows}
          x={left}
          y={plotHeight + 8 * zoom}
          row={SIZES.row * zoom}
          text={text}
          symbol={SIZES.symbol * zoom}
        />
        <g clip-path={`url(#${clip})`}>
          <Series {...data} toX={toX} toY={toY} height={height} symbol={SIZES.symbol * zoom} />
        </g>
      </svg>
    </div>
  );
}
