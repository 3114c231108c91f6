import * as Plot from '@observablehq/plot';
import type { FigureDocument } from '../drawing/options.js';
import { plotGroup } from '../drawing/plot-group.js';

interface Cell {
  readonly i: number;
  readonly j: number;
  readonly value: number | null;
}

/** A square of `count` x `count` coloured cells with a frame, row 0 on top; `side` in px. */
export const matrixCells = (
  document: FigureDocument,
  { x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
  count: number,
  cells: readonly Cell[],
  color: Plot.ScaleOptions,
): string =>
  plotGroup(document, x, y, {
    width: side,
    height: side,
    margin: 0,
    axis: null,
    x: { type: 'linear', domain: [0, count] },
    y: { type: 'linear', domain: [0, count], reverse: true },
    color,
    marks: [
      Plot.rect(cells, {
        x1: 'j',
        x2: ({ j }: Cell) => j + 1,
        y1: 'i',
        y2: ({ i }: Cell) => i + 1,
        fill: 'value',
        shapeRendering: 'crispEdges',
      }),
      Plot.frame({ strokeWidth: 0.8 }),
    ],
  });
