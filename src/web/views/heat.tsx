import { textWidth } from '#figure';
import type { ComponentChildren } from 'preact';
import { useStimuli } from '../stimulus/stimuli.js';
import { StimulusMark } from '../stimulus/stimulus.js';
import { HeatPixels, type MatrixProps } from './heat-pixels.js';

interface HeatProps {
  readonly name: string;
  readonly matrix: readonly (readonly number[])[] | null;
  /** The absolute value that has full colour. */
  readonly max: number;
  readonly count: number;
}

const SIZE = 150;
/** Size of the names of probes, and their distance from the matrix. */
const NAME = 10;
const NAME_GAP = 4;
/** Probes whose numbers fit into the squares, and probes that have squares and names at all. */
const MAX_NUMBERS = 5;
export const MAX_SQUARES = 10;

/** A similarity matrix: blue above zero, orange below, the more opaque the larger the absolute value. */
export function Heat({ name, matrix, max, count }: HeatProps): ComponentChildren {
  const squares = count <= MAX_SQUARES;
  const margin = NAME_GAP + Math.max(NAME, textWidth(`${count}`, NAME));
  return (
    <figure>
      <svg
        viewBox={`${-margin} ${-margin} ${SIZE + margin} ${SIZE + margin}`}
        role="img"
        aria-label={`Similarity matrix of the probes, ${name}`}
      >
        <rect class="heat-frame" width={SIZE} height={SIZE} />
        {squares && <Names count={count} />}
        {matrix &&
          (squares ? <Squares matrix={matrix} max={max} /> : <HeatPixels matrix={matrix} max={max} size={SIZE} />)}
      </svg>
      <figcaption>{name}</figcaption>
    </figure>
  );
}

/** The pictures of the probes, or their numbers. */
function Names({ count }: { readonly count: number }): ComponentChildren {
  const side = SIZE / count;
  const { pictures } = useStimuli();
  if (pictures) {
    const size = Math.min(NAME, side);
    return pictures.map((picture, k) => {
      const middle = (k + 0.5) * side - size / 2;
      return (
        <g key={k}>
          <StimulusMark picture={picture} series={k} x={middle} y={-NAME_GAP - size} size={size} />
          <StimulusMark picture={picture} series={k} x={-NAME_GAP - size} y={middle} size={size} />
        </g>
      );
    });
  }
  return Array.from({ length: count }, (_, k) => (
    <g key={k} class="heat-name" font-size={NAME}>
      <text x={(k + 0.5) * side} y={-NAME_GAP} text-anchor="middle">
        {k + 1}
      </text>
      <text x={-NAME_GAP} y={(k + 0.5) * side + 3.5} text-anchor="end">
        {k + 1}
      </text>
    </g>
  ));
}

/** Squares with their numbers where there is room, otherwise with a minus sign where they are negative. */
function Squares({ matrix, max }: MatrixProps): ComponentChildren {
  const count = matrix.length;
  const side = SIZE / count;
  // Two where they fit and are significant.
  const decimals = count < 4 && max < 2 ? 2 : 1;
  return matrix.map((row, i) =>
    row.map((value, j) => {
      const strength = Math.min(1, Math.abs(value) / max);
      return (
        <g key={i * count + j}>
          <rect
            class={value < 0 ? 'heat-below' : 'heat-above'}
            x={j * side}
            y={i * side}
            width={side}
            height={side}
            opacity={strength.toFixed(3)}
          />
          <text
            class={strength > STRONG ? 'heat-text strong' : 'heat-text'}
            x={(j + 0.5) * side}
            y={(i + 0.5) * side + 3.5}
            text-anchor="middle"
            font-size={Math.min(13, (1.5 * side) / (decimals + 3))}
          >
            {count <= MAX_NUMBERS ? numberOf(value, decimals) : value < 0 && strength > WEAK ? '−' : ''}
          </text>
        </g>
      );
    }),
  );
}

/** Opacity from which text is drawn in the colour of the background. */
const STRONG = 0.6;
/** Opacity up to which a square needs no sign. */
const WEAK = 0.05;

function numberOf(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? '0' : text.replace('-', '−');
}
