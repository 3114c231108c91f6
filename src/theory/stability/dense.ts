import { fromData, multiply, transpose, wideProduct, zeros, type Matrix } from '#linalg';
import type { Model } from '#model';
import type { NormalMode } from '../solvers/general/hessian.js';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';
import type { SecondMomentMap } from './growth.js';
import { fourthMoments, pairCount } from './pair-moments.js';

/** A linear form in the displacement N: variables and their factors. */
interface Form {
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Multiplications of the preparation and of one call of `square`. */
export function denseOperations({
  singularValues,
  input,
  outputs: m,
}: Pick<ModeCoordinates, 'singularValues' | 'input' | 'outputs'>): {
  readonly once: number;
  readonly each: number;
} {
  const rank = singularValues.length;
  const { size: n, stimuli, gaussians } = input;
  const pairs = pairCount(n);
  // Rows of G, X and the first of beta are full; the others of beta have r entries.
  const full = 2 * rank + Math.min(rank, m);
  const short = m - Math.min(rank, m);
  const entries = (full ** 2 / 2) * pairs + short * full * n * rank + (short * rank) ** 2 / 4;
  const variables = rank * (n + m);
  return {
    once: ((stimuli.rows + 3 * gaussians.length) * pairs ** 2) / 2,
    each: entries * pairs + 4 * variables ** 2 * Math.min(variables, 64),
  };
}

/**
 * The map of second moments with all of Sigma (K x K), for any task and input. With Q = x x^T, E = eps x^T, W1 = [sqrt(s) | 0] and
 * G = W2^T dM - Z R, beta = dM one sample gives
 *   A [X | Z] = [ G Q - Z E | W1 Q beta^T - X Q R^T - X E^T ] + gamma [X | Z],
 * so that rows of G, beta and X times Q are all that is needed of the input: their products are fourth moments of x.
 */
export function denseSecondMoments(
  model: Pick<Model, 'batchSize' | 'labelNoiseVariance'>,
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
): SecondMomentMap {
  const { singularValues: s, inputs: n, outputs: m, residual, sigma, weightDecay: gamma } = modes;
  const { batchSize, labelNoiseVariance: sigma2 } = model;
  const rank = s.length;
  const columns = n + m;
  const root = s.map(Math.sqrt);
  const count = normal.length;
  const rows = formsOfRows(modes);
  const moments = fourthMoments(modes.input);
  const [readoutRow, hiddenRow] = [rank, rank + m];

  /** Fills E[A' Sigma A'], A' without gamma, from the products of rows with Q. */
  const products = (contracted: Matrix[][]): Matrix => {
    const result = zeros(rank * columns, rank * columns);
    const put = (p: number, q: number, value: number): void => {
      result.data[p * result.cols + q] += value;
    };
    const withX = Array.from({ length: m }, (_, i) =>
      Array.from(root, (__, b) => multiply(contracted[readoutRow + i][hiddenRow + b], transpose(residual)).data),
    );
    for (let a = 0; a < rank; a++) {
      for (let b = 0; b < rank; b++) {
        const gg = contracted[a][b].data;
        for (let y = 0; y < n; y++) for (let w = 0; w < n; w++) put(a * columns + y, b * columns + w, gg[y * n + w]);
        const gx = multiply(contracted[a][hiddenRow + b], transpose(residual)).data;
        const xx = multiply(residual, contracted[hiddenRow + a][hiddenRow + b], transpose(residual)).data;
        for (let i = 0; i < m; i++) {
          const z = b * columns + n + i;
          const gBeta = contracted[a][readoutRow + i].data;
          for (let y = 0; y < n; y++) {
            const value = root[b] * gBeta[y * n + b] - gx[y * m + i];
            put(a * columns + y, z, value);
            put(z, a * columns + y, value);
          }
          const betaX = withX[i][b];
          for (let j = 0; j < m; j++) {
            const own = contracted[readoutRow + i][readoutRow + j].data[a * n + b];
            put(a * columns + n + i, b * columns + n + j, root[a] * root[b] * own + xx[i * m + j]);
            // Row a of W1 Q beta^T with row b of X Q R^T.
            const value = root[a] * betaX[a * m + j];
            put(a * columns + n + i, b * columns + n + j, -value);
            put(b * columns + n + j, a * columns + n + i, -value);
          }
        }
      }
    }
    return result;
  };

  const addLabelNoise = (result: Matrix, covariance: Matrix): void => {
    const size = rank * columns;
    const { data } = covariance;
    for (let a = 0; a < rank; a++) {
      for (let b = 0; b < rank; b++) {
        let zz = 0;
        for (let i = 0; i < m; i++) zz += data[(a * columns + n + i) * size + b * columns + n + i];
        let xx = 0;
        for (let c = 0; c < n; c++) {
          for (let d = 0; d < n; d++) {
            const variance = sigma.data[c * n + d];
            xx += data[(a * columns + c) * size + b * columns + d] * variance;
            result.data[(a * columns + c) * size + b * columns + d] += sigma2 * zz * variance;
          }
        }
        for (let i = 0; i < m; i++) {
          result.data[(a * columns + n + i) * size + b * columns + n + i] += sigma2 * xx;
          for (let y = 0; y < n; y++) {
            let crossed = 0;
            for (let c = 0; c < n; c++) {
              crossed += sigma.data[y * n + c] * data[(a * columns + n + i) * size + b * columns + c];
            }
            result.data[(a * columns + y) * size + b * columns + n + i] += sigma2 * crossed;
            result.data[(b * columns + n + i) * size + a * columns + y] += sigma2 * crossed;
          }
        }
      }
    }
  };

  const rates = new Float64Array(count * count);
  normal.forEach(({ curvature }, i) => {
    normal.forEach((other, j) => (rates[i * count + j] = curvature + other.curvature));
  });
  return {
    rates,
    identity: Float64Array.from({ length: count * count }, (_, at) => (at % (count + 1) === 0 ? 1 : 0)),
    square: (x) => {
      const covariance = congruence(scatterForms(normal, rank * columns), fromData(count, count, x));
      const contracted = contract(congruence(rows, covariance), moments, rows.length / n, n);
      const outer = products(contracted);
      if (sigma2 > 0) addLabelNoise(outer, covariance);
      const inside = congruence(normal, outer).data;
      return x.map((value, at) => {
        const [mu, nu] = [normal[Math.floor(at / count)].curvature, normal[at % count].curvature];
        const single = (gamma * (mu + nu) - gamma * gamma) * value + inside[at];
        return single / batchSize + (1 - 1 / batchSize) * mu * nu * value;
      });
    },
  };
}

/** The rows of G (r), beta (m) and X (r), n forms each. */
function formsOfRows({ singularValues: s, inputs: n, outputs: m, residual }: ModeCoordinates): Form[] {
  const rank = s.length;
  const columns = n + m;
  const root = s.map(Math.sqrt);
  const change = (i: number, c: number): [number, number][] => [
    ...(i < rank ? [[i * columns + c, root[i]] as [number, number]] : []),
    ...(c < rank ? [[c * columns + n + i, root[c]] as [number, number]] : []),
  ];
  const formOf = (entries: readonly (readonly [number, number])[]): Form => {
    const present = entries.filter(([, value]) => value !== 0);
    return { indices: present.map(([index]) => index), values: present.map(([, value]) => value) };
  };
  const forms: Form[] = [];
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < n; c++) {
      const through = change(a, c).map(([index, value]) => [index, root[a] * value] as const);
      const beyond = Array.from({ length: m }, (_, i) => [a * columns + n + i, -residual.data[i * n + c]] as const);
      forms.push(formOf([...through, ...beyond]));
    }
  }
  for (let i = 0; i < m; i++) for (let c = 0; c < n; c++) forms.push(formOf(change(i, c)));
  for (let a = 0; a < rank; a++) for (let c = 0; c < n; c++) forms.push(formOf([[a * columns + c, 1]]));
  return forms;
}

/** The variables as forms in the coefficients of the normal modes. */
function scatterForms(normal: readonly NormalMode[], variables: number): Form[] {
  const indices = Array.from({ length: variables }, (): number[] => []);
  const values = Array.from({ length: variables }, (): number[] => []);
  normal.forEach((mode, k) => {
    mode.indices.forEach((variable, at) => {
      if (mode.values[at] === 0) return;
      indices[variable].push(k);
      values[variable].push(mode.values[at]);
    });
  });
  return indices.map((list, variable) => ({ indices: list, values: values[variable] }));
}

/** The covariance of linear forms from that of the variables, which is symmetric. */
function congruence(forms: readonly Form[], covariance: Matrix): Matrix {
  const half = transpose(combine(forms, covariance));
  return combine(forms, half);
}

/** Share of the entries of all forms from which on their product with a matrix is taken as one of matrices. */
const DENSE = 0.25;

function combine(forms: readonly Form[], variables: Matrix): Matrix {
  const { rows, cols, data } = variables;
  const entries = forms.reduce((sum, { indices }) => sum + indices.length, 0);
  if (entries > DENSE * forms.length * rows) return wideProduct(denseForms(forms, rows), variables);
  const result = zeros(forms.length, cols);
  forms.forEach(({ indices, values }, f) => {
    const target = result.data.subarray(f * cols, (f + 1) * cols);
    for (let k = 0; k < indices.length; k++) {
      const [from, factor] = [indices[k] * cols, values[k]];
      for (let j = 0; j < cols; j++) target[j] += factor * data[from + j];
    }
  });
  return result;
}

function denseForms(forms: readonly Form[], variables: number): Matrix {
  const result = zeros(forms.length, variables);
  forms.forEach(({ indices, values }, f) => {
    for (let k = 0; k < indices.length; k++) result.data[f * variables + indices[k]] += values[k];
  });
  return result;
}

/** E (u Q)_y (v Q)_w for all rows u, v: sum_cd Cov(u_c, v_d) E x_c x_d x_y x_w, n x n for each pair of rows. */
function contract(covariance: Matrix, moments: Matrix, rows: number, n: number): Matrix[][] {
  const count = moments.rows;
  const lists = zeros((rows * (rows + 1)) / 2, count);
  let at = 0;
  for (let u = 0; u < rows; u++) {
    for (let v = u; v < rows; v++) {
      for (let c = 0; c < n; c++) {
        for (let d = c; d < n; d++) {
          const forward = covariance.data[(u * n + c) * covariance.cols + v * n + d];
          const backward = covariance.data[(u * n + d) * covariance.cols + v * n + c];
          lists.data[at++] = c === d ? forward : forward + backward;
        }
      }
    }
  }
  const images = productOfSparse(lists, moments);
  const result = Array.from({ length: rows }, (): Matrix[] => []);
  let pair = 0;
  for (let u = 0; u < rows; u++) {
    for (let v = u; v < rows; v++, pair++) {
      const own = zeros(n, n);
      for (let y = 0, k = pair * count; y < n; y++) {
        for (let w = y; w < n; w++, k++) own.data[y * n + w] = own.data[w * n + y] = images[k];
      }
      result[u][v] = result[v][u] = own;
    }
  }
  return result;
}

/** a b, skipping what is zero in a. */
function productOfSparse(a: Matrix, b: Matrix): Float64Array {
  const { cols } = b;
  const result = new Float64Array(a.rows * cols);
  for (let i = 0; i < a.rows; i++) {
    const target = result.subarray(i * cols, (i + 1) * cols);
    for (let k = 0; k < a.cols; k++) {
      const factor = a.data[i * a.cols + k];
      if (factor === 0) continue;
      const offset = k * cols;
      for (let j = 0; j < cols; j++) target[j] += factor * b.data[offset + j];
    }
  }
  return result;
}
