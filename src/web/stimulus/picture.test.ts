import { readFile } from 'node:fs/promises';
import { readNpy } from '#core';
import { describe, expect, it } from 'vitest';
import { rasterOf } from './digit-raster.js';
import { drawStimulus } from './draw.js';
import { picturesOf, type Picture, type Raster } from './picture.js';

const dataFile = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(new URL(`../../../examples/data/${name}`, import.meta.url)));

/** The ink of a picture at a place within the unit square. */
const inkAt = (picture: Picture, u: number, v: number): number =>
  picture.reduce(
    (ink, { opacity, rects }) =>
      rects.some(({ x, y, width, height }) => u >= x && u < x + width && v >= y && v < y + height) ? opacity : ink,
    0,
  );

describe('the pictures of probes', () => {
  it('are bars on one scale, upwards where positive, about a common baseline', () => {
    const [up, down] = picturesOf([Float64Array.of(2, 0), Float64Array.of(0, -1)]) ?? [];
    const [baseline, ...high] = up[1].rects;
    const [other, ...low] = down[1].rects;
    expect(high).toHaveLength(1);
    expect(low).toHaveLength(1);
    expect(high[0].y).toBe(0);
    expect(high[0].x).toBeLessThan(0.5);
    expect(high[0].height).toBeCloseTo(2 * low[0].height, 12);
    expect(low[0].x).toBeGreaterThan(0.5);
    expect(low[0].y + low[0].height).toBeCloseTo(1, 12);
    expect(baseline).toEqual(other);
  });

  it('stay within their square', () => {
    const stimuli = [Float64Array.of(0.3, -0.7, 0.2), Float64Array.of(1.1, 0, -0.1), new Float64Array(3)];
    for (const picture of picturesOf(stimuli) ?? [])
      for (const { x, y, width, height } of picture.flatMap(({ rects }) => rects)) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-12);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-12);
      }
  });

  it('are images where a raster fits the size of the input, and none where it has more than 24 numbers', () => {
    const raster: Raster = { rows: 1, cols: 2, mean: Float64Array.of(0, 0.5), axes: [Float64Array.of(1, 0)] };
    const [dark] = picturesOf([Float64Array.of(1)], raster) ?? [];
    expect(inkAt(dark, 0.25, 0.5)).toBe(1);
    expect(inkAt(dark, 0.75, 0.5)).toBe(0.6);
    expect(picturesOf([new Float64Array(24)], raster)?.[0]).toHaveLength(2);
    expect(picturesOf([new Float64Array(25)], raster)).toBeNull();
    expect(picturesOf(Array.from({ length: 41 }, () => new Float64Array(1)))).toBeNull();
  });

  it('of the digits have the hole of the zero, the stroke of the one, and few elements', async () => {
    const { data } = readNpy(await dataFile('digits-class-means.npy'));
    const means = Array.from({ length: 10 }, (_, d) => Float64Array.from(data.subarray(16 * d, 16 * (d + 1))));
    const pictures = picturesOf(means, rasterOf(await dataFile('digits-axes.npy'))) ?? [];
    expect(inkAt(pictures[0], 0.5, 0.5)).toBeLessThan(0.2);
    expect(inkAt(pictures[1], 0.5, 0.5)).toBeGreaterThan(0.7);
    expect(inkAt(pictures[0], 0.3, 0.5) + inkAt(pictures[0], 0.7, 0.5)).toBeGreaterThan(0.5);
    expect(Math.max(...pictures.map(({ length }) => length))).toBeLessThanOrEqual(6);
  });
});

describe('a stimulus on a canvas', () => {
  it('is drawn on whole pixels in the colour that is given, and leaves the opacity as it was', () => {
    const drawn: [string, number, ...number[]][] = [];
    const context = {
      fillStyle: '',
      globalAlpha: 0.5,
      fillRect(...box: [number, number, number, number]) {
        drawn.push([this.fillStyle, this.globalAlpha, ...box]);
      },
    };
    const picture: Picture = [
      { opacity: 1, rects: [{ x: 0, y: 0, width: 0.5, height: 0.5 }] },
      { opacity: 0.4, rects: [{ x: 0.5, y: 0.99, width: 0.01, height: 0.01 }] },
    ];
    drawStimulus(context, picture, { x: 10.2, y: 20, size: 15 }, '#4aa8dd');
    expect(drawn).toEqual([
      ['#4aa8dd', 0.5, 10, 20, 8, 8],
      ['#4aa8dd', 0.2, 18, 35, 1, 1],
    ]);
    expect(context.globalAlpha).toBe(0.5);
  });
});
