import { TheoryDomainError } from '#core';
import { add, eigenvalues, maxAbs, multiply, norm, scale, transpose, zeros, type Matrix } from '#linalg';
import type { StateArray, SymmetricArrays, SymmetricFlow } from '../definition/rule-definition.js';
import { stateSize } from '../definition/state-vector.js';
import { isNoisy, isSymmetricNoise, type SynapticNoise } from '../definition/synaptic-noise.js';

/** Rates below this share of the largest entry of Df restore nothing. */
const FLAT = 1e-9;

/**
 * An array that is declared symmetric stays so: its antisymmetric part is zero for ever, and it does not matter whether the mean step
 * would restore it. Where it would not, Df is given a rate there, J P_s - c P_a with the projections on symmetric and antisymmetric
 * displacements; since symmetric ones lead to no others, nothing else changes. Throws TheoryDomainError where synaptic noise moves
 * an antisymmetric part that is not restored.
 */
function flow(
  name: string,
  arrays: readonly StateArray[],
  jacobian: Matrix,
  synapticNoise: SynapticNoise | undefined,
): SymmetricFlow {
  const unrestored = arrays.filter(
    (array) => array.symmetric === true && isFlat(jacobian, antisymmetric(arrays, [array])),
  );
  if (unrestored.length === 0) return { jacobian, standIn: null };
  const moved =
    synapticNoise &&
    unrestored.find((array) => isNoisy(synapticNoise, array) && !isSymmetricNoise(synapticNoise, array));
  if (moved) {
    throw new TheoryDomainError(
      `synaptic noise moves the antisymmetric part of ${moved.name}, which ${name} never restores; expected symmetric: true`,
      ['model', 'synapticNoise', 'symmetric'],
    );
  }
  const directions = antisymmetric(arrays, unrestored);
  const rate = norm(jacobian) / Math.sqrt(jacobian.rows);
  const projection = multiply(directions, transpose(directions));
  return {
    jacobian: add(add(jacobian, multiply(jacobian, projection), -1), scale(projection, rate), -1),
    standIn: { rate, directions: directions.cols },
  };
}

/** A state without the antisymmetric parts of arrays that are declared symmetric: where nothing restores these, rounding would stay. */
function symmetrized(arrays: readonly StateArray[], vector: Float64Array): Float64Array {
  const result = vector.slice();
  for (const [above, below] of mirrored(arrays, (array) => array.symmetric === true)) {
    result[above] = result[below] = (vector[above] + vector[below]) / 2;
  }
  return result;
}

/** Whether nothing moves along these directions: displacements neither decay nor grow. */
function isFlat(jacobian: Matrix, directions: Matrix): boolean {
  if (directions.cols === 0) return false;
  const own = eigenvalues(multiply(transpose(directions), jacobian, directions));
  return own.every(({ real, imaginary }) => Math.hypot(real, imaginary) <= FLAT * maxAbs(jacobian));
}

/** Orthonormal antisymmetric displacements of some arrays, as columns of d numbers. */
function antisymmetric(arrays: readonly StateArray[], chosen: readonly StateArray[]): Matrix {
  const pairs = mirrored(arrays, (array) => chosen.includes(array));
  const result = zeros(stateSize(arrays), pairs.length);
  pairs.forEach(([above, below], k) => {
    result.data[above * pairs.length + k] = Math.SQRT1_2;
    result.data[below * pairs.length + k] = -Math.SQRT1_2;
  });
  return result;
}

/** Places of entries above and below the diagonal of some square arrays in the vector of a state. */
function mirrored(
  arrays: readonly StateArray[],
  isChosen: (array: StateArray) => boolean,
): readonly (readonly [number, number])[] {
  let offset = 0;
  return arrays.flatMap((array) => {
    const { rows, cols } = array;
    const start = offset;
    offset += rows * cols;
    if (!isChosen(array)) return [];
    return Array.from({ length: rows }, (_, i) =>
      Array.from({ length: rows - i - 1 }, (__, k) => {
        const j = i + 1 + k;
        return [start + i * cols + j, start + j * cols + i] as const;
      }),
    ).flat();
  });
}

export const symmetricArrays: SymmetricArrays = { flow, symmetrized };
