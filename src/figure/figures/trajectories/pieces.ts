import type { Projected } from './projection.js';

/** Number of pieces of a drawn trajectory, each darker than the one before. */
const PIECES = 24;

interface Piece {
  readonly points: readonly Projected[];
  readonly colour: string;
  readonly depth: number;
}

/** Splits a trajectory by time; neighbouring pieces share a point. */
export function piecesOf(points: readonly Projected[], colour: string): Piece[] {
  const steps = points.length - 1;
  const count = Math.min(PIECES, steps);
  return Array.from({ length: count }, (_, k) => {
    const part = points.slice(Math.floor((k * steps) / count), Math.floor(((k + 1) * steps) / count) + 1);
    const depth = part.reduce((sum, point) => sum + point.depth, 0) / part.length;
    return { points: part, colour: paler(colour, (k + 1) / count), depth };
  });
}

/** A colour mixed with white: a quarter of it at fraction 0, all of it at 1. */
function paler(colour: string, fraction: number): string {
  const share = 0.25 + 0.75 * fraction;
  const mixed = [1, 3, 5].map((k) => Math.round(255 + share * (Number.parseInt(colour.slice(k, k + 2), 16) - 255)));
  return `rgb(${mixed.join(',')})`;
}
