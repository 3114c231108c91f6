/** The images of the package `mnist`; see README.md. */
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, withPackage } from './prepare.js';

/** The package of the images. */
const SOURCE = {
  name: 'mnist',
  version: '1.1.0',
  integrity: 'sha512-x+SfS5tSJnOEjad6jkuL91Cuq9EAVmy1IYt6vdWEsYCjJZsj0oB2xCq+sg5cgiEt9W+xBT31q9IwI2h7h1VtOw==',
};
export const DIGITS = 10;
const PIXELS = 28 * 28;
const IMAGES = 10_000;

export interface Image {
  digit: number;
  /** Where in its class the image stands, as a fraction of the class. */
  place: number;
  pixels: number[];
}

/** The images of one digit, in the package's order. */
function readDigit(folder: string, digit: number): Image[] {
  const file = join(folder, 'src', 'digits', `${digit}.json`);
  const { data } = readJson(file, z.object({ data: z.array(z.number().min(0).max(1)) }));
  const count = data.length / PIXELS;
  if (!Number.isInteger(count)) throw new Error(`${file}: ${data.length} pixels are no whole number of images`);
  return Array.from({ length: count }, (_, k) => ({
    digit,
    place: (k + 0.5) / count,
    pixels: data.slice(k * PIXELS, (k + 1) * PIXELS),
  }));
}

/** All images, the classes interleaved so that every stretch of rows has nearly the proportions of the whole. */
function readImages(folder: string): Image[] {
  const images = Array.from({ length: DIGITS }, (_, digit) => readDigit(folder, digit)).flat();
  if (images.length !== IMAGES) throw new Error(`${images.length} images, expected ${IMAGES}`);
  return images.sort((a, b) => a.place - b.place || a.digit - b.digit);
}

/** The images of the package that the script's first argument names, or else of one that is fetched. */
export const mnistImages = (): Image[] => withPackage(SOURCE, readImages);
