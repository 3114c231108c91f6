/**
 * Makes digits.npy and digits-class-means.npy from the package `mnist`; see README.md.
 * Usage: tsx examples/data/make-digits.ts [folder of the unpacked package]
 */
import { join } from 'node:path';
import { Matrix } from 'ml-matrix';
import { z } from 'zod';
import {
  classMeans,
  kurtoses,
  list,
  principalScores,
  readJson,
  rounded,
  variances,
  withPackage,
  writeNpy,
} from './prepare.js';

const SOURCE = {
  name: 'mnist',
  version: '1.1.0',
  integrity: 'sha512-x+SfS5tSJnOEjad6jkuL91Cuq9EAVmy1IYt6vdWEsYCjJZsj0oB2xCq+sg5cgiEt9W+xBT31q9IwI2h7h1VtOw==',
};
const DIGITS = 10;
const PIXELS = 28 * 28;
const IMAGES = 10_000;
const KEPT = 16;

interface Image {
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

const images = withPackage(SOURCE, readImages);
const { scores, totalVariance } = principalScores(new Matrix(images.map((image) => image.pixels)), KEPT);
const keptVariance = variances(scores).reduce((sum, variance) => sum + variance, 0);
const factor = Math.sqrt(keptVariance / KEPT);
const rows = rounded(Matrix.div(scores, factor));
const labels = images.map((image) => image.digit);

console.log(`images: ${rows.rows}`);
console.log(
  `images of each digit: ${Array.from({ length: DIGITS }, (_, d) => labels.filter((label) => label === d).length).join(' ')}`,
);
console.log(`kept eigenvalues, scaled: ${list(variances(rows))}`);
console.log(`kurtosis of the scores: ${list(kurtoses(rows))}`);
console.log(`fraction of variance kept: ${(keptVariance / totalVariance).toFixed(6)}`);
console.log(`scores divided by: ${factor}`);
writeNpy('digits.npy', rows);
writeNpy('digits-class-means.npy', classMeans(rows, labels, DIGITS));
