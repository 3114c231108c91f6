import * as Plot from '@observablehq/plot';
import { clipLine } from './clip.js';
import { isInside, type Curve, type Domains, type Dots, type Panel } from './panel.js';
import { bandOptions, DOT_RADIUS, dotOptions, lineOptions, offScaleOptions, openOptions } from './series-style.js';
import { GREY, type SeriesStyle } from '../drawing/palette.js';

type Interval = readonly [number, number];

/** Error bars, cut at the ends of the axis. */
export const barsOf = (points: Dots['points'], [low, high]: Interval): { x: number; y1: number; y2: number }[] =>
  points
    .map(({ x, y, se }) => ({ x, y1: Math.max(y - se, low), y2: Math.min(y + se, high) }))
    .filter(({ y1, y2 }) => y1 < y2);

/** A shaded area, cut at the ends of the axes. */
export function areaMarks(band: NonNullable<Panel['band']>, { x, y: [bottom, top] }: Domains): Plot.Markish[] {
  const within = (y: number): number => Math.min(Math.max(y, bottom), top);
  const points = band.flatMap((point) =>
    isInside(point.x, x) ? [{ x: point.x, y1: within(point.low), y2: within(point.high) }] : [],
  );
  return points.length < 2 ? [] : [Plot.areaY(points, bandOptions(GREY))];
}

/** A line, cut at the ends of the axes, or open markers. */
export function theoryMarks(
  { points, errors, dashed, open }: Curve,
  { x, y }: Panel,
  domains: Domains,
  style: SeriesStyle,
): Plot.Markish[] {
  if (open) {
    const inside = points.filter((point) => isInside(point.x, domains.x) && isInside(point.y, domains.y));
    return [Plot.dot(inside, openOptions(style.colour))];
  }
  const band = errors ? [Plot.areaY(bandOf(points, errors, domains), { ...bandOptions(style.colour) })] : [];
  const lines = clipLine(points, [x.scale, domains.x], [y.scale, domains.y]).map((part) =>
    Plot.line(part, { x: 'x', y: 'y', ...lineOptions(style, dashed) }),
  );
  return [...band, ...lines];
}

/** The band around a line, cut at the ends of the axes. */
function bandOf(
  points: Curve['points'],
  errors: readonly number[],
  domains: Domains,
): { x: number; y1: number; y2: number }[] {
  const [low, high] = domains.y;
  const within = (y: number): number => Math.min(Math.max(y, low), high);
  return points.flatMap(({ x, y }, i) =>
    isInside(x, domains.x) ? [{ x, y1: within(y - errors[i]), y2: within(y + errors[i]) }] : [],
  );
}

/** Points with error bars. A point beyond the axis is a triangle at the end of the axis. */
export function dotMarks(points: Dots['points'], domain: Interval, style: SeriesStyle): Plot.Markish[] {
  const [low, high] = domain;
  const outside = (upwards: boolean): Plot.Markish =>
    Plot.dot(
      points.filter(({ y }) => (upwards ? y > high : y < low)).map(({ x }) => ({ x, y: upwards ? high : low })),
      { ...offScaleOptions(style.colour, upwards), dy: upwards ? DOT_RADIUS : -DOT_RADIUS },
    );
  return [
    Plot.ruleX(barsOf(points, domain), { x: 'x', y1: 'y1', y2: 'y2', stroke: style.colour, strokeWidth: 1.4 }),
    outside(true),
    outside(false),
    Plot.dot(
      points.filter(({ y }) => isInside(y, domain)),
      dotOptions(style),
    ),
  ];
}
