// On which side of its code each name stands, so that names can be read.

interface Body {
  readonly x: number;
  readonly y: number;
  /** Its radius, and the width of its name with the gap between, px. */
  readonly size: number;
  readonly label: number;
  /** Those with the highest rank get their names first. */
  readonly rank: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The width of the picture, how far above its code the middle of a name is, and how high a name is, px. */
interface Room {
  readonly width: number;
  readonly above: number;
  readonly height: number;
}

/** -1 for the left side, 1 for the right one, and null where a name would cover one of a higher rank. Outwards where there is room. */
export function sidesOf(bodies: readonly Body[], { width, above, height }: Room): (-1 | 1 | null)[] {
  const placed: Box[] = [];
  const sides = bodies.map((): -1 | 1 | null => null);
  const order = bodies.map((_, k) => k).sort((a, b) => bodies[b].rank - bodies[a].rank);
  for (const k of order) {
    const { x, y, size, label } = bodies[k];
    const outwards = x < width / 2 ? -1 : 1;
    for (const side of [outwards, -outwards] as (-1 | 1)[]) {
      const [from, to] = [x + side * size, x + side * (size + label)];
      const middle = y - above;
      const box = {
        left: Math.min(from, to),
        right: Math.max(from, to),
        top: middle - height / 2,
        bottom: middle + height / 2,
      };
      if (box.left < 0 || box.right > width || placed.some((other) => overlap(box, other))) continue;
      placed.push(box);
      sides[k] = side;
      break;
    }
  }
  return sides;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
