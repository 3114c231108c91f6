import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab.js';
import type { Sight } from '../session/session.js';
import type { LabPoint } from '../theory/messages.js';
import { seriesClass, symbolAt } from '../chart/marks.js';
import { useWidth } from '../chart/use-width.js';
import { directionsApart } from '../space/directions.js';
import type { Colours, SpaceScene } from '../space/scene.js';
import { View } from './view.js';

interface SpaceProps {
  readonly lab: Lab;
  readonly point: LabPoint;
  readonly sight: Sight | null;
}

/** View a. */
export function SpaceView({ lab, point, sight }: SpaceProps): ComponentChildren {
  const [wanted, setWanted] = useState(false);
  const modes = point.singularValues.length;
  return (
    <View
      id="space"
      title="The hidden representation in space"
      sentence={
        modes <= 3
          ? 'Each stimulus turns on its sphere of minimal loss, trembling a little around it.'
          : `Three of ${modes} directions, in which the stimuli lie apart: each turns on a sphere of minimal loss, and is seen inside the sphere’s shadow.`
      }
      docs="theory"
      pixels
    >
      {wanted ? (
        <Space lab={lab} point={point} sight={sight} />
      ) : (
        <p class="empty stage">
          <button
            type="button"
            onClick={() => {
              setWanted(true);
            }}
          >
            Show in 3D
          </button>
        </p>
      )}
    </View>
  );
}

const HEIGHT = 340;

function Space({ lab, point, sight }: SpaceProps): ComponentChildren {
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [scene, setScene] = useState<SpaceScene | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const width = useWidth(holder, 400);
  useEffect(() => {
    let ended = false;
    let made: SpaceScene | null = null;
    import('../space/scene.js').then(
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
    };
  }, []);
  useEffect(() => {
    lab.drawing = true;
    return () => {
      lab.drawing = false;
    };
  }, [lab]);
  const dark = useDark();
  const first = sight?.first;
  const directions = useMemo(
    () => (first ? directionsApart(first, point.probes.length) : null),
    [first, point.probes.length],
  );
  useEffect(() => {
    if (canvas.current) scene?.stage(radiiOf(point), coloursOf(canvas.current));
  }, [scene, point, dark]);
  useEffect(() => {
    scene?.resize(width, HEIGHT);
  }, [scene, width]);
  useEffect(() => {
    scene?.show(directions ? (sight?.trail ?? []) : [], directions ?? new Float64Array());
  }, [scene, point, dark, sight, directions]);
  return (
    <div ref={holder} class="stage">
      {failure && <p role="alert">{failure}</p>}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-busy={scene === null}
        aria-label="The representations of the stimuli on their spheres; arrow keys turn the picture, plus and minus approach"
        onKeyDown={(event) => {
          if (scene?.press(event.key)) event.preventDefault();
        }}
      />
      <p class="key">
        {point.probes.map((_, k) => (
          <span key={k} class="together">
            <svg class={`mark ${seriesClass(k)}`} viewBox="-8 -8 16 16" aria-hidden="true">
              <path class="dot" d={symbolAt(k, 0, 0, 5)} />
            </svg>{' '}
            stimulus {k + 1}
          </span>
        ))}
      </p>
      <p class="key">
        Grid: the manifold, in theory. Bodies and trails: simulation, one network. Drag, or use the arrow keys, to turn;
        wheel, + or − to approach.
      </p>
    </div>
  );
}

const radiiOf = ({ probes }: LabPoint): number[] => probes.map(({ squaredNorm }) => Math.sqrt(squaredNorm));

/** Whether the page is dark now. */
function useDark(): boolean {
  const [dark, setDark] = useState(false);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const listen = (): void => {
      setDark(query.matches);
    };
    listen();
    query.addEventListener('change', listen);
    return () => {
      query.removeEventListener('change', listen);
    };
  }, []);
  return dark;
}

function coloursOf(element: HTMLElement): Colours {
  const style = getComputedStyle(element);
  const series = Array.from({ length: 7 }, (_, k) => style.getPropertyValue(`--series-${k}`).trim());
  return { series, soft: style.getPropertyValue('--soft').trim() };
}
