import type { Estimate } from '#core';
import { domainOf, textWidth, ticksOf, type Axis } from '#figure';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Legend, legendRows, type LegendEntry } from './legend.js';
import { barAt, lineThrough, seriesClass, symbolAt } from './marks.js';
import { useWidth } from './use-width.js';

/** What theory draws: a line. */
interface Line {
  readonly label: string;
  readonly series: number;
  readonly dashed?: boolean;
  readonly points: readonly (readonly [number, number])[];
}

/** What simulation draws: points with error bars of two standard errors to each side. */
export interface Points {
  readonly label: string;
  readonly series: number;
  readonly hollow?: boolean;
  readonly points: readonly (readonly [number, Estimate])[];
}

interface ChartProps {
  /** What screen readers say of the picture. */
  readonly title: string;
  readonly x: Axis & { readonly names?: readonly string[] };
  readonly y: Axis;
  readonly lines: readonly Line[];
  readonly points: readonly Points[];
  readonly height?: number;
  /** Below the axis. */
  readonly legend?: readonly LegendEntry[];
}

/** Sizes in px at the text size of a page of 15 px; larger pages have larger charts. */
const PAGE_TEXT = 15;
const SIZES = { left: 62, right: 14, top: 26, bottom: 44, text: 12, symbol: 3.8, tick: 17, row: 18 };
const ERRORS = 2;

/** Theory as lines, simulation as points with error bars, on axes that fit them. */
export function Chart({ title, x, y, lines, points, height: usual = 260, legend = [] }: ChartProps): ComponentChildren {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder, 420);
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / PAGE_TEXT;
  const rows = legendRows(legend, width - SIZES.left * scale, SIZES.text * scale);
  const plain = Math.round(usual * scale);
  const height = plain + Math.round(rows.length * SIZES.row * scale);
  const [left, right, top, foot] = [SIZES.left, SIZES.right, SIZES.top, SIZES.bottom].map((size) => size * scale);
  const text = SIZES.text * scale;
  const under = SIZES.tick * scale;
  const clip = useId();
  const [xDomain, yDomain] = domains({ x, y, lines, points });
  const inner = {
    width: Math.max(40, width - left - right),
    height: plain - top - foot,
  };
  const toX = place(x.scale, xDomain, [left, left + inner.width]);
  const toY = place(y.scale, yDomain, [top + inner.height, top]);
  const xTicks = ticksOf(x.scale, xDomain, inner.width, text, 'x');
  const yTicks = ticksOf(y.scale, yDomain, inner.height, text, 'y');
  const bottom = top + inner.height;
  const names = x.names ?? [];
  const every = namesApart(names, Math.abs(toX(1) - toX(0)), text);
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
          <rect x={left} y={top - 4} width={inner.width} height={inner.height + 8} />
        </clipPath>
        {yTicks.labelled.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={left} x2={left + inner.width} y1={toY(tick)} y2={toY(tick)} />
            <text class="tick" x={left - 8} y={toY(tick) + 4} text-anchor="end">
              {yTicks.format(tick)}
            </text>
          </g>
        ))}
        <line class="axis" x1={left} x2={left + inner.width} y1={bottom} y2={bottom} />
        {names.length > 0
          ? names.map(
              (name, k) =>
                (k + 1) % every === 0 && (
                  <text class="tick" key={name} x={toX(k)} y={bottom + under} text-anchor="middle">
                    {name}
                  </text>
                ),
            )
          : xTicks.labelled.map((tick) => (
              <g key={tick}>
                <line class="axis" x1={toX(tick)} x2={toX(tick)} y1={bottom} y2={bottom + 4} />
                <text class="tick" x={toX(tick)} y={bottom + under} text-anchor="middle">
                  {xTicks.format(tick)}
                </text>
              </g>
            ))}
        <text class="label" x={left + inner.width / 2} y={plain - 7 * scale} text-anchor="middle">
          {x.label}
        </text>
        <text class="label" x={4} y={13 * scale}>
          {y.label}
        </text>
        <Legend
          rows={rows}
          x={left}
          y={plain + 8 * scale}
          row={SIZES.row * scale}
          text={text}
          symbol={SIZES.symbol * scale}
        />
        <g clip-path={`url(#${clip})`}>
          {lines.map(({ label, series, dashed, points: through }) => (
            <path
              key={label}
              class={`line ${seriesClass(series)}`}
              {...(dashed ? { 'stroke-dasharray': '6 4' } : {})}
              d={lineThrough(through.map(([u, v]) => [toX(u), toY(v)]))}
            />
          ))}
          {points.map(({ label, series, hollow, points: seen }) => (
            <g key={label} class={seriesClass(series)}>
              <path
                class="bar"
                d={seen
                  .map(([u, { value, se }]) =>
                    barAt(toX(u), bounded(toY(value - ERRORS * se), height), bounded(toY(value + ERRORS * se), height)),
                  )
                  .join('')}
              />
              <path
                class={hollow ? 'dot hollow' : 'dot'}
                d={seen
                  .filter(([u, { value }]) => Number.isFinite(toX(u)) && Number.isFinite(toY(value)))
                  .map(([u, { value }]) => symbolAt(series, toX(u), toY(value), SIZES.symbol * scale))
                  .join('')}
              />
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

/** Every how many names stand along an axis, so that none touches the next: 1, 2, 5, 10, 20, … */
function namesApart(names: readonly string[], distance: number, text: number): number {
  const needed = (Math.max(0, ...names.map((name) => textWidth(name, text))) + 0.5 * text) / distance;
  for (let ten = 1; ; ten *= 10) {
    const every = [1, 2, 5].map((few) => few * ten).find((few) => few >= needed);
    if (every) return every;
  }
}

/** The far end of an error bar that leaves the picture, or has no place on a logarithmic axis. */
const bounded = (place: number, height: number): number =>
  Number.isFinite(place) ? Math.min(Math.max(place, -height), 2 * height) : 2 * height;

type Domain = readonly [number, number];

function domains({ x, y, lines, points }: Pick<ChartProps, 'x' | 'y' | 'lines' | 'points'>): [Domain, Domain] {
  const shown = (scale: Axis['scale'], value: number): boolean =>
    Number.isFinite(value) && (scale === 'linear' || value > 0);
  const seenX = points.flatMap(({ points: seen }) => seen.map(([u]) => u)).filter((u) => shown(x.scale, u));
  const lineX = lines.flatMap(({ points: through }) => through.map(([u]) => u)).filter((u) => shown(x.scale, u));
  const own = [...seenX, ...lineX];
  const xDomain = x.domain ?? (own.length > 0 ? domainOf(x.scale, own) : fallback(x.scale));
  const inside = (u: number): boolean => u >= xDomain[0] && u <= xDomain[1];
  const values = [
    ...points.flatMap(({ points: seen }) => seen.filter(([u]) => inside(u)).map(([, { value }]) => value)),
    ...lines.flatMap(({ points: through }) => through.filter(([u]) => inside(u)).map(([, v]) => v)),
  ].filter((v) => shown(y.scale, v));
  return [xDomain, y.domain ?? (values.length > 0 ? domainOf(y.scale, values) : fallback(y.scale))];
}

const fallback = (scale: Axis['scale']): Domain => (scale === 'log' ? [1, 100] : [0, 1]);

/** Where a value stands between two ends, px. NaN where a logarithmic axis has no place for it. */
function place(scale: Axis['scale'], [low, high]: Domain, [from, to]: Domain): (value: number) => number {
  const along = scale === 'log' ? Math.log : Number;
  const start = along(low);
  const span = along(high) - start;
  return (value) => from + ((along(value) - start) / span) * (to - from);
}
