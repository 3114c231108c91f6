import * as Plot from '@observablehq/plot';
import { assertFinite } from '../../drawing/check.js';
import { GLYPH, legend, type LegendEntry } from '../../drawing/legend.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../../drawing/options.js';
import { GREY, seriesStyle, SYMBOL_REACH } from '../../drawing/palette.js';
import { labelTexts, placeLabels } from '../../drawing/place-labels.js';
import { plotGroup } from '../../drawing/plot-group.js';
import { innerWidth, sheet, type Block } from '../../drawing/sheet.js';
import { defineFigure, isKind, type FigureData } from '../../figure.js';
import { piecesOf } from './pieces.js';
import { axisVectors, project, sphere, type Projected, type Vector } from './projection.js';

/** One representation over time, in three principal directions (activation). */
export interface Trajectory {
  readonly name: string;
  readonly points: readonly Vector[];
}

export interface TrajectoryTable extends FigureData {
  readonly kind: 'trajectories';
  readonly trajectories: readonly Trajectory[];
  /** Names of the three directions. */
  readonly axes: readonly [string, string, string];
}

export const trajectories = defineFigure<TrajectoryTable>({
  name: 'trajectories',
  applies: isKind('trajectories'),
  draw: drawTrajectories,
});

const MAX_SIDE = 520;
const HINT = '#c4c4c4';

/**
 * Representations that move on the minimum-loss manifold, in three principal directions: lines that are pale at the
 * start and full at the end, and the sphere of constant |h| around them. Returns the SVG as text. Throws TypeError for
 * numbers that are not finite, and for a trajectory without points.
 */
function drawTrajectories(
  { trajectories: all, axes }: TrajectoryTable,
  document: FigureDocument,
  options: FigureOptions,
): string {
  for (const { name, points } of all) {
    if (points.length === 0) throw new TypeError(`${name}: expected at least one point`);
    assertFinite(name, points.flat());
  }
  const size = fontSize(options);
  const width = innerWidth(options);
  const radius = Math.max(...all.flatMap(({ points }) => points.map((point) => Math.hypot(...point)))) || 1;
  const blocks = [legend(legendEntries(all), width, size, document), picture(all, axes, radius, width, size, document)];
  return sheet(blocks, options);
}

function picture(
  all: readonly Trajectory[],
  axes: readonly [string, string, string],
  radius: number,
  width: number,
  size: number,
  document: FigureDocument,
): Block {
  // The axes are longer than the radius of the sphere, and have names at their ends.
  const scale = (0.5 * Math.min(width, MAX_SIDE) - 2 * size) / (1.2 * radius);
  const height = 2 * (1.15 * radius * scale + 1.5 * size);
  const place = ({ x, y }: Projected): { x: number; y: number } => ({
    x: width / 2 + scale * x,
    y: height / 2 - scale * y,
  });
  const at = (point: Vector): { x: number; y: number } => place(project(point));
  const pieces = all
    .flatMap(({ points }, k) => piecesOf(points.map(project), seriesStyle(k).colour))
    .sort((a, b) => a.depth - b.depth);
  const ends = all.map(({ name, points }, k) => ({
    name,
    style: seriesStyle(k),
    start: at(points[0]),
    end: at(points[points.length - 1]),
  }));
  const tips = axisVectors(1.2 * radius).map(at);
  const circles = sphere(radius).map(({ points, front }) => ({ points: points.map(place), front }));
  const marks = plotGroup(document, 0, 0, {
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
  // Texts keep clear of the lines, of which the points are close enough to each other.
  const lineBoxes = all
    .flatMap(({ points }) => points.map(at))
    .map(({ x, y }) => ({ x1: x - 2, x2: x + 2, y1: y - 2, y2: y + 2 }));
  const frame = { x1: 0, y1: 0, x2: width, y2: height };
  return {
    height,
    svg: `<g class="panel">${marks}${labelTexts(placeLabels(labels, obstacles, frame, size, reach, lineBoxes), size)}</g>`,
  };
}

const startOptions = { x: 'x', y: 'y', r: 4, symbol: 'circle', fill: 'white', strokeWidth: 1.6 } as const;
const endOptions = { x: 'x', y: 'y', r: 5, stroke: 'white', strokeWidth: 0.7 } as const;

function legendEntries(all: readonly Trajectory[]): LegendEntry[] {
  const radii = all.map(({ points }) => Math.max(...points.map((point) => Math.hypot(...point))));
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
    ...all.map(({ name }, k): LegendEntry => {
      const { symbol, colour } = seriesStyle(k);
      return { text: name, marks: [Plot.dot([middle], { ...endOptions, symbol, fill: colour })] };
    }),
    { text: 'start', marks: [Plot.dot([middle], { ...startOptions, stroke: GREY })] },
    { text: 'pale to full: time; the symbol is the end', marks: fading },
    {
      text: `sphere of constant |h|${areAlike ? '' : ' of the outermost trajectory'} and its equator`,
      marks: [Plot.line(ellipse, { stroke: HINT })],
    },
  ];
}
