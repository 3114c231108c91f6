import { fromData, symmetricEigen } from '#linalg';

/**
 * The second moment Sigma of the displacement normal to the manifold under the linearised step N <- (I - eta A) N, A the Hessian of the
 * loss of one batch:
 *   Sigma <- Sigma - eta (J Sigma + Sigma J) + eta^2 E[A Sigma A],   J = E A.
 * Sigma is a list of numbers in the eigenbasis of J, where L Sigma = J Sigma + Sigma J is diagonal.
 */
export interface SecondMomentMap {
  /** mu_i + mu_j of each number of Sigma. */
  readonly rates: Float64Array;
  /** Sigma = I. */
  readonly identity: Float64Array;
  /** E[A Sigma A]. */
  readonly square: (sigma: Float64Array) => Float64Array;
}

const MAX_ITERATIONS = 100;

/**
 * 1 / the largest learning rate at which no second moment grows: the largest eigenvalue of L^-1 M, M Sigma = E[A Sigma A].
 *
 * The step maps covariances to covariances, so its spectral radius is below 1 where, and only where, eta (L - eta M) has an inverse
 * that does, thus while eta times the spectral radius of L^-1 M is below 1. A is symmetric, hence so are L and M, and L^-1 M in the
 * inner product of L: Lanczos' method gives the largest eigenvalue, from below. `tolerance` is relative.
 */
export function largestGrowth({ rates, identity, square }: SecondMomentMap, tolerance: number): number {
  const product = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += rates[i] * a[i] * b[i];
    return sum;
  };
  let length = Math.sqrt(product(identity, identity));
  let current = identity.map((value) => value / length);
  let before = new Float64Array(current.length);
  const diagonal: number[] = [];
  const coupling: number[] = [];
  let largest = 0;
  for (let k = 0; k < MAX_ITERATIONS; k++) {
    const image = square(current);
    for (let i = 0; i < image.length; i++) image[i] /= rates[i];
    const own = product(image, current);
    diagonal.push(own);
    const found = largestOf(diagonal, coupling);
    if (k > 1 && found - largest <= tolerance * found) return found;
    largest = found;
    const last = coupling.at(-1) ?? 0;
    for (let i = 0; i < image.length; i++) image[i] -= own * current[i] + last * before[i];
    length = Math.sqrt(product(image, image));
    if (!(length > 1e-12 * largest)) return largest;
    coupling.push(length);
    before = current;
    current = image.map((value) => value / length);
  }
  return largest;
}

/** Largest eigenvalue of a symmetric tridiagonal matrix. */
function largestOf(diagonal: readonly number[], coupling: readonly number[]): number {
  const size = diagonal.length;
  const data = new Float64Array(size * size);
  diagonal.forEach((value, i) => {
    data[i * size + i] = value;
    if (i > 0) data[i * size + i - 1] = data[(i - 1) * size + i] = coupling[i - 1];
  });
  return symmetricEigen(fromData(size, size, data)).values[size - 1];
}
