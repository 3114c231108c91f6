export type Vector = readonly [number, number, number];

const OUTLINE_POINTS = 90;

/**
 * The view from 35 degrees beside the first axis and 22 degrees above the plane of the first two. Rows: right, up,
 * towards the reader.
 */
const view = ((azimuth: number, elevation: number): readonly Vector[] => {
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  return [
    [-sa, ca, 0],
    [-se * ca, -se * sa, ce],
    [ce * ca, ce * sa, se],
  ];
})((35 * Math.PI) / 180, (22 * Math.PI) / 180);

export interface Projected {
  readonly x: number;
  readonly y: number;
  /** Towards the reader. */
  readonly depth: number;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Orthographic projection. */
export const project = (point: Vector): Projected => ({
  x: dot(view[0], point),
  y: dot(view[1], point),
  depth: dot(view[2], point),
});

export const axisVectors = (length: number): Vector[] => [
  [length, 0, 0],
  [0, length, 0],
  [0, 0, length],
];

/** A sphere: its outline, and the front and back halves of its equator. */
export function sphere(radius: number): { points: Projected[]; front: boolean }[] {
  const circle = (from: number, to: number, point: (cos: number, sin: number) => Projected): Projected[] =>
    Array.from({ length: OUTLINE_POINTS + 1 }, (_, k) => {
      const angle = from + ((to - from) * k) / OUTLINE_POINTS;
      return point(radius * Math.cos(angle), radius * Math.sin(angle));
    });
  const equator = (cos: number, sin: number): Projected => project([cos, sin, 0]);
  // The front half ends a quarter turn to both sides of the direction of the view.
  const azimuth = Math.atan2(view[2][1], view[2][0]);
  return [
    { points: circle(0, 2 * Math.PI, (x, y) => ({ x, y, depth: 0 })), front: true },
    { points: circle(azimuth - Math.PI / 2, azimuth + Math.PI / 2, equator), front: true },
    { points: circle(azimuth + Math.PI / 2, azimuth + (3 * Math.PI) / 2, equator), front: false },
  ];
}
