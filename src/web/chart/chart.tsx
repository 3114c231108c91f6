import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { textZoom } from '../layout.js';
import type { Picture } from '../stimulus/picture.js';
import { Axes } from './axes.js';
import { layoutOf } from './layout.js';
import { Legend } from './legend.js';
import { lineThrough, seriesClass } from './marks.js';
import { EndLabels } from './names.js';
import type { LegendEntry } from './place-legend.js';
import type { ChartData } from './scales.js';
import { Series } from './series.js';
import { useReadout } from './readout/use-readout.js';
import { useWidth } from './use-width.js';

interface Path {
  readonly series: number;
  readonly dashed: boolean;
  readonly points: readonly (readonly [number, number])[];
}

interface ChartProps extends ChartData {
  /** The label for screen readers. */
  readonly title: string;
  readonly height?: number;
  /** Where a line across the plot stands, on the x axis. */
  readonly cursor?: number;
  /** What one network has done, as thin lines that are no statement of their own. */
  readonly paths?: readonly Path[];
  /** Pictures of the values 0, 1, … of the x axis, above their names. */
  readonly pictures?: readonly Picture[] | null;
  /** The meaning of its marks, drawn below the axis; names of lines come from the lines. */
  readonly legend?: readonly LegendEntry[];
}

/** Side of a picture on an axis of such a page, px. */
const PICTURE = 24;

/** Theory as lines, simulation as points with error bars, on axes that fit them; a readout at the pointer or by keyboard. */
export function Chart({
  title,
  height = 260,
  legend = [],
  cursor,
  paths = [],
  pictures = null,
  ...data
}: ChartProps): ComponentChildren {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder, 420);
  const zoom = textZoom();
  const room = pictures ? Math.round(PICTURE * zoom) : 0;
  const layout = layoutOf(data, legend, width, height, zoom, room);
  const { frame, text, symbol } = layout;
  const clip = useId();
  const pointer = useRef<PointerEvent | null>(null);
  const [Readout, wake] = useReadout();
  return (
    <div
      class="chart"
      ref={holder}
      tabIndex={0}
      role="application"
      aria-roledescription="chart"
      aria-label={`${title}: arrow keys read its values`}
      onPointerMove={(event) => {
        pointer.current = event;
        wake();
      }}
      onFocus={wake}
    >
      <svg
        viewBox={`0 0 ${width} ${layout.height}`}
        width={width}
        height={layout.height}
        role="img"
        aria-label={title}
        font-size={text}
      >
        <clipPath id={clip}>
          <rect
            x={frame.left}
            y={frame.top - 4}
            width={frame.right - frame.left}
            height={frame.bottom - frame.top + 8}
          />
        </clipPath>
        <Axes layout={layout} names={data.x.names ?? []} pictures={pictures} room={room} />
        <Legend legend={layout.legend} x={0} y={layout.legendTop} text={text} symbol={symbol} />
        <EndLabels layout={layout} />
        {cursor !== undefined && (
          <line
            class="cursor"
            x1={layout.toX(cursor)}
            x2={layout.toX(cursor)}
            y1={frame.top - 4}
            y2={frame.bottom}
            clip-path={`url(#${clip})`}
          />
        )}
        {paths.map(({ series, dashed, points }, k) => (
          <path
            key={k}
            class={`line path ${seriesClass(series)}`}
            clip-path={`url(#${clip})`}
            {...(dashed ? { 'stroke-dasharray': '1 3' } : {})}
            d={lineThrough(points.map(([u, v]) => [layout.toX(u), layout.toY(v)]))}
          />
        ))}
        <Series {...data} layout={layout} clip={`url(#${clip})`} />
      </svg>
      {Readout && <Readout holder={holder} pointer={pointer} layout={layout} data={data} />}
    </div>
  );
}
