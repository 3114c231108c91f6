/** What the boundary needs of a cell of the map. */
type Cell = Readonly<Record<'weightDecay' | 'labelNoiseVariance' | 'slope', number>>;

/** An edge between two cells whose slopes differ in sign. */
interface Segment {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** The edges where the sign of the slope turns, among the cells of one panel. */
export function boundaryOf(cells: readonly Cell[], halfX: number, halfY: number): Segment[] {
  return cells.flatMap((cell) => {
    const { labelNoiseVariance: x, weightDecay: y } = cell;
    const crosses = (other: Cell | undefined): boolean =>
      other !== undefined && Math.sign(other.slope) !== Math.sign(cell.slope);
    const right = nearest(
      cells.filter((other) => other.weightDecay === y && other.labelNoiseVariance > x),
      ({ labelNoiseVariance }) => labelNoiseVariance,
    );
    const above = nearest(
      cells.filter((other) => other.labelNoiseVariance === x && other.weightDecay > y),
      ({ weightDecay }) => weightDecay,
    );
    const segments: Segment[] = [];
    if (crosses(right)) segments.push({ x1: x * halfX, x2: x * halfX, y1: y / halfY, y2: y * halfY });
    if (crosses(above)) segments.push({ x1: x / halfX, x2: x * halfX, y1: y * halfY, y2: y * halfY });
    return segments;
  });
}

const nearest = (cells: readonly Cell[], value: (cell: Cell) => number): Cell | undefined =>
  [...cells].sort((a, b) => value(a) - value(b)).at(0);

/** Ratio of neighbouring values. */
export function gridRatio(values: readonly number[]): number {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  return distinct[1] / distinct[0];
}
