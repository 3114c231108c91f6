import type { ComponentChildren } from 'preact';
import { seriesClass } from '../chart/marks.js';
import type { Picture, Rect } from './picture.js';
import { useStimuli } from './stimuli.js';

interface MarkProps {
  readonly picture: Picture;
  /** The probe, whose colour it has. */
  readonly series: number;
  /** Left, top and side of its square, px. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A stimulus within an SVG. */
export function StimulusMark({ picture, series, x, y, size }: MarkProps): ComponentChildren {
  return (
    // Pixels of an image touch, and must not show seams.
    <g
      class={`stimulus ${seriesClass(series)}`}
      shape-rendering={picture.length > 2 ? 'crispEdges' : 'geometricPrecision'}
    >
      {picture.map(({ opacity, rects }) => (
        <path key={opacity} fill-opacity={opacity} d={rects.map((rect) => pathOf(rect, x, y, size)).join('')} />
      ))}
    </g>
  );
}

const digits = (value: number): number => Math.round(value * 100) / 100;

function pathOf({ x, y, width, height }: Rect, left: number, top: number, size: number): string {
  const [w, h] = [digits(size * width), digits(size * height)];
  return `M${digits(left + size * x)},${digits(top + size * y)}h${w}v${h}h${-w}z`;
}

/** Side of the square in which it is described; the style sheet sets the size on the page. */
const SIDE = 28;

/** The stimulus of a probe within a line of text; nothing where it has no picture. */
function StimulusIcon({ probe }: { readonly probe: number }): ComponentChildren {
  const picture = useStimuli().pictures?.at(probe);
  if (!picture) return null;
  return (
    <svg class="stimulus-icon" viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
      <StimulusMark picture={picture} series={probe} x={0} y={0} size={SIDE} />
    </svg>
  );
}

/** A probe in a sentence or table: its picture and its name, in its colour. */
export function ProbeName({ probe }: { readonly probe: number }): ComponentChildren {
  const { names } = useStimuli();
  return (
    <>
      <StimulusIcon probe={probe} />
      <span class={`probe-name ${seriesClass(probe)}`}>{names[probe]}</span>
    </>
  );
}
