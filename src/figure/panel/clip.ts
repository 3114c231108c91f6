import { functionsOf, type Axis } from '../drawing/axis.js';

export interface XY {
  readonly x: number;
  readonly y: number;
}

type Domain = readonly [number, number];

/** The parts of a polyline that are inside a rectangle; its segments are straight on the scales of the axes. */
export function clipLine(
  points: readonly XY[],
  [xScale, xDomain]: readonly [Axis['scale'], Domain],
  [yScale, yDomain]: readonly [Axis['scale'], Domain],
): XY[][] {
  const parts: XY[][] = [];
  let open: XY[] | null = null;
  const [fx, bx] = functionsOf(xScale);
  const [fy, by] = functionsOf(yScale);
  for (let k = 1; k < points.length; k++) {
    const [from, to] = [points[k - 1], points[k]];
    const [x0, x1, y0, y1] = [fx(from.x), fx(to.x), fy(from.y), fy(to.y)];
    const range = clipSegment([x0, x1, ...xDomain.map(fx)], [y0, y1, ...yDomain.map(fy)]);
    if (range === null) {
      open = null;
      continue;
    }
    const at = (t: number): XY =>
      t === 0 ? from : t === 1 ? to : { x: bx(x0 + t * (x1 - x0)), y: by(y0 + t * (y1 - y0)) };
    if (open === null || range[0] > 0) parts.push((open = [at(range[0])]));
    open.push(at(range[1]));
    if (range[1] < 1) open = null;
  }
  return parts;
}

/** The interval of a segment that is inside, as fractions, by Liang and Barsky; each axis is [from, to, low, high]. */
function clipSegment(...axes: readonly (readonly number[])[]): [number, number] | null {
  let [enter, leave] = [0, 1];
  for (const [from, to, low, high] of axes) {
    const step = to - from;
    if (step === 0) {
      if (from < low || from > high) return null;
      continue;
    }
    const [a, b] = [(low - from) / step, (high - from) / step];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter <= leave ? [enter, leave] : null;
}
