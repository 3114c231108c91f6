import { fromData, multiply, symmetricEigen, transpose, zeros, type Matrix } from '#linalg';
import { cubature, type Model, type WeightedSample } from '#model';
import type { NoiseMoments } from '../expansion/jets.js';
import type { ModeCoordinates } from '../../solvers/general/mode-coordinates.js';

/** The functions of a sample through which the gradient depends on it, as uncorrelated variables of variance 1. */
interface WhiteFeatures {
  /** X and E of the fields (n x n and m x n) that the variables u_b multiply: x x^T - Sigma = sum u_b X_b, eps x^T = sum u_b E_b. */
  readonly fields: readonly { readonly x: Matrix; readonly e: Matrix }[];
  readonly moments: NoiseMoments;
}

/** Below this fraction of the largest, a variance counts as zero. */
const NO_VARIANCE = 1e-12;

/** x_i x_j (i <= j) and, with label noise, eps_i x_j, made white. O(samples q^3). */
export function whiteFeatures(model: Model, modes: ModeCoordinates): WhiteFeatures {
  const { inputs: n, outputs: m } = modes;
  const samples = cubature(modes.input, model.labelNoiseVariance, m);
  const pairs = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n - i }, (__, j) => [i, i + j] as const),
  ).flat();
  const noisy = model.labelNoiseVariance > 0 ? m : 0;
  const count = pairs.length + noisy * n;
  const values = zeros(samples.length, count);
  samples.forEach(({ x, eps }, s) => {
    const row = values.data.subarray(s * count, (s + 1) * count);
    pairs.forEach(([i, j], at) => (row[at] = x[i] * x[j]));
    for (let i = 0; i < noisy; i++) for (let j = 0; j < n; j++) row[pairs.length + i * n + j] = eps[i] * x[j];
  });
  const weights = Float64Array.from(samples, ({ weight }: WeightedSample) => weight);
  const { white, directions } = whiten(values, weights);
  return {
    fields: directions.map((direction) => {
      const x = zeros(n, n);
      pairs.forEach(([i, j], at) => (x.data[i * n + j] = x.data[j * n + i] = direction[at]));
      const e = zeros(m, n);
      e.data.set(direction.subarray(pairs.length));
      return { x, e };
    }),
    moments: momentsOf(white, weights),
  };
}

/** values - mean = white directions^T, with uncorrelated columns of `white` of variance 1. */
function whiten(values: Matrix, weights: Float64Array): { white: Matrix; directions: Float64Array[] } {
  const { cols: count } = values;
  const mean = multiply(fromData(1, weights.length, weights), values).data;
  const centred = fromData(
    values.rows,
    count,
    values.data.map((value, at) => value - mean[at % count]),
  );
  const weighted = fromData(
    values.rows,
    count,
    centred.data.map((value, at) => value * weights[Math.floor(at / count)]),
  );
  const { values: variances, vectors } = symmetricEigen(multiply(transpose(centred), weighted));
  const kept = Array.from(variances.keys()).filter((b) => variances[b] > NO_VARIANCE * variances[count - 1]);
  const scaling = zeros(count, kept.length);
  const directions = kept.map((b, at) => {
    const deviation = Math.sqrt(variances[b]);
    const direction = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      direction[i] = vectors.data[i * count + b] * deviation;
      scaling.data[i * kept.length + at] = vectors.data[i * count + b] / deviation;
    }
    return direction;
  });
  return { white: multiply(centred, scaling), directions };
}

function momentsOf({ rows, cols: q, data }: Matrix, weights: Float64Array): NoiseMoments {
  const third = new Float64Array(q ** 3);
  for (let s = 0; s < rows; s++) {
    const u = data.subarray(s * q, (s + 1) * q);
    for (let b = 0; b < q; b++) {
      for (let c = b; c < q; c++) {
        const factor = weights[s] * u[b] * u[c];
        const at = (b * q + c) * q;
        for (let d = c; d < q; d++) third[at + d] += factor * u[d];
      }
    }
  }
  for (let b = 0; b < q; b++) {
    for (let c = b; c < q; c++) {
      for (let d = c; d < q; d++) {
        const value = third[(b * q + c) * q + d];
        third[(b * q + d) * q + c] = third[(c * q + b) * q + d] = third[(c * q + d) * q + b] = value;
        third[(d * q + b) * q + c] = third[(d * q + c) * q + b] = value;
      }
    }
  }
  return {
    third,
    fourth: (forms) => {
      const squares = zeros(rows, forms.length);
      forms.forEach((form, a) => {
        const image = multiply(fromData(rows, q, data), form).data;
        for (let s = 0; s < rows; s++) {
          let sum = 0;
          for (let b = 0; b < q; b++) sum += image[s * q + b] * data[s * q + b];
          squares.data[s * forms.length + a] = sum;
        }
      });
      const weighted = squares.data.map((value, at) => value * weights[Math.floor(at / forms.length)]);
      return multiply(transpose(squares), fromData(rows, forms.length, weighted));
    },
  };
}
