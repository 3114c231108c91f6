import { multiply, polarFactor, transpose, type Matrix } from '#linalg';

/**
 * The point of the minimum-loss manifold nearest to Theta (orthogonal Procrustes): the frame R (k x r, orthonormal
 * columns) that minimises |Theta - R Theta*|, the polar factor of Theta Theta*^T. A small normal displacement leaves R
 * unchanged: at R = I it is an N with N Theta*^T symmetric.
 */
export function projectFrame(theta: Matrix, referenceTransposed: Matrix): Matrix {
  return polarFactor(multiply(theta, referenceTransposed));
}

/**
 * Rotation from one frame to the next, seen from the first (body frame): the rotation (r x r) nearest to from^T to.
 * Exact when both frames span the same space.
 */
export function bodyRotation(from: Matrix, to: Matrix): Matrix {
  const relative = multiply(transpose(from), to);
  return from.rows === from.cols ? relative : polarFactor(relative);
}
