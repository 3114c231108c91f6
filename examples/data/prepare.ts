/** What the scripts of this folder share: fetching a package, principal components, writing files. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { dump } from 'npyjs';
import { z } from 'zod';

/** A published package, with the subresource integrity of its archive. */
export interface Source {
  name: string;
  version: string;
  integrity: string;
}

/**
 * Calls `use` with the folder of the unpacked package: the one named by the script's first argument, or else one
 * fetched with `npm pack` into a temporary folder that is removed afterwards.
 */
export function withPackage<T>(source: Source, use: (folder: string) => T): T {
  if (process.argv.length > 2) {
    const folder = process.argv[2];
    checkVersion(source, folder);
    return use(folder);
  }
  const temporary = mkdtempSync(join(tmpdir(), 'meander-data-'));
  try {
    fetchPackage(source, temporary);
    const folder = join(temporary, 'package');
    checkVersion(source, folder);
    return use(folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function fetchPackage({ name, version, integrity }: Source, destination: string): void {
  execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', destination], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: destination,
    // On Windows npm is a command file, which only a shell can start.
    shell: process.platform === 'win32',
  });
  const archive = readdirSync(destination).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack ${name}@${version} left no archive`);
  const found = `sha512-${createHash('sha512')
    .update(readFileSync(join(destination, archive)))
    .digest('base64')}`;
  if (found !== integrity) throw new Error(`${archive}: integrity is ${found}, expected ${integrity}`);
  execFileSync('tar', ['-xzf', archive], { cwd: destination });
}

function checkVersion({ name, version }: Source, folder: string): void {
  const found = readJson(join(folder, 'package.json'), z.object({ name: z.string(), version: z.string() }));
  if (found.name !== name || found.version !== version) {
    throw new Error(`${folder} holds ${found.name}@${found.version}, expected ${name}@${version}`);
  }
}

/** The content of a JSON file, checked against a schema. */
export function readJson<T>(path: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** The rows less their mean. */
export function centred(rows: Matrix): Matrix {
  return rows.clone().subRowVector(rows.mean('column'));
}

/** The variance of every column (divided by the number of rows, as everywhere here). */
export function variances(rows: Matrix): number[] {
  return squared(centred(rows)).mean('column');
}

/** The kurtosis of every column: fourth central moment over squared variance, 3 for a Gaussian. */
export function kurtoses(rows: Matrix): number[] {
  const squares = squared(centred(rows));
  const fourth = squared(squares).mean('column');
  return squares.mean('column').map((variance, column) => fourth[column] / (variance * variance));
}

// A product, not a power: languages leave the last bit of a power open.
function squared(rows: Matrix): Matrix {
  return Matrix.mul(rows, rows);
}

/** The mean products of the columns of centred rows. */
function covariance(deviations: Matrix): Matrix {
  const columns = Array.from({ length: deviations.columns }, (_, c) => Float64Array.from(deviations.getColumn(c)));
  const result = new Matrix(columns.length, columns.length);
  columns.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = columns[j];
      let sum = 0;
      for (let row = 0; row < a.length; row++) sum += a[row] * b[row];
      result.set(i, j, sum / a.length);
      result.set(j, i, sum / a.length);
    }
  });
  return result;
}

/** Scores on principal components, the components in rows, and the variance summed over all components. */
interface Principal {
  scores: Matrix;
  components: Matrix;
  totalVariance: number;
}

/**
 * The scores of the rows on their `kept` leading principal components, in order of decreasing variance, each
 * component signed so that its loading of largest magnitude is positive.
 */
export function principalScores(rows: Matrix, kept: number): Principal {
  const deviations = centred(rows);
  const products = covariance(deviations);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(products, { assumeSymmetric: true });
  const leading = realEigenvalues
    .map((_, index) => index)
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a])
    .slice(0, kept);
  const signed = leading.map((index) => {
    const loadings = eigenvectorMatrix.getColumn(index);
    const largest = loadings.reduce((best, loading) => (Math.abs(loading) > Math.abs(best) ? loading : best), 0);
    return loadings.map((loading) => loading * Math.sign(largest));
  });
  const components = new Matrix(signed);
  return { scores: deviations.mmul(components.transpose()), components, totalVariance: products.trace() };
}

/** Rounds every entry to float32, the precision of the files. */
export function rounded(rows: Matrix): Matrix {
  return new Matrix(rows.to2DArray().map((row) => row.map(Math.fround)));
}

/** Row c is the mean of the rows labelled c. */
export function classMeans(rows: Matrix, labels: readonly number[], classes: number): Matrix {
  return new Matrix(
    Array.from({ length: classes }, (_, label) => {
      const members = labels.flatMap((found, row) => (found === label ? [row] : []));
      return rows.selection(members, [...Array(rows.columns).keys()]).mean('column');
    }),
  );
}

/** Writes a float32 NPY file beside the scripts. */
export function writeNpy(name: string, rows: Matrix): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1)
    throw new Error('NPY is written on little-endian machines only');
  writeWhole(name, new Uint8Array(dump(Float32Array.from(rows.to1DArray()), [rows.rows, rows.columns])));
}

/** Writes a file beside the scripts, whole or not at all, and prints its size and digest. */
export function writeWhole(name: string, content: Uint8Array): void {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, content);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
  console.log(`${name}: ${content.length} bytes, sha256 ${createHash('sha256').update(content).digest('hex')}`);
}

/** Numbers for the terminal. */
export function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(4)).join(' ');
}
