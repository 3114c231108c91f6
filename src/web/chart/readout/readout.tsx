// What is loaded when a chart is first pointed at or has the focus.
import { MISSING } from '#core';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { count, format } from '../../format.js';
import { cell } from '../data-table.js';
import { hovered, onHover, useHover, type Hover } from './hover.js';
import type { ChartLayout } from '../layout.js';
import { seriesClass, symbolAt } from '../marks.js';
import { inFrame } from '../out-of-range.js';
import { nearestIndex, readingsAt, stopsOf, type Reading } from './readings.js';
import type { ChartData } from '../scales.js';
import { listenTo } from './reading-input.js';

export interface ReadoutProps {
  readonly holder: RefObject<HTMLElement | null>;
  /** The last movement of the pointer over the chart. */
  readonly pointer: RefObject<PointerEvent | null>;
  readonly layout: ChartLayout;
  readonly data: ChartData;
}

// By a sheet of its own, so that nothing is drawn again for it.
const highlight = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, highlight];
onHover(() => {
  const probe = hovered()?.probe ?? null;
  highlight.replaceSync(
    probe === null
      ? ''
      : `.chart [data-probe]:not([data-probe='${probe}']) { opacity: 0.25 } tr[data-probe='${probe}'] > * { background: var(--grid) }`,
  );
});

/** A line across the plot where it is read, or where another chart with such an axis is; and there the values. */
export function Readout({ holder, pointer, layout, data }: ReadoutProps): ComponentChildren {
  const hover = useHover();
  const latest = useRef({ layout, data });
  latest.current = { layout, data };
  useEffect(() => (holder.current ? listenTo(holder.current, pointer.current, () => latest.current) : undefined), []);
  const place = placeOf(hover, layout, data);
  if (hover === null || place === null) return null;
  const readings = readingsAt(data, place);
  const { width, height, frame, toX } = layout;
  const x = Math.min(frame.right, Math.max(frame.left, toX(place)));
  return (
    <>
      <svg class="crosshair" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        <path class="cross" d={`M${x},${frame.top}V${frame.bottom}`} />
        {readings.map((reading) => (
          <ReadMarks key={reading.series} reading={reading} place={place} layout={layout} />
        ))}
      </svg>
      {hover.source === holder.current && (
        <Values data={data} place={place} readings={readings} chosen={hover.series} layout={layout} x={x} />
      )}
    </>
  );
}

/** The place of this chart that is read: its own, or the one nearest to that of another chart. */
function placeOf(hover: Hover | null, { xDomain, toX, frame }: ChartLayout, data: ChartData): number | null {
  if (hover === null) return null;
  const { kind } = data.x;
  const at = kind !== undefined && hover.kind === kind ? hover.at : kind === 'probe' ? hover.probe : null;
  const stops = stopsOf(data, xDomain);
  if (at === null || stops.length === 0) return null;
  const inPixels = toX(at);
  if (inPixels < frame.left - 1 || inPixels > frame.right + 1) return null;
  return stops[nearestIndex(stops.map(toX), inPixels)];
}

interface ReadMarksProps {
  readonly reading: Reading;
  readonly place: number;
  readonly layout: ChartLayout;
}

/** Rings about the values that are read. */
function ReadMarks({ reading: { series, theory, simulation }, place, layout }: ReadMarksProps): ComponentChildren {
  return [theory, simulation?.value ?? null].map((value, k) => {
    const at = value === null ? null : inFrame(layout, place, value);
    return (
      at && <path key={k} class={`ring ${seriesClass(series)}`} d={symbolAt(0, at.x, at.y, 1.7 * layout.symbol)} />
    );
  });
}

/** Width of a chart below which its values stand under the plot, px. */
const NARROW = 480;

interface ValuesProps {
  readonly data: ChartData;
  readonly place: number;
  readonly readings: readonly Reading[];
  readonly chosen: number | null;
  readonly layout: ChartLayout;
  readonly x: number;
}

/** The values beside the line; read out by screen readers as the keys move it. */
function Values({ data: { x: axis }, place, readings, chosen, layout, x }: ValuesProps): ComponentChildren {
  const { width, frame } = layout;
  const where = axis.names ? '' : `${axis.label || 'steps'}: ${axis.kind === 'steps' ? count(place) : format(place)}`;
  const style =
    width < NARROW
      ? { left: `${x}px`, top: `${frame.bottom + 4}px`, translate: `${(-100 * x) / width}%` }
      : x < (frame.left + frame.right) / 2
        ? { left: `${x + 12}px`, top: `${frame.top}px` }
        : { right: `${width - x + 12}px`, top: `${frame.top}px` };
  return (
    <div class="readout" role="status" style={style}>
      <table>
        {where && <caption>{where}</caption>}
        <thead>
          <tr>
            <td />
            <th scope="col">theory</th>
            <th scope="col">simulation ± s.e.</th>
            <th scope="col">z</th>
          </tr>
        </thead>
        <tbody>
          {readings.map(({ series, name, theory, simulation, z }) => (
            <tr
              key={series}
              class={`${seriesClass(series)}${series === chosen && readings.length > 1 ? ' chosen' : ''}`}
            >
              {name ? <th scope="row">{name}</th> : <td />}
              <td>{cell(theory)}</td>
              <td>{cell(simulation)}</td>
              <td>{z === null ? MISSING : `${z < 0 ? '−' : '+'}${Math.abs(z).toFixed(1)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
