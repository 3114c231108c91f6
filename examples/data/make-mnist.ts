/**
 * Makes mnist.npy (10,000 images of 784 pixels), mnist-class-means.npy and mnist.yaml from the package `mnist`; see README.md.
 * Usage: tsx examples/data/make-mnist.ts [folder of the unpacked package]
 */
import { Matrix } from 'ml-matrix';
import { DIGITS, mnistImages } from './mnist-images.js';
import { classMeans, rounded, writeNpy, writeWhole } from './prepare.js';

const EXPERIMENT = `# Raw images of handwritten digits: npx meander theory examples/data/mnist.yaml
name: mnist
model:
  hiddenUnits: 100
  input:
    - { kind: dataset, file: mnist.npy, center: true }
  learningRate: 0.0002
  weightDecay: 0.1 # 69 principal components have a larger variance, and are represented
probes: { file: mnist-class-means.npy, project: true } # the mean image of each class, 0 to 9
simulation: { replicas: 16, seed: 1, targetError: 0.05 }
`;

const images = mnistImages();
const rows = rounded(new Matrix(images.map((image) => image.pixels)));
const labels = images.map((image) => image.digit);
writeNpy('mnist.npy', rows);
writeNpy('mnist-class-means.npy', rounded(classMeans(rows, labels, DIGITS)));
writeWhole('mnist.yaml', new TextEncoder().encode(EXPERIMENT));
