import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { coloursOf, useDark } from '../chart/colours.js';
import { seriesClass, symbolAt } from '../chart/marks.js';
import { useWidth } from '../chart/use-width.js';
import type { Lab } from '../lab/lab.js';
import type { LabPoint } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { directionsApart } from './directions.js';
import type { SpaceScene } from './scene.js';

export interface SpaceProps {
  readonly lab: Lab;
  readonly point: LabPoint;
  readonly snapshot: SimulationSnapshot | null;
  /** The stimulus that views of one stimulus show. */
  readonly selectedProbe: number;
}

const HEIGHT = 340;
/** Most stimuli that can be told apart in the picture, and most spheres. */
const MAX_BODIES = 20;
const MAX_SPHERES = 3;

interface DrawnProps extends SpaceProps {
  readonly scene: SpaceScene | null;
  readonly setScene: (scene: SpaceScene | null) => void;
}

/** The canvas of the scene with its key. */
export function Space({ lab, point, snapshot, selectedProbe, scene, setScene }: DrawnProps): ComponentChildren {
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const width = useWidth(holder, 400);
  useEffect(() => {
    let ended = false;
    let made: SpaceScene | null = null;
    import('./scene.js').then(
      (module) => {
        if (ended || !canvas.current) return;
        try {
          made = new module.SpaceScene(canvas.current);
          setScene(made);
        } catch {
          setFailure('This browser has no WebGL, which the picture needs.');
        }
      },
      () => {
        setFailure('The 3D view cannot be loaded.');
      },
    );
    return () => {
      ended = true;
      made?.end();
      setScene(null);
    };
  }, []);
  useEffect(() => {
    lab.drawing = true;
    return () => {
      lab.drawing = false;
    };
  }, [lab]);
  const dark = useDark();
  const first = snapshot?.first;
  const all = point.probes.length;
  const drawn = Math.min(all, MAX_BODIES);
  const directions = useMemo(
    () => (first ? directionsApart(first.subarray(0, (drawn * first.length) / all), drawn) : null),
    [first, drawn, all],
  );
  const radii = useMemo(() => radiiOf(point).slice(0, drawn), [point, drawn]);
  const shells = useMemo(() => [...new Set(radii.map((radius) => Number(radius.toPrecision(3))))], [radii]);
  const owner = shells.length > MAX_SPHERES ? (selectedProbe < drawn ? selectedProbe : 0) : null;
  useEffect(() => {
    if (canvas.current) scene?.stage(radii, owner === null ? shells : [radii[owner]], coloursOf(canvas.current));
  }, [scene, radii, shells, owner, dark]);
  useEffect(() => {
    scene?.resize(width, HEIGHT);
  }, [scene, width]);
  useEffect(() => {
    scene?.show(directions ? (snapshot?.trail ?? []) : [], directions ?? new Float64Array());
  }, [scene, radii, owner, dark, snapshot, directions]);
  return (
    <div ref={holder} class="stage">
      {failure && <p role="alert">{failure}</p>}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-roledescription="picture in space"
        aria-busy={scene === null}
        aria-label="The representations of the stimuli on their spheres; arrow keys turn the picture, plus and minus approach"
        onKeyDown={(event) => {
          if (scene?.press(event.key)) event.preventDefault();
        }}
      />
      <p class="key">
        {radii.map((_, k) => (
          <span key={k} class="key-entry">
            <svg class={`mark ${seriesClass(k)}`} viewBox="-8 -8 16 16" aria-hidden="true">
              <path class="dot" d={symbolAt(k, 0, 0, 5)} />
            </svg>{' '}
            stimulus {k + 1}
          </span>
        ))}
      </p>
      <p class="key">
        Grid: the manifold, in theory{owner !== null && `, for stimulus ${owner + 1}`}. Bodies and trails: simulation,
        one network{drawn < all && `; the first ${drawn} of ${all} stimuli`}.
      </p>
      <p class="sentence">
        Drag, or use the arrow keys, to turn; + or −, or the wheel with Ctrl or once the picture is chosen, to approach.
      </p>
    </div>
  );
}

const radiiOf = ({ probes }: LabPoint): number[] => probes.map(({ squaredNorm }) => Math.sqrt(squaredNorm));
