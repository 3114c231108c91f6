/**
 * Makes digits.npy, digits-class-means.npy and digits-axes.npy from the package `mnist`; see README.md.
 * Usage: tsx examples/data/make-digits.ts [folder of the unpacked package]
 */
import { Matrix } from 'ml-matrix';
import { DIGITS, mnistImages } from './mnist-images.js';
import { classMeans, kurtoses, list, principalScores, rounded, variances, writeNpy } from './prepare.js';

const KEPT = 16;

const images = mnistImages();
const pixels = new Matrix(images.map((image) => image.pixels));
const { scores, components, totalVariance } = principalScores(pixels, KEPT);
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

/** Rows of 28 x 28 pixels as 14 x 14: the mean of every square of four. */
function halved(rows: Matrix): Matrix {
  const [wide, narrow] = [28, 14];
  const pixelsOf = (row: number[]): number[] =>
    Array.from({ length: narrow * narrow }, (_, k) => {
      const corner = 2 * wide * Math.floor(k / narrow) + 2 * (k % narrow);
      return (row[corner] + row[corner + 1] + row[corner + wide] + row[corner + wide + 1]) / 4;
    });
  return new Matrix(rows.to2DArray().map(pixelsOf));
}

// A row x of digits.npy is the image: row 0 + sum over k of x_k times row k + 1.
const axes = halved(new Matrix([pixels.mean('column'), ...Matrix.mul(components, factor).to2DArray()]));
writeNpy('digits-axes.npy', rounded(axes));
