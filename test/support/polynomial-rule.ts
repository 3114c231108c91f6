// Jets of learning rules Theta <- Theta (I + eta S_z(G)), G = Theta^T Theta, that no formula of the theory knows: their derivatives
// are differences of the polynomial g itself, exact to rounding.
import { completeColumns, dot, fromData, fromRows, symmetricEigen, transpose, type Matrix } from '#linalg';
import type { Jets, NoiseJets } from '../../src/theory/next-order/expansion/jets.js';

/** S_z(G) = b_z - alpha_z G - M2_z <M_z, G> - N_z <N_z, G>^2, of samples z with probabilities; and the basis at the fixed point. */
export interface PolynomialRule {
  readonly batchSize: number;
  readonly theta: number[][];
  readonly probabilities: number[];
  readonly b: number[][][];
  readonly alpha: number[];
  readonly M: number[][][];
  readonly M2: number[][][];
  readonly N: number[][][];
  readonly rates: number[];
  /** e_i, r_i and l_a as rows of the entries of Theta. */
  readonly normal: number[][];
  readonly dual: number[][];
  readonly tangentDual: number[][];
}

type Vector = Float64Array;
/** Theta -> g, for one sample or a mean of them. */
type Field = (theta: Vector) => Vector;

const PLANES = [[0, 1], [0, 2], [1, 2]] as const; // prettier-ignore
const DEGREE = 5;

export function jetsOfRule(rule: PolynomialRule): Jets {
  const theta = Float64Array.from(rule.theta.flat());
  const [normal, dual, rotations] = [rule.normal, rule.dual, rule.tangentDual].map((rows) =>
    rows.map((row) => Float64Array.from(row)),
  );
  const samples = rule.probabilities.map((_, z) => updateOf(rule, z));
  const combined = (weights: ArrayLike<number>): Field => {
    return (point) => {
      const sum = new Float64Array(point.length);
      samples.forEach((field, z) => {
        field(point).forEach((value, i) => (sum[i] += weights[z] * value));
      });
      return sum;
    };
  };
  const mean = combined(rule.probabilities);
  const white = whiteIndicators(rule.probabilities);
  const form = (field: Field, order: number, ...directions: Vector[]): Vector =>
    multilinear(field, theta, order, directions);
  const project = (rows: readonly Vector[], vector: Vector): number[] => rows.map((row) => dot(row, vector));
  const matrixOf = (rows: readonly Vector[], value: (e: Vector) => Vector): Matrix =>
    transpose(fromRows(normal.map((e) => project(rows, value(e)))));
  const quadratic = (field: Field): Vector =>
    Float64Array.from(normal.flatMap((left) => normal.flatMap((right) => project(dual, form(field, 2, left, right)))));
  const quadraticRotation = (field: Field): Matrix[] =>
    rotations.map((l) => fromRows(normal.map((left) => normal.map((right) => dot(l, form(field, 2, left, right))))));
  const noiseJets = (field: Field): NoiseJets => ({
    normal: Float64Array.from(project(dual, field(theta))),
    linear: matrixOf(dual, (e) => form(field, 1, e)),
    linearRotation: matrixOf(rotations, (e) => form(field, 1, e)),
    quadratic: () => quadratic(field),
    quadraticRotation: () => quadraticRotation(field),
    cubicRotation: (s) => matrixOf(rotations, (e) => sumOf(principal(normal, s), (u) => form(field, 3, e, u, u))),
  });
  const omega = PLANES.map(([a, b]) => (vector: Vector): Vector => {
    const moved = new Float64Array(9);
    for (let c = 0; c < 3; c++) {
      moved[3 * a + c] = vector[3 * b + c];
      moved[3 * b + c] = -vector[3 * a + c];
    }
    return moved;
  });
  const triples = PLANES.flatMap((_, a) => PLANES.flatMap((__, b) => PLANES.map((___, c) => ({ a, b, c }))));
  return {
    rates: Float64Array.from(rule.rates),
    symmetry: {
      planes: 3,
      normal: omega.map((turn) => matrixOf(dual, turn)),
      tangent: rotations.map((l) =>
        omega.map((turn, b) => ({ b, form: Float64Array.from(normal, (e) => dot(l, turn(e))) })),
      ),
      second: triples.map(({ a, b, c }) => ({ a, b, c, value: dot(rotations[a], omega[b](omega[c](theta))) })),
      structure: triples.map(({ a, b, c }) => {
        const commutator = omega[b](omega[c](theta)).map((value, i) => value - omega[c](omega[b](theta))[i]);
        return { a, b, c, value: dot(rotations[a], commutator) };
      }),
    },
    mean: {
      quadratic: quadratic(mean),
      quadraticRotation: quadraticRotation(mean),
      visitCubic: (visit) => {
        normal.forEach((u, j) => {
          normal.slice(j).forEach((v, k) => {
            normal.slice(j + k).forEach((w, l) => {
              const image = form(mean, 3, u, v, w);
              visit(
                j,
                j + k,
                j + k + l,
                Float64Array.from(project(dual, image)),
                Float64Array.from(project(rotations, image)),
              );
            });
          });
        });
      },
      quarticRotation: (s) => {
        const directions = principal(normal, s);
        const images = normal.map((u) => normal.map((v) => sumOf(directions, (x) => form(mean, 4, u, v, x, x))));
        return rotations.map((l) => fromRows(images.map((row) => row.map((image) => dot(l, image)))));
      },
    },
    noise: white.columns.map((column) => noiseJets(combined(column.map((u, z) => u * rule.probabilities[z])))),
    moments: white.moments,
    batchSize: rule.batchSize,
  };
}

/** Theta -> Theta S_z(Theta^T Theta). */
function updateOf(rule: PolynomialRule, z: number): Field {
  const alpha = rule.alpha[z];
  const [b, m, m2, n] = [rule.b, rule.M, rule.M2, rule.N].map((matrices) => Float64Array.from(matrices[z].flat()));
  return (theta) => {
    const gram = product(theta, theta, 3, 1);
    const [first, square] = [dot(m, gram), dot(n, gram) ** 2];
    const step = b.map((value, i) => value - alpha * gram[i] - m2[i] * first - n[i] * square);
    return product(theta, step, 1, 3);
  };
}

/** 3 x 3: sum over k of left_ik right_kj, where left_ik stands at row i + column k of the strides given. */
function product(left: Vector, right: Vector, column: number, row: number): Vector {
  const result = new Float64Array(9);
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k < 3; k++) {
      const factor = left[row * i + column * k];
      for (let j = 0; j < 3; j++) result[3 * i + j] += factor * right[3 * k + j];
    }
  }
  return result;
}

/** The symmetric multilinear form of one order of a field, by polarisation. */
function multilinear(field: Field, theta: Vector, order: number, directions: readonly Vector[]): Vector {
  const signs = directions.reduce<number[][]>((all) => all.flatMap((row) => [[...row, 1], [...row, -1]]), [[]]); // prettier-ignore
  const factorial = [1, 1, 2, 6, 24][order];
  return sumOf(signs, (row) => {
    const direction = sumOf(directions.map((_, k) => k), (k) => directions[k].map((value) => row[k] * value)); // prettier-ignore
    const weight = row.reduce((product, sign) => product * sign, 1) / (signs.length * factorial);
    return coefficient(field, theta, direction, order).map((value) => weight * value);
  });
}

const POINTS = Array.from({ length: DEGREE + 1 }, (_, k) => 1.5 * Math.cos((Math.PI * (k + 0.5)) / (DEGREE + 1)));

/** For each point the coefficients, ascending, of the polynomial that is 1 there and 0 at the others. */
const LAGRANGE = POINTS.map((point) =>
  POINTS.filter((other) => other !== point).reduce<number[]>(
    (polynomial, other) =>
      [...polynomial, 0].map((value, k) => ((k > 0 ? polynomial[k - 1] : 0) - other * value) / (point - other)),
    [1],
  ),
);

/** Coefficient of t^order of field(theta + t direction). */
function coefficient(field: Field, theta: Vector, direction: Vector, order: number): Vector {
  const sum = new Float64Array(theta.length);
  POINTS.forEach((t, k) => {
    const image = field(theta.map((value, i) => value + t * direction[i]));
    for (let i = 0; i < sum.length; i++) sum[i] += LAGRANGE[k][order] * image[i];
  });
  return sum;
}

/** Displacements u with sum u u^T = S in the basis. */
function principal(normal: readonly Vector[], s: Matrix): Vector[] {
  const { values, vectors } = symmetricEigen(s);
  return Array.from(
    values,
    (value, k) =>
    sumOf(normal.map((_, i) => i), (i) =>
      normal[i].map((entry) => Math.sqrt(Math.max(value, 0)) * vectors.data[i * vectors.cols + k] * entry),
    ), // prettier-ignore
  );
}

/** Indicators of the samples as uncorrelated variables of mean 0 and variance 1: their values, and their moments. */
function whiteIndicators(probabilities: readonly number[]): { columns: number[][]; moments: Jets['moments'] } {
  const count = probabilities.length;
  const basis = completeColumns(fromData(count, 1, Float64Array.from(probabilities, Math.sqrt)), count);
  const columns = Array.from({ length: count - 1 }, (_, b) =>
    probabilities.map((p, z) => basis.data[z * count + b + 1] / Math.sqrt(p)),
  );
  const mean = (value: (z: number) => number): number => probabilities.reduce((sum, p, z) => sum + p * value(z), 0);
  return {
    columns,
    moments: {
      third: Float64Array.from(
        columns.flatMap((u) => columns.flatMap((v) => columns.map((w) => mean((z) => u[z] * v[z] * w[z])))),
      ),
      fourth: (forms) => {
        const squares = forms.map(({ data, cols }) =>
          probabilities.map((_, z) =>
            columns.reduce(
              (sum, u, i) => sum + columns.reduce((part, v, j) => part + u[z] * data[i * cols + j] * v[z], 0),
              0,
            ),
          ),
        );
        return fromRows(squares.map((left) => squares.map((right) => mean((z) => left[z] * right[z]))));
      },
    },
  };
}

function sumOf<T>(items: readonly T[], value: (item: T) => Vector): Vector {
  return items.map(value).reduce((sum, part) => sum.map((entry, i) => entry + part[i]));
}
