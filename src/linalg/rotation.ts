import { polarFactor, symmetricEigen } from './decompose.js';
import { exponential } from './exponential.js';
import {
  add,
  apply,
  dot,
  fromRows,
  identity,
  maxAbs,
  multiply,
  norm,
  scale,
  sliceCols,
  transpose,
  zeros,
  type Matrix,
} from './matrix.js';
import { SMALL_ROTATION, SmallRotationLogarithm } from './small.js';

/**
 * Principal logarithm of a rotation: the antisymmetric matrix omega (r x r) with exp(omega) = rotation and all angles in
 * [0, pi]. At an angle of exactly pi the axis of that plane is determined only up to sign; one is chosen.
 *
 * Small rotations (the usual increments) take the power series of asin; large ones are split into the invariant subspace
 * of angles above some 2 pi / 3, where -R is a small rotation, and the rest, which is halved by polar(I + R) = R^(1/2).
 *
 * Throws RangeError when the matrix is not a rotation (|R^T R - I| > 1e-6 or determinant -1). O(r^3).
 */
export function logRotation(rotation: Matrix): Matrix {
  const departure = norm(add(rotation, identity(rotation.rows), -1));
  // Negated, so that NaN is refused too.
  if (!(maxAbs(add(multiply(transpose(rotation), rotation), identity(rotation.rows), -1)) <= 1e-6)) {
    throw new RangeError('the logarithm was asked of a matrix that is not orthogonal');
  }
  if (departure < SMALL_ROTATION) return logSmall(rotation);
  const { values: cosines, vectors } = symmetricEigen(scale(add(rotation, transpose(rotation)), 0.5));
  const flipped = countFar(cosines);
  if (flipped % 2 === 1) throw new RangeError('the logarithm was asked of a reflection (determinant -1)');
  let result = zeros(rotation.rows, rotation.rows);
  const near = sliceCols(vectors, flipped, rotation.rows);
  if (near.cols > 0) result = add(result, embed(near, logByHalving(restrict(near, rotation))));
  const far = sliceCols(vectors, 0, flipped);
  if (far.cols > 0) result = add(result, embed(far, logNearPi(restrict(far, rotation))));
  return antisymmetrize(result);
}

/**
 * How many of the ascending cosines belong to large angles. The cut goes through the widest gap within [-0.75, -0.25]:
 * a cut between equal cosines would tear a plane, or a set of planes, apart.
 */
function countFar(cosines: Float64Array): number {
  let widest = 0;
  let count = 0;
  for (let i = 0; i <= cosines.length; i++) {
    const below = i === 0 ? -0.75 : Math.max(cosines[i - 1], -0.75);
    const above = i === cosines.length ? -0.25 : Math.min(cosines[i], -0.25);
    if (above - below <= widest) continue;
    widest = above - below;
    count = i;
  }
  return count;
}

const restrict = (basis: Matrix, a: Matrix): Matrix => multiply(transpose(basis), a, basis);
const embed = (basis: Matrix, a: Matrix): Matrix => multiply(basis, a, transpose(basis));
const antisymmetrize = (a: Matrix): Matrix => scale(add(a, transpose(a), -1), 0.5);

function logSmall(rotation: Matrix): Matrix {
  const omega = zeros(rotation.rows, rotation.rows);
  new SmallRotationLogarithm(rotation.rows).apply(rotation.data, omega.data);
  return omega;
}

function logByHalving(rotation: Matrix): Matrix {
  let root = rotation;
  let factor = 1;
  while (norm(add(root, identity(root.rows), -1)) >= SMALL_ROTATION) {
    root = polarFactor(add(root, identity(root.rows)));
    factor *= 2;
  }
  return scale(logSmall(root), factor);
}

/** R = -exp(K) with small K: each plane v -> w of K, at angle phi, turns by pi - phi the other way in R. */
function logNearPi(rotation: Matrix): Matrix {
  const size = rotation.rows;
  const small = logByHalving(scale(rotation, -1));
  const planes: Float64Array[] = [];
  const result = zeros(size, size);
  while (planes.length < size) {
    const outside = projectorOutside(planes, size);
    const within = (a: Matrix): Matrix => antisymmetrize(multiply(outside, a, outside));
    // Scaled, because the angles that are left may be tiny beside those taken; projected again, because then rounding shows.
    const rest = within(small);
    const largest = maxAbs(rest);
    const scaled = within(scale(rest, 1 / (largest || 1)));
    const v = leading(add(outside, multiply(scaled, scaled), -1));
    planes.push(v);
    const image = apply(scaled, v);
    const length = Math.sqrt(dot(image, image));
    // At least 1 unless `rest` is nothing but rounding: an angle of pi, where any second axis outside will do.
    const w = length > 0.5 ? image.map((value) => value / length) : leading(projectorOutside(planes, size));
    const turn = Math.PI - largest * length;
    planes.push(w);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) result.data[i * size + j] -= turn * (w[i] * v[j] - v[i] * w[j]);
    }
  }
  return result;
}

/** Projector onto what is orthogonal to the given orthonormal vectors. */
function projectorOutside(taken: readonly Float64Array[], size: number): Matrix {
  if (taken.length === 0) return identity(size);
  const span = fromRows(taken);
  return add(identity(size), multiply(transpose(span), span), -1);
}

/** Unit eigenvector of the largest eigenvalue. */
function leading(a: Matrix): Float64Array {
  const { vectors } = symmetricEigen(a);
  return Float64Array.from({ length: a.rows }, (_, i) => vectors.data[i * a.rows + a.rows - 1]);
}

/** exp(omega) of an antisymmetric matrix, a rotation. O(r^3 log |omega|). */
export function expRotation(omega: Matrix): Matrix {
  return exponential(omega);
}
