// Names at the ends of lines, in place of a legend.
import { textWidth } from '#figure';
import type { Domain, Line } from './scales.js';

/** Where the name of a line stands, and the end of the line, px. */
export interface EndLabel {
  readonly name: string;
  readonly series: number;
  readonly probe: number | undefined;
  /** The end of the line. */
  readonly x: number;
  readonly y: number;
  /** The middle of the name. */
  readonly labelY: number;
}

/** The part of a chart that names may take. */
const MAX_SHARE = 0.3;
/** Names further than this from their lines, in distances between two names, say less than a legend. */
const MAX_SHIFT = 1.6;
/** Lines that end before this part of the plot are named in the legend. */
const MIN_END = 0.6;

/** Width of the names with their symbols, px; null where they take too much of a chart of this width. */
export function namesWidth(lines: readonly Line[], width: number, text: number): number | null {
  const names = lines.flatMap(({ name }) => (name === undefined ? [] : [textWidth(name, text)]));
  if (names.length < 2) return null;
  const needed = Math.max(...names) + 2 * text;
  return needed <= MAX_SHARE * width ? needed : null;
}

interface Place {
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly xDomain: Domain;
  readonly frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** The names of all lines that have one, at their ends; null where these lie too close together. `distance` between two, px. */
export function endLabels(
  lines: readonly Line[],
  { toX, toY, xDomain, frame }: Place,
  distance: number,
): EndLabel[] | null {
  const ends = lines.flatMap(({ name, series, probe, points }) => {
    if (name === undefined) return [];
    const shown = points.filter(([u, v]) => u >= xDomain[0] && u <= xDomain[1] && Number.isFinite(toY(v)));
    const last = shown.at(-1);
    return [{ name, series, probe, x: last ? toX(last[0]) : NaN, y: last ? toY(last[1]) : NaN }];
  });
  const earliest = frame.left + MIN_END * (frame.right - frame.left);
  if (!ends.every(({ x, y }) => x >= earliest && y >= frame.top && y <= frame.bottom)) return null;
  const places = spread(
    ends.map(({ y }) => y),
    distance,
    frame.top,
    frame.bottom,
  );
  if (places === null || places.some((place, k) => Math.abs(place - ends[k].y) > MAX_SHIFT * distance)) return null;
  return ends.map((end, k) => ({ ...end, labelY: places[k] }));
}

/**
 * Places at least `distance` apart within [low, high], in the order of the wanted ones and as near to them as the sum of
 * squares allows; null where there is no room.
 */
export function spread(wanted: readonly number[], distance: number, low: number, high: number): number[] | null {
  if ((wanted.length - 1) * distance > high - low) return null;
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]);
  // Less their distances, places only have to ascend: neighbours that do not are pooled at their mean.
  const groups: { sum: number; count: number }[] = [];
  order.forEach((k, place) => {
    let group = { sum: wanted[k] - place * distance, count: 1 };
    for (let last = groups.at(-1); last && last.sum / last.count > group.sum / group.count; last = groups.at(-1)) {
      groups.pop();
      group = { sum: last.sum + group.sum, count: last.count + group.count };
    }
    groups.push(group);
  });
  const most = high - (wanted.length - 1) * distance;
  const bases = groups.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => Math.min(most, Math.max(low, sum / count))),
  );
  const places = wanted.map(() => 0);
  order.forEach((k, place) => (places[k] = bases[place] + place * distance));
  return places;
}
