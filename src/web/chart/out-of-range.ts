import type { ChartLayout } from './layout.js';

type Edge = 'left' | 'right' | 'up' | 'down';

interface Place {
  readonly x: number;
  readonly y: number;
  /** The edge behind which the point lies; null for one inside. */
  readonly beyond: Edge | null;
}

/** Where a point is drawn: itself, or at the edge of the plot that it lies behind; null for one that is no number. */
export function inFrame(
  { toX, toY, frame }: Pick<ChartLayout, 'toX' | 'toY' | 'frame'>,
  u: number,
  v: number,
): Place | null {
  const [x, y] = [toX(u), below(toY(v), v)];
  if (Number.isNaN(x) || Number.isNaN(y)) return null;
  const { left, right, top, bottom } = frame;
  const place = { x: Math.min(right, Math.max(left, x)), y: Math.min(bottom, Math.max(top, y)) };
  // Half a pixel is no distance: the ends of an axis are on it.
  if (y < top - 0.5) return { ...place, beyond: 'up' };
  if (y > bottom + 0.5) return { ...place, beyond: 'down' };
  if (x > right + 0.5) return { ...place, beyond: 'right' };
  return { ...place, beyond: x < left - 0.5 ? 'left' : null };
}

/** Zero and less lie below all numbers of a logarithmic axis, which has no place for them. */
const below = (y: number, value: number): number => (Number.isNaN(y) && value <= 0 ? Infinity : y);
