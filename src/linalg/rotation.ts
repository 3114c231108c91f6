import { polarFactor, symmetricEigen } from './decompose.js';
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

/**
 * Principal logarithm of a rotation: the antisymmetric matrix omega (r x r) with exp(omega) = rotation and all angles in
 * [0, pi]. At an angle of exactly pi the axis of that plane is determined only up to sign; one is chosen.
 *
 * Small rotations (the usual increments) take the power series of asin; large ones are split into the invariant subspace
 * of angles above 2 pi / 3, where -R is a small rotation, and the rest, which is halved by polar(I + R) = R^(1/2).
 *
 * Throws RangeError when the matrix is not a rotation (|R^T R - I| > 1e-6 or determinant -1). O(r^3).
 */
export function logRotation(rotation: Matrix): Matrix {
  const departure = norm(add(rotation, identity(rotation.rows), -1));
  if (departure < SMALL) return logSmall(rotation);
  if (maxAbs(add(multiply(transpose(rotation), rotation), identity(rotation.rows), -1)) > 1e-6) {
    throw new RangeError('the logarithm was asked of a matrix that is not orthogonal');
  }
  const { values: cosines, vectors } = symmetricEigen(scale(add(rotation, transpose(rotation)), 0.5));
  const flipped = cosines.filter((cosine) => cosine < -0.5).length;
  if (flipped % 2 === 1) throw new RangeError('the logarithm was asked of a reflection (determinant -1)');
  let result = zeros(rotation.rows, rotation.rows);
  const near = sliceCols(vectors, flipped, rotation.rows);
  if (near.cols > 0) result = add(result, embed(near, logByHalving(restrict(near, rotation))));
  const far = sliceCols(vectors, 0, flipped);
  if (far.cols > 0) result = add(result, embed(far, logNearPi(restrict(far, rotation))));
  return antisymmetrize(result);
}

/** Frobenius distance from I below which every angle is under 0.36 rad, where the series of asin converges fast. */
const SMALL = 0.5;

const restrict = (basis: Matrix, a: Matrix): Matrix => multiply(transpose(basis), a, basis);
const embed = (basis: Matrix, a: Matrix): Matrix => multiply(basis, a, transpose(basis));
const antisymmetrize = (a: Matrix): Matrix => scale(add(a, transpose(a), -1), 0.5);

/** omega = asin((R - R^T)/2) = sum_k (2k choose k) / (4^k (2k+1)) S^(2k+1). */
function logSmall(rotation: Matrix): Matrix {
  const sine = antisymmetrize(rotation);
  const square = multiply(sine, sine);
  let power = sine;
  let result = sine;
  let coefficient = 1;
  for (let k = 1; k < 60; k++) {
    coefficient *= (2 * k - 1) / (2 * k);
    // S^2 is negative: the series of asin on S = i sin(theta) alternates by itself.
    power = scale(multiply(power, square), -1);
    const term = scale(power, coefficient / (2 * k + 1));
    result = add(result, term);
    if (maxAbs(term) < 1e-17 * maxAbs(sine)) break;
  }
  return result;
}

function logByHalving(rotation: Matrix): Matrix {
  let root = rotation;
  let factor = 1;
  while (norm(add(root, identity(root.rows), -1)) >= SMALL) {
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
    const v = largestOutside(scale(multiply(small, small), -1), planes);
    let w = apply(small, v);
    const phi = Math.sqrt(dot(w, w));
    planes.push(v);
    // An angle of pi leaves the second axis of the plane free: any direction outside will do.
    w = phi > 1e-13 ? w.map((value) => value / phi) : largestOutside(identity(size), planes);
    planes.push(w);
    const turn = Math.PI - phi;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) result.data[i * size + j] -= turn * (w[i] * v[j] - v[i] * w[j]);
    }
  }
  return result;
}

/** Leading unit eigenvector of a symmetric positive semidefinite matrix, orthogonal to the given unit vectors. */
function largestOutside(a: Matrix, taken: readonly Float64Array[]): Float64Array {
  if (taken.length === 0) return leading(a);
  const span = fromRows(taken);
  const outside = add(identity(a.rows), multiply(transpose(span), span), -1);
  // The shift keeps the taken directions (eigenvalue 0) below everything outside them.
  return leading(multiply(outside, add(a, identity(a.rows), 1 + maxAbs(a)), outside));
}

function leading(a: Matrix): Float64Array {
  const { vectors } = symmetricEigen(a);
  return Float64Array.from({ length: a.rows }, (_, i) => vectors.data[i * a.rows + a.rows - 1]);
}

/** exp(omega) of an antisymmetric matrix, a rotation; scaling and squaring. O(r^3 log |omega|). */
export function expRotation(omega: Matrix): Matrix {
  const halvings = Math.max(0, Math.ceil(Math.log2(norm(omega) + 1e-300)) + 2);
  const small = scale(omega, 2 ** -halvings);
  let term = identity(omega.rows);
  let result = term;
  for (let k = 1; k < 24; k++) {
    term = scale(multiply(term, small), 1 / k);
    result = add(result, term);
  }
  for (let k = 0; k < halvings; k++) result = multiply(result, result);
  return result;
}
