import type { Axis } from '../drawing/axis.js';
import { SYMBOL_REACH } from '../drawing/palette.js';
import { labelTexts, placeLabels, type Box } from '../drawing/place-labels.js';
import type { XY } from './clip.js';
import { barsOf } from './marks.js';
import type { Domains, Panel } from './panel.js';
import { DOT_RADIUS } from './series-style.js';

/** The names beside the dots of a panel, away from dots and error bars. */
export function dotLabels(panel: Panel, domains: Domains, frame: Box, size: number): string {
  const place = ({ x, y }: XY): XY => ({
    x: frame.x1 + fractionOf(panel.x.scale, domains.x, x) * (frame.x2 - frame.x1),
    y: frame.y2 - fractionOf(panel.y.scale, domains.y, y) * (frame.y2 - frame.y1),
  });
  const reach = DOT_RADIUS * SYMBOL_REACH;
  const dots = panel.simulation
    .flatMap(({ points }) => points.map(place))
    .map(({ x, y }) => boxAround(x, y, reach, reach));
  const bars = panel.simulation.flatMap(({ points }) =>
    barsOf(points, domains.y).map(({ x, y1, y2 }) => {
      const [lower, upper] = [place({ x, y: y1 }), place({ x, y: y2 })];
      return boxAround(lower.x, (lower.y + upper.y) / 2, 1, (lower.y - upper.y) / 2);
    }),
  );
  const labels = (panel.labels ?? []).map(({ text, ...point }) => ({ text, ...place(point) }));
  const lines = panel.labelsBesideLines
    ? linesOf(panel, domains).flatMap((points) => boxesAlong(points.map(place)))
    : [];
  return labelTexts(placeLabels(labels, [...dots, ...bars], frame, size, reach, lines), size);
}

/** The lines of a panel. */
const linesOf = ({ theory, referenceLine }: Panel, { x }: Domains): readonly (readonly XY[])[] => [
  ...theory.filter(({ open }) => !open).map(({ points }) => points),
  ...(referenceLine ? [x.map((end) => ({ x: end, y: referenceLine.y }))] : []),
];

/** Boxes that cover a line, each a few px wide. */
function boxesAlong(points: readonly XY[]): Box[] {
  return points.slice(1).flatMap((to, k) => {
    const from = points[k];
    const count = Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) / LINE_STEP) + 1;
    return Array.from({ length: count }, (_, i) => {
      const at = i / (count - 1 || 1);
      return boxAround(from.x + at * (to.x - from.x), from.y + at * (to.y - from.y), LINE_STEP / 2, LINE_STEP / 2);
    });
  });
}

/** Side of the boxes along a line, px. */
const LINE_STEP = 4;

/** Where on an axis a value is drawn, from 0 to 1. */
function fractionOf(scale: Axis['scale'], [low, high]: readonly [number, number], value: number): number {
  const drawn = Math.min(Math.max(value, low), high);
  return scale === 'log' ? Math.log(drawn / low) / Math.log(high / low) : (drawn - low) / (high - low);
}

const boxAround = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  x1: x - halfWidth,
  x2: x + halfWidth,
  y1: y - halfHeight,
  y2: y + halfHeight,
});
