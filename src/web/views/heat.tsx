import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { coloursOf, useDark } from '../chart/colours.js';

interface HeatProps {
  readonly name: string;
  readonly matrix: readonly (readonly number[])[] | null;
  /** The size of a number that has full colour. */
  readonly most: number;
  readonly count: number;
}

const SIZE = 150;
const MARGIN = 14;
/** Most stimuli whose numbers fit into the squares; most that have squares and names at all. */
const MAX_NUMBERS = 5;
export const MAX_SQUARES = 10;

/** A similarity matrix: blue above zero, orange below, their strength the size of the number. */
export function Heat({ name, matrix, most, count }: HeatProps): ComponentChildren {
  const squares = count <= MAX_SQUARES;
  return (
    <figure>
      <svg
        viewBox={`${-MARGIN} ${-MARGIN} ${SIZE + MARGIN} ${SIZE + MARGIN}`}
        role="img"
        aria-label={`Similarity matrix of the stimuli, ${name}`}
      >
        <rect class="heat-frame" width={SIZE} height={SIZE} />
        {squares && <Names count={count} />}
        {matrix && (squares ? <Squares matrix={matrix} most={most} /> : <Pixels matrix={matrix} most={most} />)}
      </svg>
      <figcaption>{name}</figcaption>
    </figure>
  );
}

function Names({ count }: { readonly count: number }): ComponentChildren {
  const side = SIZE / count;
  return Array.from({ length: count }, (_, k) => (
    <g key={k} class="heat-name" text-anchor="middle" font-size={10}>
      <text x={(k + 0.5) * side} y={-4}>
        {k + 1}
      </text>
      <text x={-8} y={(k + 0.5) * side + 3.5}>
        {k + 1}
      </text>
    </g>
  ));
}

interface MatrixProps {
  readonly matrix: readonly (readonly number[])[];
  readonly most: number;
}

/** Squares with their numbers where there is room, else with a minus where they are below zero. */
function Squares({ matrix, most }: MatrixProps): ComponentChildren {
  const count = matrix.length;
  const side = SIZE / count;
  // Two where they fit and tell something.
  const decimals = count < 4 && most < 2 ? 2 : 1;
  return matrix.map((row, i) =>
    row.map((value, j) => {
      const strength = Math.min(1, Math.abs(value) / most);
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

/** From here on text is drawn in the colour of the ground. */
const STRONG = 0.6;
/** Weaker squares need no sign. */
const WEAK = 0.05;

function numberOf(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? '0' : text.replace('-', '−');
}

/** One picture, a pixel for each number: as many squares as that would freeze the page. */
function Pixels({ matrix, most }: MatrixProps): ComponentChildren {
  const image = useRef<SVGImageElement>(null);
  const [href, setHref] = useState('');
  const dark = useDark();
  useLayoutEffect(() => {
    if (image.current) setHref(pictureOf(matrix, most, coloursOf(image.current).series));
  }, [matrix, most, dark]);
  return <image ref={image} href={href} width={SIZE} height={SIZE} image-rendering="pixelated" />;
}

/** K x K pixels as a data: address, in the colours #rrggbb for numbers above and below zero. */
function pictureOf(matrix: readonly (readonly number[])[], most: number, [above, below]: readonly string[]): string {
  const canvas = document.createElement('canvas');
  const count = matrix.length;
  canvas.width = canvas.height = count;
  const pixels = new ImageData(count, count);
  const [blue, orange] = [above, below].map((colour) =>
    [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
  );
  matrix.forEach((row, i) => {
    row.forEach((value, j) => {
      const at = 4 * (i * count + j);
      const colour = value < 0 ? orange : blue;
      for (let channel = 0; channel < 3; channel++) pixels.data[at + channel] = colour[channel];
      pixels.data[at + 3] = 255 * Math.min(1, Math.abs(value) / most);
    });
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}
