import * as Plot from '@observablehq/plot';
import { requireFinite } from './check.js';
import { drawing } from './drawing.js';
import { GLYPH, legend, type LegendEntry } from './legend.js';
import { fontSize, type FigureDocument, type FigureOptions } from './options.js';
import { GREY, seriesStyle, SYMBOL_REACH } from './palette.js';
import { labelTexts, placeLabels } from './place-labels.js';
import { innerWidth, sheet, type Block } from './sheet.js';

type Vector = readonly [number, number, number];

/** The way of one representation in three principal directions (activation), in the order of time. */
export interface Trajectory {
  readonly name: string;
  readonly points: readonly Vector[];
}

const LARGEST_SIDE = 520;
/** A trail is drawn in so many pieces, each darker than the one before. */
const PIECES = 24;
const OUTLINE_POINTS = 90;
const HINT = '#c4c4c4';

/** Viewed from 35 degrees beside the first axis and 22 degrees above the plane of the first two: rows are right, up, towards the reader. */
const view = ((azimuth: number, elevation: number): readonly Vector[] => {
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  return [
    [-sa, ca, 0],
    [-se * ca, -se * sa, ce],
    [ce * ca, ce * sa, se],
  ];
})((35 * Math.PI) / 180, (22 * Math.PI) / 180);

interface Seen {
  readonly x: number;
  readonly y: number;
  /** Towards the reader. */
  readonly depth: number;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Orthographic projection. */
const see = (point: Vector): Seen => ({ x: dot(view[0], point), y: dot(view[1], point), depth: dot(view[2], point) });

/**
 * Stimuli turning on the minimum-loss manifold, in three principal directions: a trail for each, pale at its start, full at
 * its end, and the sphere of constant |h| around them. Returns the SVG as text; throws TypeError for numbers that are not
 * finite and for a trail without points.
 */
export function trajectoryFigure(
  trails: readonly Trajectory[],
  document: FigureDocument,
  options: FigureOptions & { readonly axes: readonly [string, string, string] },
): string {
  for (const { name, points } of trails) {
    if (points.length === 0) throw new TypeError(`${name}: expected at least one point`);
    requireFinite(name, points.flat());
  }
  const size = fontSize(options);
  const width = innerWidth(options);
  const radius = Math.max(...trails.flatMap(({ points }) => points.map((point) => Math.hypot(...point)))) || 1;
  return sheet(
    [
      legend(legendEntries(trails), width, size, document),
      picture(trails, options.axes, radius, width, size, document),
    ],
    options,
  );
}

function picture(
  trails: readonly Trajectory[],
  axes: readonly [string, string, string],
  radius: number,
  width: number,
  size: number,
  document: FigureDocument,
): Block {
  // The sphere leaves room for the axes, which are longer, and their names.
  const scale = (0.5 * Math.min(width, LARGEST_SIDE) - 2 * size) / (1.2 * radius);
  const height = 2 * (1.15 * radius * scale + 1.5 * size);
  const place = ({ x, y }: Seen): { x: number; y: number } => ({ x: width / 2 + scale * x, y: height / 2 - scale * y });
  const at = (point: Vector): { x: number; y: number } => place(see(point));
  const pieces = trails
    .flatMap(({ points }, k) => piecesOf(points.map(see), seriesStyle(k).colour))
    .sort((a, b) => a.depth - b.depth);
  const ends = trails.map(({ name, points }, k) => ({
    name,
    style: seriesStyle(k),
    start: at(points[0]),
    end: at(points[points.length - 1]),
  }));
  const tips = axisVectors(1.2 * radius).map(at);
  const circles = sphere(radius).map(({ points, front }) => ({ points: points.map(place), front }));
  const marks = drawing(document, 0, 0, {
    width,
    height,
    margin: 0,
    axis: null,
    x: { type: 'identity' },
    y: { type: 'identity' },
    marks: [
      ...circles.map(({ points, front }) =>
        Plot.line(points, { x: 'x', y: 'y', stroke: HINT, strokeDasharray: front ? 'none' : '2 3' }),
      ),
      ...axisVectors(-1.2 * radius).map((tail, k) =>
        Plot.line([at(tail), tips[k]], { x: 'x', y: 'y', stroke: GREY, strokeWidth: 0.9 }),
      ),
      ...pieces.map(({ points, colour }) =>
        Plot.line(points.map(place), { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.8, strokeLinecap: 'round' }),
      ),
      ...ends.flatMap(({ start, end, style }) => [
        Plot.dot([start], { ...startOptions, stroke: style.colour }),
        Plot.dot([end], { ...endOptions, symbol: style.symbol, fill: style.colour }),
      ]),
    ],
  });
  const reach = endOptions.r * SYMBOL_REACH;
  const obstacles = ends
    .flatMap(({ start, end }) => [start, end])
    .map(({ x, y }) => ({ x1: x - reach, x2: x + reach, y1: y - reach, y2: y + reach }));
  const labels = [
    ...tips.map((tip, k) => ({ ...tip, text: axes[k] })),
    ...ends.map(({ name, end }) => ({ ...end, text: name })),
  ];
  // A text over a trail would hide it; its points stand closely enough.
  const trailBoxes = trails
    .flatMap(({ points }) => points.map(at))
    .map(({ x, y }) => ({ x1: x - 2, x2: x + 2, y1: y - 2, y2: y + 2 }));
  const frame = { x1: 0, y1: 0, x2: width, y2: height };
  return {
    height,
    svg: `<g class="panel">${marks}${labelTexts(placeLabels(labels, obstacles, frame, size, reach, trailBoxes), size)}</g>`,
  };
}

const axisVectors = (length: number): Vector[] => [
  [length, 0, 0],
  [0, length, 0],
  [0, 0, length],
];

/** The sphere as its outline and its equator, front half and back half. */
function sphere(radius: number): { points: Seen[]; front: boolean }[] {
  const circle = (from: number, to: number, point: (cos: number, sin: number) => Seen): Seen[] =>
    Array.from({ length: OUTLINE_POINTS + 1 }, (_, k) => {
      const angle = from + ((to - from) * k) / OUTLINE_POINTS;
      return point(radius * Math.cos(angle), radius * Math.sin(angle));
    });
  const equator = (cos: number, sin: number): Seen => see([cos, sin, 0]);
  // The equator turns away from the reader a quarter beside the direction from which it is seen.
  const azimuth = Math.atan2(view[2][1], view[2][0]);
  return [
    { points: circle(0, 2 * Math.PI, (x, y) => ({ x, y, depth: 0 })), front: true },
    { points: circle(azimuth - Math.PI / 2, azimuth + Math.PI / 2, equator), front: true },
    { points: circle(azimuth + Math.PI / 2, azimuth + (3 * Math.PI) / 2, equator), front: false },
  ];
}

interface Piece {
  readonly points: readonly Seen[];
  readonly colour: string;
  readonly depth: number;
}

/** A trail cut by time; neighbouring pieces share a point. */
function piecesOf(points: readonly Seen[], colour: string): Piece[] {
  const steps = points.length - 1;
  const count = Math.min(PIECES, steps);
  return Array.from({ length: count }, (_, k) => {
    const part = points.slice(Math.floor((k * steps) / count), Math.floor(((k + 1) * steps) / count) + 1);
    const depth = part.reduce((sum, point) => sum + point.depth, 0) / part.length;
    return { points: part, colour: paler(colour, (k + 1) / count), depth };
  });
}

/** A colour mixed with white, from a quarter of it on. */
function paler(colour: string, fraction: number): string {
  const share = 0.25 + 0.75 * fraction;
  const mixed = [1, 3, 5].map((k) => Math.round(255 + share * (Number.parseInt(colour.slice(k, k + 2), 16) - 255)));
  return `rgb(${mixed.join(',')})`;
}

const startOptions = { x: 'x', y: 'y', r: 4, symbol: 'circle', fill: 'white', strokeWidth: 1.6 } as const;
const endOptions = { x: 'x', y: 'y', r: 5, stroke: 'white', strokeWidth: 0.7 } as const;

function legendEntries(trails: readonly Trajectory[]): LegendEntry[] {
  const radii = trails.map(({ points }) => Math.max(...points.map((point) => Math.hypot(...point))));
  const areAlike = Math.min(...radii) > 0.9 * Math.max(...radii);
  const { width, height } = GLYPH;
  const middle = { x: width / 2, y: height / 2 };
  const along = Array.from({ length: 8 }, (_, k) => ({ x: (k * width) / 7, y: height / 2, depth: 0 }));
  const ellipse = Array.from({ length: 41 }, (_, k) => [
    middle.x + 7 * Math.cos((k * Math.PI) / 20),
    middle.y + 7 * Math.sin((k * Math.PI) / 20),
  ]);
  const fading = piecesOf(along, GREY).map(({ points, colour }) =>
    Plot.line(points, { x: 'x', y: 'y', stroke: colour, strokeWidth: 1.8 }),
  );
  return [
    ...trails.map(({ name }, k): LegendEntry => {
      const { symbol, colour } = seriesStyle(k);
      return { text: name, marks: [Plot.dot([middle], { ...endOptions, symbol, fill: colour })] };
    }),
    { text: 'start', marks: [Plot.dot([middle], { ...startOptions, stroke: GREY })] },
    { text: 'pale to full: time; the symbol is the end', marks: fading },
    {
      text: `sphere of constant |h|${areAlike ? '' : ' of the outermost trail'} and its equator`,
      marks: [Plot.line(ellipse, { stroke: HINT })],
    },
  ];
}
