import { fromData, multiply, qr, scale, zeros, type Matrix } from '#linalg';
import { generator, log, NormalSource, type Purpose } from '#random';

/**
 * Hidden size is free. A step of SGD multiplies Theta from the right by an (n+m) x (n+m) matrix, so it never leaves the
 * span of the initial columns of Theta: Theta_t = Q0 T_t for all t with Theta_0 = Q0 T_0 the thin QR factorisation:
 * T (k x (n+m), k = min(p, n+m)) learns by the same equations from the same samples, whatever p. Exact.
 */
export function reduce(theta: Matrix): { frame: Matrix | null; reduced: Matrix } {
  if (theta.rows <= theta.cols) return { frame: null, reduced: theta };
  const { q, r } = qr(theta);
  return { frame: q, reduced: r };
}

/** Theta = frame T; a null frame means that nothing was reduced. Materialises p x (n+m). */
export function lift(frame: Matrix | null, reduced: Matrix): Matrix {
  return frame ? multiply(frame, reduced) : reduced;
}

/** A p x k frame with orthonormal columns, uniform (Haar) on the Stiefel manifold, keyed by (seed, replica). O(p k^2). */
export function haarFrame(seed: number, replica: number, rows: number, cols: number): Matrix {
  return qr(gaussianMatrix(source(seed, replica, 'frame', 'frameRetry'), rows, cols)).q;
}

/**
 * The start of learning from random weights, N(0, deviation^2) each, already reduced: for p > n+m the R factor of a
 * p x (n+m) Gaussian matrix has independent entries, chi with p - i degrees of freedom on the diagonal and standard
 * normal above it (Bartlett 1933), and is independent of its Haar frame. Cost independent of p.
 */
export function randomStart(seed: number, replica: number, units: number, columns: number, deviation: number): Matrix {
  const normal = source(seed, replica, 'start', 'startRetry');
  if (units <= columns) return scale(gaussianMatrix(normal, units, columns), deviation);
  const uniform = generator(seed, replica, 'startAccept');
  const r = zeros(columns, columns);
  for (let i = 0; i < columns; i++) {
    r.data[i * columns + i] = deviation * chi(units - i, normal, () => uniform.positive());
    for (let j = i + 1; j < columns; j++) r.data[i * columns + j] = deviation * normal.next();
  }
  return r;
}

const source = (seed: number, replica: number, main: Purpose, retry: Purpose): NormalSource =>
  new NormalSource(generator(seed, replica, main), generator(seed, replica, retry));

function gaussianMatrix(normal: NormalSource, rows: number, cols: number): Matrix {
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => normal.next()),
  );
}

/** A chi variate with `freedom` >= 1 degrees: sqrt of twice a gamma variate (Marsaglia & Tsang 2000). */
function chi(freedom: number, normal: NormalSource, uniform: () => number): number {
  if (freedom === 1) return Math.abs(normal.next());
  const d = freedom / 2 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normal.next();
    const root = 1 + c * z;
    const v = root * root * root;
    if (v > 0 && log(uniform()) < 0.5 * z * z + d - d * v + d * log(v)) return Math.sqrt(2 * d * v);
  }
}
