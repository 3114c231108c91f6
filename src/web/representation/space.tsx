import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { coloursOf, useDark } from '../chart/colours.js';
import { seriesClass, symbolAt } from '../chart/marks.js';
import { useWidth } from '../chart/use-width.js';
import type { Lab } from '../lab/lab.js';
import type { LabPoint } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { ProbeName } from '../stimulus/stimulus.js';
import { directionsApart } from './directions.js';
import type { SpaceScene } from './scene.js';

export interface SpaceProps {
  readonly lab: Lab;
  readonly point: LabPoint;
  readonly snapshot: SimulationSnapshot | null;
  /** The probe that views of one probe show. */
  readonly selectedProbe: number;
}

const HEIGHT = 340;
/** Probes and spheres that can be told apart in the picture. */
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
          setFailure('This view needs WebGL, which this browser does not have.');
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
  const { names } = useStimuli();
  const first = snapshot?.first;
  const all = point.probes.length;
  const drawn = Math.min(all, MAX_BODIES);
  const directions = useMemo(
    () => (first ? directionsApart(first.subarray(0, (drawn * first.length) / all), drawn) : null),
    [first, drawn, all],
  );
  const radii = useMemo(() => radiiOf(point).slice(0, drawn), [point, drawn]);
  const shells = useMemo(() => [...new Set(radii.map((radius) => Number(radius.toPrecision(3))))], [radii]);
  const sphereOwner = shells.length > MAX_SPHERES ? (selectedProbe < drawn ? selectedProbe : 0) : null;
  useEffect(() => {
    if (canvas.current)
      scene?.stage(radii, sphereOwner === null ? shells : [radii[sphereOwner]], coloursOf(canvas.current));
  }, [scene, radii, shells, sphereOwner, dark]);
  useEffect(() => {
    scene?.resize(width, HEIGHT);
  }, [scene, width]);
  useEffect(() => {
    scene?.show(directions ? (snapshot?.trail ?? []) : [], directions ?? new Float64Array());
  }, [scene, radii, sphereOwner, dark, snapshot, directions]);
  return (
    <div ref={holder} class="stage">
      {failure && <p role="alert">{failure}</p>}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-roledescription="3D picture"
        aria-busy={scene === null}
        aria-label="The representations of the probes on their spheres; arrow keys rotate the picture, plus and minus zoom"
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
            <ProbeName probe={k} />
          </span>
        ))}
      </p>
      <p class="key">
        Grid: the manifold in theory{sphereOwner !== null && `, for ${names[sphereOwner]}`}. Symbols and trails: one
        simulated network{drawn < all && `; the first ${drawn} of ${all} probes`}.
      </p>
      <p class="sentence">
        Drag or use the arrow keys to rotate. Zoom with + and −, or with the wheel: hold Ctrl, or select the picture
        first.
      </p>
    </div>
  );
}

const radiiOf = ({ probes }: LabPoint): number[] => probes.map(({ squaredNorm }) => Math.sqrt(squaredNorm));
