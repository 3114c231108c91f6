/**
 * Makes digits.npy and digits-class-means.npy from the package `mnist`; see README.md.
 * Usage: tsx examples/data/make-digits.ts [folder of the unpacked package]
 */
import { Matrix } from 'ml-matrix';
import { DIGITS, mnistImages } from './mnist-images.js';
import { classMeans, kurtoses, list, principalScores, rounded, variances, writeNpy } from './prepare.js';

const KEPT = 16;

const images = mnistImages();
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
