import type { Colours } from '../../chart/colours.js';
import { drawStimulus } from '../../stimulus/draw.js';
import type { Picture } from '../../stimulus/picture.js';
import { projector, type Camera, type Seen } from './camera.js';
import { sidesOf } from './labels.js';
import type { PathPoint } from '../path.js';

export interface StagePicture {
  /** Size in px of the page. */
  readonly width: number;
  readonly height: number;
  readonly camera: Camera;
  /** Radii of the codes, and of the spheres that are drawn. */
  readonly radii: readonly number[];
  readonly shells: readonly number[];
  readonly points: readonly PathPoint[];
  /** Where they were at first, K x 3. */
  readonly start: Float32Array | null;
  /** The code that is emphasised, from 0; it alone has a mark at its start. */
  readonly selected: number;
  readonly names: readonly string[];
  /** null where the stimuli have none. */
  readonly pictures: readonly Picture[] | null;
  readonly palette: Colours;
}

/** A trail is drawn in so many strokes, each fainter than the next. */
const BANDS = 10;
/** Points of the latest path around which the fluctuation is shown. */
const CLOUD = 60;
const PARALLELS = 7;
const MERIDIANS = 12;
const SIDES = 48;
/** How faint what lies on the far side is. */
const FAR = 0.3;
const TEXT = 13;
const PICTURE = 22;
/** Between a code and its name, and how far the name is above it. */
const GAP = 5;
const LIFT = 6;

/** The codes on their spheres with their trails: first what lies behind, then the spheres, then what lies in front. */
export function paint(context: CanvasRenderingContext2D, picture: StagePicture): void {
  const { width, height, camera, radii } = picture;
  const reach = Math.max(...radii, Number.MIN_VALUE);
  const see = projector(camera, reach, width, height);
  context.clearRect(0, 0, width, height);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  const seen = radii.map((_, k) => picture.points.map(({ places }) => placeAt(see, places, k)));
  for (const front of [false, true]) {
    paintGrids(context, picture, see, front);
    seen.forEach((trail, k) => {
      paintCloud(context, picture, see, k, front);
      paintTrail(context, picture, trail, k, front);
    });
  }
  paintBodies(context, picture, seen, see);
}

const placeAt = (see: (x: number, y: number, z: number) => Seen, places: Float32Array, k: number): Seen =>
  see(places[3 * k], places[3 * k + 1], places[3 * k + 2]);

function paintGrids(
  context: CanvasRenderingContext2D,
  { shells, palette }: StagePicture,
  see: (x: number, y: number, z: number) => Seen,
  front: boolean,
): void {
  context.strokeStyle = palette.soft;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.globalAlpha = (front ? 0.3 : 0.12) / Math.sqrt(Math.max(1, shells.length));
  for (const radius of shells) {
    const on = (polar: number, azimuth: number): Seen =>
      see(
        radius * Math.sin(polar) * Math.sin(azimuth),
        radius * Math.cos(polar),
        radius * Math.sin(polar) * Math.cos(azimuth),
      );
    context.beginPath();
    for (let i = 1; i < PARALLELS; i++) {
      strokeCurve(context, (t) => on((i * Math.PI) / PARALLELS, 2 * Math.PI * t), front);
    }
    for (let j = 0; j < MERIDIANS; j++) {
      strokeCurve(context, (t) => on(Math.PI * t, (2 * Math.PI * j) / MERIDIANS), front);
    }
    context.stroke();
  }
}

/** Adds those sides of a curve that lie in front, or behind. */
function strokeCurve(context: CanvasRenderingContext2D, at: (t: number) => Seen, front: boolean): void {
  let from = at(0);
  let drawing = false;
  for (let i = 1; i <= SIDES; i++) {
    const to = at(i / SIDES);
    if (from.depth + to.depth > 0 === front) {
      if (!drawing) context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      drawing = true;
    } else drawing = false;
    from = to;
  }
}

/** The trail of a code, fading with age; dashed where the effective process moved it. */
function paintTrail(
  context: CanvasRenderingContext2D,
  { points, palette, selected }: StagePicture,
  trail: readonly Seen[],
  k: number,
  front: boolean,
): void {
  context.strokeStyle = palette.series[k % palette.series.length];
  const dashed = points.findIndex(({ byProcess }) => byProcess);
  const split = dashed < 0 ? trail.length : dashed;
  const last = trail.length - 1;
  for (let band = 0; band < BANDS; band++) {
    const youth = (band + 1) / BANDS;
    const [from, to] = [Math.floor((last * band) / BANDS), Math.floor((last * (band + 1)) / BANDS)];
    context.globalAlpha = (0.1 + 0.8 * youth ** 2) * (front ? 1 : FAR);
    context.lineWidth = (k === selected ? 1.1 : 0.7) + 1.5 * youth;
    for (const [start, end, dash] of [
      [from, Math.min(to, split - 1), []],
      [Math.max(from, split - 1, 0), to, [1, 4]],
    ] as const) {
      if (end <= start) continue;
      context.setLineDash([...dash]);
      context.beginPath();
      let drawing = false;
      for (let i = start; i < end; i++) {
        const [a, b] = [trail[i], trail[i + 1]];
        if (a.depth + b.depth > 0 === front) {
          if (!drawing) context.moveTo(a.x, a.y);
          context.lineTo(b.x, b.y);
          drawing = true;
        } else drawing = false;
      }
      context.stroke();
    }
  }
  context.setLineDash([]);
}

/** The latest codes as they are, off the manifold: the fluctuation. */
function paintCloud(
  context: CanvasRenderingContext2D,
  { points, palette }: StagePicture,
  see: (x: number, y: number, z: number) => Seen,
  k: number,
  front: boolean,
): void {
  context.fillStyle = palette.series[k % palette.series.length];
  context.globalAlpha = front ? 0.28 : 0.28 * FAR;
  context.beginPath();
  for (const { jitter, byProcess } of points.slice(-CLOUD)) {
    if (byProcess) continue;
    const { x, y, depth, scale } = placeAt(see, jitter, k);
    if (depth > 0 !== front) continue;
    context.moveTo(x + 1.6 * scale, y);
    context.arc(x, y, 1.6 * scale, 0, 2 * Math.PI);
  }
  context.fill();
}

/** The codes themselves, the nearest last, with their names, and where the selected one started. */
function paintBodies(
  context: CanvasRenderingContext2D,
  { width, points, start: places, palette, selected, names, pictures, radii }: StagePicture,
  seen: readonly (readonly Seen[])[],
  see: (x: number, y: number, z: number) => Seen,
): void {
  const last = points.at(-1);
  if (!last) return;
  if (places && selected < radii.length) {
    const start = placeAt(see, places, selected);
    context.globalAlpha = start.depth > 0 ? 0.9 : 0.4;
    context.strokeStyle = palette.series[selected % palette.series.length];
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(start.x, start.y, 6 * start.scale, 0, 2 * Math.PI);
    context.stroke();
  }
  const sizeOf = (k: number, { scale }: Seen): number =>
    (k === selected ? 7.5 : 6) * scale * Math.min(1.6, width / 420);
  context.font = `600 ${TEXT}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  const order = radii.map((_, k) => k).sort((a, b) => (seen[a].at(-1)?.depth ?? 0) - (seen[b].at(-1)?.depth ?? 0));
  const bodies = radii.flatMap((_, k) => {
    const at = seen[k].at(-1);
    const label = context.measureText(names[k] ?? '').width + GAP + (pictures?.at(k) ? PICTURE + 4 : 0);
    return at ? [{ x: at.x, y: at.y, size: sizeOf(k, at), label, rank: k === selected ? Infinity : at.depth }] : [];
  });
  const sides = sidesOf(bodies, { width, above: LIFT, height: pictures ? PICTURE : TEXT });
  for (const k of order) {
    const at = seen[k].at(-1);
    if (!at) continue;
    const colour = palette.series[k % palette.series.length];
    const size = sizeOf(k, at);
    context.globalAlpha = at.depth > 0 ? 1 : 0.45;
    context.beginPath();
    context.arc(at.x, at.y, size, 0, 2 * Math.PI);
    context.fillStyle = last.byProcess ? palette.ground : colour;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = last.byProcess ? colour : palette.ground;
    context.stroke();
    const side = sides[k];
    // Where there is no room for a name the colour says whose code it is.
    if (side === null) continue;
    const picture = pictures?.at(k);
    let x = at.x + side * (size + GAP);
    if (picture) {
      const place = { x: side < 0 ? x - PICTURE : x, y: at.y - PICTURE / 2 - LIFT, size: PICTURE };
      drawStimulus(context, picture, place, colour);
      x += side * (PICTURE + 4);
    }
    context.fillStyle = palette.ink;
    context.textAlign = side < 0 ? 'right' : 'left';
    context.fillText(names[k] ?? '', x, at.y - LIFT);
  }
  context.globalAlpha = 1;
}
