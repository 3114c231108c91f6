import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { coloursOf, useDark } from '../chart/colours.js';

export interface MatrixProps {
  /** K x K. */
  readonly matrix: readonly (readonly number[])[];
  /** The absolute value that has full colour. */
  readonly max: number;
}

/** A matrix as one image of `size` x `size` with a pixel for each number: as many squares would freeze the page. */
export function HeatPixels({ matrix, max, size }: MatrixProps & { readonly size: number }): ComponentChildren {
  const image = useRef<SVGImageElement>(null);
  const [href, setHref] = useState('');
  const dark = useDark();
  useLayoutEffect(() => {
    if (image.current) setHref(imageOf(matrix, max, coloursOf(image.current).series));
  }, [matrix, max, dark]);
  return <image ref={image} href={href} width={size} height={size} image-rendering="pixelated" />;
}

/** K x K pixels as a data: URL, in the colours #rrggbb of positive and negative numbers. */
function imageOf(matrix: readonly (readonly number[])[], max: number, [above, below]: readonly string[]): string {
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
      pixels.data[at + 3] = 255 * Math.min(1, Math.abs(value) / max);
    });
  });
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}
