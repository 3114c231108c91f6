import { TheoryDomainError } from '#core';
import {
  completeColumns,
  eigenvalues,
  fromData,
  identity,
  maxAbs,
  multiply,
  qr,
  sliceCols,
  solveOrNull,
  svd,
  transpose,
  zeros,
  type ComplexEigenvalue,
  type Matrix,
} from '#linalg';
import { entryName, type StateArray, type SymmetricFlow, type TangentSpace } from '#model';

/** Singular values of Df below this share of the largest belong to directions in which nothing restores. */
const FLAT = 1e-9;

/**
 * The mean flow near its fixed point, split into the orbit and the directions that relax. Coordinates of a displacement y are
 * t = l.y along the orbit (rho numbers) and n along the columns of the basis (d - rho numbers): y = tangents t + basis n.
 */
export interface LinearOrder {
  /** d x rho: tau. */
  readonly tangents: Matrix;
  /** d x rho: l, left null vectors of Df with l^T tau = I. */
  readonly duals: Matrix;
  /** d x m: orthonormal columns that span {N : l.N = 0}. */
  readonly basis: Matrix;
  /** d x d: y -> (t, n). */
  readonly coordinates: Matrix;
  /** m x m: Df on the normal space, in its basis. */
  readonly normal: Matrix;
  /** -mu of the m directions that relax, by ascending real part. */
  readonly rates: readonly ComplexEigenvalue[];
}

/**
 * Throws TheoryDomainError where the null space of Df is not the tangent space of the orbit, naming the directions beyond it; where
 * the zero eigenvalue is not semisimple; and where a direction does not relax.
 */
export function linearOrder(
  name: string,
  arrays: readonly StateArray[],
  derivative: Matrix,
  { tangents }: TangentSpace,
  restored: (jacobian: Matrix) => SymmetricFlow = (jacobian) => ({ jacobian, standIn: null }),
): LinearOrder {
  const d = derivative.rows;
  const rho = tangents.cols;
  assertNull(name, derivative, tangents);
  const { jacobian, standIn } = restored(derivative);
  const { u, s, v } = svd(jacobian);
  const nullity = s.filter((value) => value <= FLAT * s[0]).length;
  if (nullity > rho) throw largerManifold(name, arrays, sliceCols(v, d - nullity, d), tangents);
  const left = sliceCols(u, d - rho, d);
  const duals = dualsOf(name, left, tangents);
  const basis = rho === 0 ? identity(d) : sliceCols(completeColumns(qr(duals).q, d), rho, d);
  const toNormal = multiply(transpose(basis), projector(tangents, duals));
  const normal = multiply(transpose(basis), jacobian, basis);
  const rates = eigenvalues(normal)
    .map(({ real, imaginary }) => ({ real: -real, imaginary: imaginary === 0 ? 0 : -imaginary }))
    .reverse();
  for (let k = 0; standIn && k < standIn.directions; k++) rates.splice(nearestTo(rates, standIn.rate), 1);
  assertStable(name, rates);
  const coordinates = fromData(d, d, Float64Array.of(...transpose(duals).data, ...toNormal.data));
  return { tangents, duals, basis, coordinates, normal, rates };
}

/** Where among the rates one is that differs least from a number. */
function nearestTo(rates: readonly ComplexEigenvalue[], rate: number): number {
  const distances = rates.map(({ real, imaginary }) => Math.hypot(real - rate, imaginary));
  return distances.indexOf(Math.min(...distances));
}

/** I - tau l^T. */
function projector(tangents: Matrix, duals: Matrix): Matrix {
  const along = multiply(tangents, transpose(duals));
  const one = identity(tangents.rows);
  return { ...one, data: one.data.map((value, i) => value - along.data[i]) };
}

function dualsOf(name: string, left: Matrix, tangents: Matrix): Matrix {
  if (tangents.cols === 0) return zeros(left.rows, 0);
  const overlap = multiply(transpose(tangents), left);
  const inverse =
    svd(overlap).s[tangents.cols - 1] > FLAT * maxAbs(tangents) ? solveOrNull(overlap, identity(tangents.cols)) : null;
  if (inverse) return multiply(left, inverse);
  throw new TheoryDomainError(
    `the mean flow of the learning rule ${name} is sheared along its orbit: the eigenvalue 0 of its derivative at the fixed ` +
      'point is not semisimple, so that displacements from the orbit turn the network at a rate that the theory does not cover',
    ['model'],
  );
}

/** f(R.S) = R.f(S) = 0 along the orbit, so that its tangents are null vectors: otherwise the declared symmetry is none of f. */
function assertNull(name: string, jacobian: Matrix, tangents: Matrix): void {
  const moved = maxAbs(multiply(jacobian, tangents));
  if (tangents.cols === 0 || moved <= 1e-7 * maxAbs(jacobian) * maxAbs(tangents)) return;
  throw new TheoryDomainError(
    `the mean step of the learning rule ${name} restores rotations that it declares as its symmetry: along the orbit it ` +
      `changes by ${moved.toPrecision(3)} for a rotation of 1 rad`,
    ['model', 'rule'],
  );
}

function largerManifold(
  name: string,
  arrays: readonly StateArray[],
  flat: Matrix,
  tangents: Matrix,
): TheoryDomainError {
  const known = tangents.cols === 0 ? zeros(flat.rows, 0) : qr(tangents).q;
  const overlap = multiply(transpose(known), flat);
  const rest = multiply(known, overlap);
  const beyond = { ...flat, data: flat.data.map((value, at) => value - rest.data[at]) };
  const extra = flat.cols - tangents.cols;
  const { u } = svd(beyond);
  const largest = Array.from({ length: Math.min(extra, 3) }, (_, k) => {
    const weights = Array.from({ length: u.rows }, (__, i) => ({ i, size: Math.abs(u.data[i * u.cols + k]) }));
    const [first] = weights.sort((a, b) => b.size - a.size);
    return entryName(arrays, first.i);
  });
  return new TheoryDomainError(
    `the fixed points of the learning rule ${name} form a manifold that is larger than its symmetry: ${extra} more ` +
      `direction${extra === 1 ? '' : 's'} in which nothing restores, strongest in ${[...new Set(largest)].join(', ')}; the theory ` +
      'covers drift along rotations of hidden units only',
    ['model'],
  );
}

function assertStable(name: string, rates: readonly ComplexEigenvalue[]): void {
  const [slowest] = rates;
  if (rates.length === 0 || slowest.real > 0) return;
  throw new TheoryDomainError(
    `the fixed point of the learning rule ${name} is not stable: a displacement grows at the rate ` +
      `${(-slowest.real).toPrecision(3)} times the learning rate`,
    ['model'],
  );
}

/** The sum of the columns with these weights. */
export const combination = ({ rows, cols, data }: Matrix, weights: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: rows }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < cols; i++) sum += data[k * cols + i] * weights[i];
    return sum;
  });
