import * as Plot from '@observablehq/plot';

/** One cell: what raising the frequency from one value to the next does to the drift of the stimulus. */
export interface ClaimsMapCell {
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly from: number;
  readonly to: number;
  /** d ln(drift rate) / d f. */
  readonly slope: number;
  /** 1 where the stimulus drifts more slowly than all others. */
  readonly rank: number;
}

/** A document to draw into, of a browser or of linkedom. */
export type FigureDocument = object;

/**
 * Map of the claim "more frequent means slower" over label noise (x) and weight decay (y), one panel for each step of the
 * frequency: colour is d ln(drift rate) / d f, blue where the claim holds; a line where it turns over; a dot where the
 * stimulus is not the slowest. Returns the SVG as text. Needs values above 0 on a grid with constant ratios.
 */
export function claimsMapFigure(cells: readonly ClaimsMapCell[], document: FigureDocument): string {
  const panel = ({ from, to }: ClaimsMapCell): string => `f = ${from} to ${to}`;
  const halfX = Math.sqrt(gridRatio(cells.map(({ labelNoiseVariance }) => labelNoiseVariance)));
  const halfY = Math.sqrt(gridRatio(cells.map(({ weightDecay }) => weightDecay)));
  const figure: unknown = Plot.plot({
    document,
    width: 760,
    height: 300,
    marginLeft: 52,
    marginBottom: 44,
    style: { fontSize: '12px', background: 'white' },
    x: {
      type: 'log',
      label: 'label noise variance',
      tickFormat: decimal,
      ticks: [1e-3, 1e-1],
      labelAnchor: 'center',
    },
    y: { type: 'log', label: 'weight decay', tickFormat: decimal, ticks: [0.02, 0.04, 0.08, 0.16, 0.32] },
    fx: { label: null, padding: 0.06 },
    color: { type: 'diverging', scheme: 'BuRd', domain: [-5, 5], clamp: true },
    marks: [
      Plot.rect(cells, {
        fx: panel,
        x1: ({ labelNoiseVariance: x }: ClaimsMapCell) => x / halfX,
        x2: ({ labelNoiseVariance: x }: ClaimsMapCell) => x * halfX,
        y1: ({ weightDecay: y }: ClaimsMapCell) => y / halfY,
        y2: ({ weightDecay: y }: ClaimsMapCell) => y * halfY,
        fill: 'slope',
      }),
      Plot.link(boundary(cells, halfX, halfY), {
        fx: ({ cell }: Segment) => panel(cell),
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        stroke: 'black',
        strokeWidth: 1.5,
        strokeLinecap: 'square',
      }),
      Plot.dot(
        cells.filter(({ rank }) => rank > 1),
        { fx: panel, x: 'labelNoiseVariance', y: 'weightDecay', r: 1.5, fill: 'black' },
      ),
    ],
  });
  const svg = figure as { readonly outerHTML: string; setAttribute(name: string, value: string): void };
  // In a page the name space goes without saying, in a file it does not.
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return svg.outerHTML;
}

/** An edge between two cells whose slopes differ in sign. */
interface Segment {
  readonly cell: ClaimsMapCell;
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

function boundary(cells: readonly ClaimsMapCell[], halfX: number, halfY: number): Segment[] {
  return cells.flatMap((cell) => {
    const { labelNoiseVariance: x, weightDecay: y } = cell;
    const crosses = (other: ClaimsMapCell | undefined): boolean =>
      other !== undefined && Math.sign(other.slope) !== Math.sign(cell.slope);
    const panel = cells.filter(({ from }) => from === cell.from);
    const right = nearest(
      panel.filter((other) => other.weightDecay === y && other.labelNoiseVariance > x),
      ({ labelNoiseVariance }) => labelNoiseVariance,
    );
    const above = nearest(
      panel.filter((other) => other.labelNoiseVariance === x && other.weightDecay > y),
      ({ weightDecay }) => weightDecay,
    );
    const segments: Segment[] = [];
    if (crosses(right)) segments.push({ cell, x1: x * halfX, x2: x * halfX, y1: y / halfY, y2: y * halfY });
    if (crosses(above)) segments.push({ cell, x1: x / halfX, x2: x * halfX, y1: y * halfY, y2: y * halfY });
    return segments;
  });
}

const nearest = (cells: readonly ClaimsMapCell[], value: (cell: ClaimsMapCell) => number): ClaimsMapCell | undefined =>
  [...cells].sort((a, b) => value(a) - value(b)).at(0);

const decimal = (value: number): string => `${value}`;

/** Ratio of neighbouring values. */
function gridRatio(values: readonly number[]): number {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  return distinct[1] / distinct[0];
}
