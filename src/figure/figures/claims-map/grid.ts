/** The part of a cell that the grid needs. */
type Cell = Readonly<Record<'weightDecay' | 'labelNoiseVariance' | 'slope', number>>;

/** A rectangle, or a line, in the coordinates of the axes: label noise (x) and weight decay (y). */
export interface Box {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** Cells with the rectangles that they fill; these meet at the geometric means of neighbouring values. */
export function gridOf<C extends Cell>(cells: readonly C[]): (C & Box)[] {
  const x = edgesOf(cells.map(({ labelNoiseVariance }) => labelNoiseVariance));
  const y = edgesOf(cells.map(({ weightDecay }) => weightDecay));
  return cells.map((cell) => {
    const [x1, x2] = x(cell.labelNoiseVariance);
    const [y1, y2] = y(cell.weightDecay);
    return { ...cell, x1, x2, y1, y2 };
  });
}

function edgesOf(values: readonly number[]): (value: number) => readonly [number, number] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((value, k) => Math.sqrt(value * sorted[k]));
  // The outermost cells extend as far outwards as inwards; a single one spans a factor of 2.
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  const low = between.length > 0 ? first ** 2 / between[0] : first / Math.SQRT2;
  const high = between.length > 0 ? last ** 2 / between[between.length - 1] : last * Math.SQRT2;
  const edges = [low, ...between, high];
  return (value) => {
    const k = sorted.indexOf(value);
    return [edges[k], edges[k + 1]];
  };
}

/** The edges between cells of one panel at which the sign of the slope changes. */
export function boundaryOf(cells: readonly (Cell & Box)[]): Box[] {
  return cells.flatMap((cell) => {
    const { x1, x2, y1, y2 } = cell;
    const changes = (isNeighbour: (other: Box) => boolean): boolean =>
      cells.some((other) => isNeighbour(other) && Math.sign(other.slope) !== Math.sign(cell.slope));
    const edges: Box[] = [];
    if (changes((other) => other.x1 === x2 && other.y1 === y1)) edges.push({ x1: x2, x2, y1, y2 });
    if (changes((other) => other.y1 === y2 && other.x1 === x1)) edges.push({ x1, x2, y1: y2, y2 });
    return edges;
  });
}
