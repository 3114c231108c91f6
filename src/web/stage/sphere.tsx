import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { coloursOf, useDark } from '../chart/colours.js';
import { useWidth } from '../chart/use-width.js';
import { stageHeight } from '../layout.js';
import type { LabPoint } from '../prediction/messages.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { defaultCamera, moved, type Camera } from './picture/camera.js';
import { paint, type StagePicture } from './picture/paint.js';
import { MAX_CODES, type StagePlayer } from './player.js';

interface SphereProps {
  readonly player: StagePlayer;
  readonly point: LabPoint | null;
  readonly selectedProbe: number;
  readonly camera: Camera;
  readonly look: (camera: Camera) => void;
  /** Receives what draws the picture as it is now, with so many pixels of the image for each of the page. */
  readonly draw: RefObject<(pixelRatio?: number) => void>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Why it has no codes yet; null where it has. */
  readonly waiting: string | null;
}

/** Radians for each px of a drag, and for each press of an arrow key; the factor for each press of + or -, or turn of the wheel. */
const DRAG = 0.008;
const TURN = 0.12;
const ZOOM = 1.15;
/** Spheres that can be told apart. */
const MAX_SPHERES = 3;

/** The codes on their spheres of minimum loss, drawn on a canvas: no graphics card is needed, and the picture is there at once. */
export function Sphere({
  player,
  point,
  selectedProbe,
  camera,
  look,
  draw,
  canvas,
  waiting,
}: SphereProps): ComponentChildren {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder, 400);
  const height = Math.round(Math.min(width, stageHeight()));
  const dark = useDark();
  const { radii, shells } = useMemo(() => shapesOf(point, selectedProbe), [point, selectedProbe]);
  const { short: names, pictures } = useStimuli();
  const latest = useRef<Omit<StagePicture, 'points' | 'start'> | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    latest.current = {
      width,
      height,
      camera,
      radii,
      shells,
      selected: selectedProbe,
      names,
      pictures,
      palette: coloursOf(element),
    };
    draw.current();
  }, [width, height, camera, radii, shells, selectedProbe, names, pictures, dark]);
  useEffect(() => {
    draw.current = (pixelRatio = Math.min(2, devicePixelRatio)) => {
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context || !latest.current) return;
      const [w, h] = [latest.current.width, latest.current.height].map((size) => Math.round(size * pixelRatio));
      if (element.width !== w || element.height !== h) Object.assign(element, { width: w, height: h });
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      paint(context, { ...latest.current, points: player.points(), start: player.startPlaces });
    };
    draw.current();
  }, [player]);
  const dragged = useRef<{ x: number; y: number } | null>(null);
  return (
    <div class="sphere" ref={holder}>
      <canvas
        ref={canvas}
        style={{ height: `${height}px` }}
        tabIndex={0}
        role="application"
        aria-roledescription="3D picture"
        aria-label="The codes of the stimuli on their spheres; arrow keys rotate the picture, plus and minus zoom, 0 resets it"
        onKeyDown={(event) => {
          const next = pressed(camera, event.key);
          if (!next) return;
          event.preventDefault();
          event.stopPropagation();
          look(next);
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          dragged.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={(event) => {
          const from = dragged.current;
          if (!from) return;
          look(moved(camera, -DRAG * (event.clientX - from.x), DRAG * (event.clientY - from.y)));
          dragged.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerUp={() => {
          dragged.current = null;
        }}
        onPointerCancel={() => {
          dragged.current = null;
        }}
        onDblClick={() => {
          look(defaultCamera);
        }}
        onWheel={(event) => {
          // The wheel scrolls the page unless the picture has the focus or Ctrl is pressed.
          if (!event.ctrlKey && document.activeElement !== event.currentTarget) return;
          event.preventDefault();
          look(moved(camera, 0, 0, ZOOM ** -Math.sign(event.deltaY)));
        }}
      />
      {waiting !== null && <p class="waiting">{waiting}</p>}
    </div>
  );
}

/** The camera after a key was pressed; null for one without a meaning. */
function pressed(camera: Camera, key: string): Camera | null {
  switch (key) {
    case 'ArrowLeft':
      return moved(camera, -TURN, 0);
    case 'ArrowRight':
      return moved(camera, TURN, 0);
    case 'ArrowUp':
      return moved(camera, 0, TURN);
    case 'ArrowDown':
      return moved(camera, 0, -TURN);
    case '+':
    case '=':
      return moved(camera, 0, 0, ZOOM);
    case '-':
      return moved(camera, 0, 0, 1 / ZOOM);
    case '0':
      return defaultCamera;
    default:
      return null;
  }
}

/** Radii of the codes, and those of the spheres that are drawn: of many only that of the selected code. */
function shapesOf(
  point: LabPoint | null,
  selectedProbe: number,
): { readonly radii: readonly number[]; readonly shells: readonly number[] } {
  // Before the first prediction there is a sphere without codes.
  if (!point) return { radii: [], shells: [1] };
  const radii = point.probes.slice(0, MAX_CODES).map(({ squaredNorm }) => Math.sqrt(squaredNorm));
  const shells = [...new Set(radii.filter((radius) => radius > 0).map((radius) => Number(radius.toPrecision(3))))];
  const own = radii.at(selectedProbe) ?? radii[0];
  return { radii, shells: shells.length > MAX_SPHERES ? [own] : shells };
}
