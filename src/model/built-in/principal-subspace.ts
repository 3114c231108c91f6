import { InvalidInputError } from '#core';
import { fromData, symmetricEigen, type Matrix } from '#linalg';
import { secondMoment } from '../input/moments.js';
import type { InputDistribution } from '../input/distribution.js';

/** A model whose outputs learn the leading principal subspace of the input. */
export interface SubspaceModel {
  readonly input: InputDistribution;
  /** k: number of outputs. */
  readonly outputs: number;
}

/** The k leading eigenvalues of E[x x^T], descending, and their eigenvectors as rows (k x n). */
interface PrincipalSubspace {
  readonly values: Float64Array;
  readonly axes: Matrix;
}

/** Throws InvalidInputError for more outputs than inputs, or for a degenerate eigenvalue where the outputs cut the spectrum. */
export function principalSubspace({ input, outputs: k }: SubspaceModel): PrincipalSubspace {
  const { values, vectors } = symmetricEigen(secondMoment(input));
  const n = input.size;
  if (k > n) throw new InvalidInputError(`found ${k} outputs, expected at most ${n}, one for each input`, OUTPUTS);
  const descending = values.slice().reverse();
  if (!(descending[k - 1] > 1e-12 * descending[0])) {
    throw new InvalidInputError(
      `found ${k} outputs, but fewer directions have any variance of the input; give at most ${descending.filter((value) => value > 1e-12 * descending[0]).length}`,
      OUTPUTS,
    );
  }
  if (k < n && descending[k - 1] - descending[k] <= 1e-9 * descending[0]) {
    throw new InvalidInputError(
      `${k} outputs cut the spectrum of the input between two equal eigenvalues (${descending[k].toPrecision(6)}): the ` +
        'principal subspace is not unique; change outputs, or split the degenerate eigenvalue',
      OUTPUTS,
    );
  }
  const axes = new Float64Array(k * n);
  for (let a = 0; a < k; a++) for (let j = 0; j < n; j++) axes[a * n + j] = vectors.data[j * n + (n - 1 - a)];
  return { values: descending.slice(0, k), axes: fromData(k, n, axes) };
}

const OUTPUTS = ['model', 'outputs'];
