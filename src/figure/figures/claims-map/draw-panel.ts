import * as Plot from '@observablehq/plot';
import { axisMarks } from '../../drawing/axis-marks.js';
import type { Ticks } from '../../drawing/axis.js';
import { diverging } from '../../drawing/colour-bar.js';
import type { FigureDocument } from '../../drawing/options.js';
import { plotGroup } from '../../drawing/plot-group.js';
import { lineHeight } from '../../drawing/text.js';
import { boundaryOf, type Box } from './grid.js';
import { boundaryOptions, rankOptions, spotOptions } from './marks.js';
import type { ClaimsMapCell, ClaimsMapSpot } from './table.js';

/** Colours of the slope, clamped at -5 and 5. */
export const colours = diverging(5);

export const FRAME_HEIGHT = 200;
export const headerHeight = (size: number): number => 2 * lineHeight(size) + 4;
export const footerHeight = (size: number): number => 2 * lineHeight(size) + 12;

interface MapLayout {
  readonly left: number;
  readonly right: number;
  /** Width of the frame of a panel, px. */
  readonly side: number;
  readonly size: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly xTicks: Ticks;
  readonly yTicks: Ticks;
}

/** The panel of one step of the frequency. */
export function drawPanel(
  cells: readonly (ClaimsMapCell & Box)[],
  spots: readonly ClaimsMapSpot[],
  { left, right, side, size, x, y, xTicks, yTicks }: MapLayout,
  isFirst: boolean,
  document: FigureDocument,
): string {
  return plotGroup(document, 0, 0, {
    width: left + side + right,
    height: headerHeight(size) + FRAME_HEIGHT + footerHeight(size),
    marginLeft: left,
    marginRight: right,
    marginTop: headerHeight(size),
    marginBottom: footerHeight(size),
    x: { type: 'log', domain: x },
    y: { type: 'log', domain: y },
    color: colours.scale,
    marks: [
      Plot.rect(cells, {
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        fill: 'slope',
        // So that no white shows between cells.
        shapeRendering: 'crispEdges',
      }),
      Plot.link(boundaryOf(cells), { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', ...boundaryOptions }),
      Plot.dot(
        cells.filter(({ rank }) => rank > 1),
        { x: 'labelNoiseVariance', y: 'weightDecay', ...rankOptions },
      ),
      Plot.dot(spots, {
        x: 'labelNoiseVariance',
        y: 'weightDecay',
        fill: ({ slope }: ClaimsMapSpot) => slope.value,
        ...spotOptions,
      }),
      Plot.frame({ strokeWidth: 0.8 }),
      ...axisMarks(Plot.axisX, xTicks, size),
      ...(isFirst ? axisMarks(Plot.axisY, yTicks, size) : [Plot.axisY([], { label: null })]),
    ],
  });
}
