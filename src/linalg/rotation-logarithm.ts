import { symmetricEigen } from './decompose.js';
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
import { polarFactor } from './polar.js';
import { SMALL_ROTATION, SmallRotationLogarithm } from './small-rotation.js';

/**
 * Principal logarithm of a rotation: the antisymmetric matrix omega (r x r) with exp(omega) = rotation and all angles in
 * [0, pi]. At an angle of exactly pi the axis of that plane is determined only up to sign; one is chosen.
 *
 * Small rotations (the usual increments) take the power series of asin; large ones are split into the invariant subspace
 * of angles above about 2 pi / 3, where -R is a small rotation, and the rest, which is halved by polar(I + R) = R^(1/2).
 *
 * Throws RangeError when the matrix is not a rotation (|R^T R - I| > 1e-6 or determinant -1). O(r^3).
 */
export function logRotation(rotation: Matrix): Matrix {
  assertOrthogonal(rotation);
  const departure = norm(add(rotation, identity(rotation.rows), -1));
  if (departure < SMALL_ROTATION) return logSmall(rotation);
  const { values: cosines, vectors } = symmetricEigen(symmetricPart(rotation));
  const flipped = countFar(cosines);
  if (flipped % 2 === 1) throw new RangeError('cannot take the logarithm: the matrix is a reflection (determinant -1)');
  let result = zeros(rotation.rows, rotation.rows);
  const near = sliceCols(vectors, flipped, rotation.rows);
  if (near.cols > 0) result = add(result, embed(near, logByHalving(restrict(near, rotation))));
  const far = sliceCols(vectors, 0, flipped);
  if (far.cols > 0) result = add(result, embed(far, logNearPi(restrict(far, rotation))));
  return antisymmetrize(result);
}

/** An orthogonal matrix R = exp(omega) S as a rotation and, where its determinant is -1, a reflection S; else S = I. */
interface OrthogonalLogarithm {
  readonly omega: Matrix;
  readonly isReflected: boolean;
}

/**
 * The rotation in an orthogonal matrix (r x r) of either determinant. One of determinant -1 turns an axis v round, R v = -v. Of all
 * R = exp(omega) (I - 2 v v^T) with a unit vector v, this v leaves the smallest rotation, that of the other axes: omega v = 0.
 *
 * Throws RangeError when the matrix is not orthogonal (|R^T R - I| > 1e-6). O(r^3).
 */
export function logOrthogonal(orthogonal: Matrix): OrthogonalLogarithm {
  assertOrthogonal(orthogonal);
  const { values, vectors } = symmetricEigen(symmetricPart(orthogonal));
  if (countFar(values) % 2 === 0) return { omega: logRotation(orthogonal), isReflected: false };
  const axis = sliceCols(vectors, 0, 1);
  const rest = add(orthogonal, multiply(orthogonal, axis, transpose(axis)), -2);
  const outside = projectorOutside([axis.data], orthogonal.rows);
  return { omega: antisymmetrize(multiply(outside, logRotation(rest), outside)), isReflected: true };
}

function assertOrthogonal(a: Matrix): void {
  // Negated, so that NaN throws, too.
  if (!(maxAbs(add(multiply(transpose(a), a), identity(a.rows), -1)) <= 1e-6)) {
    throw new RangeError('cannot take the logarithm: the matrix is not orthogonal');
  }
}

const symmetricPart = (a: Matrix): Matrix => scale(add(a, transpose(a)), 0.5);

/**
 * The number of ascending cosines that belong to large angles. The cut is in the widest gap within [-0.75, -0.25]: a cut
 * between equal cosines would split a plane, or a set of planes with equal angles.
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

/** R = -exp(K) with small K: a plane v -> w that K rotates by phi, R rotates by pi - phi in the opposite direction. */
function logNearPi(rotation: Matrix): Matrix {
  const size = rotation.rows;
  const small = logByHalving(scale(rotation, -1));
  const planes: Float64Array[] = [];
  const result = zeros(size, size);
  while (planes.length < size) {
    const outside = projectorOutside(planes, size);
    const within = (a: Matrix): Matrix => antisymmetrize(multiply(outside, a, outside));
    // Scaled, because the remaining angles may be tiny beside those taken; projected again to remove the rounding so enlarged.
    const rest = within(small);
    const largest = maxAbs(rest);
    const scaled = within(scale(rest, 1 / (largest || 1)));
    const v = leading(add(outside, multiply(scaled, scaled), -1));
    planes.push(v);
    const image = apply(scaled, v);
    const length = Math.sqrt(dot(image, image));
    // At least 1 unless `rest` is rounding only: an angle of pi, where the second axis is arbitrary.
    const w = length > 0.5 ? image.map((value) => value / length) : leading(projectorOutside(planes, size));
    const angle = Math.PI - largest * length;
    planes.push(w);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) result.data[i * size + j] -= angle * (w[i] * v[j] - v[i] * w[j]);
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
