import { readNpy } from '#core';
import type { Raster } from './picture.js';

const url = new URL('../../../examples/data/digits-axes.npy', import.meta.url);

/** The mean image of the digits and what each of their principal components adds to it. */
export async function loadDigitRaster(): Promise<Raster> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: the server answers ${response.status}`);
  return rasterOf(new Uint8Array(await response.arrayBuffer()));
}

/** A raster from an .npy file of square images: first the mean, then a row for each axis. */
export function rasterOf(bytes: Uint8Array<ArrayBuffer>): Raster {
  const { data, shape } = readNpy(bytes);
  const [images, pixels] = shape;
  const side = Math.sqrt(pixels);
  const [mean, ...axes] = Array.from({ length: images }, (_, k) =>
    Float64Array.from(data.subarray(k * pixels, (k + 1) * pixels)),
  );
  return { rows: side, cols: side, mean, axes };
}
