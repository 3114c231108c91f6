import { GREY } from './palette.js';
import { textLines, textWidth } from './text.js';

/** A rectangle in px. */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

interface PlacedLabel {
  readonly text: string;
  /** The point that it names. */
  readonly x: number;
  readonly y: number;
  readonly box: Box;
  /** Whether the text is so far from its point that a line must connect the two. */
  readonly far: boolean;
}

const overlap = (a: Box, b: Box): boolean => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;

const directions = [0, 4, 2, 6, 1, 7, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15].map((k) => {
  const angle = k < 8 ? (k * Math.PI) / 4 : ((2 * (k - 8) + 1) * Math.PI) / 8;
  return [Math.cos(angle), -Math.sin(angle)] as const;
});

/**
 * Places each label beside its point, inside the frame, as near as possible without overlapping the obstacles or
 * another label. Also keeps clear of `avoided` if it can.
 *
 * @param reach Extent of the symbols at the points, px.
 */
export function placeLabels(
  labels: readonly { readonly text: string; readonly x: number; readonly y: number }[],
  obstacles: readonly Box[],
  frame: Box,
  size: number,
  reach: number,
  avoided: readonly Box[] = [],
): PlacedLabel[] {
  const taken = [...obstacles];
  return labels.map(({ text, x, y }) => {
    const halfWidth = textWidth(text, size) / 2 + 1;
    const halfHeight = 0.62 * size;
    const boxAt = (distance: number, [cos, sin]: readonly [number, number]): Box => {
      const middleX = x + cos * (distance + halfWidth);
      const middleY = y + sin * (distance + halfHeight);
      return { x1: middleX - halfWidth, x2: middleX + halfWidth, y1: middleY - halfHeight, y2: middleY + halfHeight };
    };
    const isFree = (box: Box): boolean =>
      box.x1 >= frame.x1 &&
      box.x2 <= frame.x2 &&
      box.y1 >= frame.y1 &&
      box.y2 <= frame.y2 &&
      !taken.some((other) => overlap(box, other));
    const distances = Array.from({ length: 16 }, (_, k) => reach + 2 + 6 * k);
    const places = distances.flatMap((distance) =>
      directions.map((direction) => ({ distance, box: boxAt(distance, direction) })),
    );
    const free = places.filter((place) => isFree(place.box));
    const { distance, box } =
      free.find(({ box }) => !avoided.some((other) => overlap(box, other))) ?? free.at(0) ?? places[0];
    taken.push(box);
    return { text, x, y, box, far: distance > reach + 8 };
  });
}

/** The texts of placed labels, with thin lines, below all texts, from those that are far from their points. */
export function labelTexts(labels: readonly PlacedLabel[], size: number): string {
  const leaders = labels
    .filter(({ far }) => far)
    .map(({ x, y, box: { x1, x2, y1, y2 } }) => {
      const [endX, endY] = [Math.min(Math.max(x, x1), x2), Math.min(Math.max(y, y1), y2)];
      return `<line x1="${x}" y1="${y}" x2="${endX}" y2="${endY}" stroke="${GREY}" stroke-width="0.7"/>`;
    });
  const texts = labels.map(({ text, box: { x1, x2, y1 } }) =>
    textLines([text], (x1 + x2) / 2, y1, { size, anchor: 'middle' }),
  );
  // A white rim separates the text from lines behind it.
  const rim = '<g class="labels" paint-order="stroke" stroke="white" stroke-width="3" stroke-linejoin="round">';
  return `${leaders.join('')}${rim}${texts.join('')}</g>`;
}
