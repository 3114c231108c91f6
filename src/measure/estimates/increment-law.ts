import { add, diagonal, fromData, identity, inner, multiply, solveOrNull, zeros, type Matrix } from '#linalg';

/** The law's size that weights its estimate: D, and F with the error of the measured positions in it. */
export interface WorkingLaw {
  readonly diffusion: number;
  readonly fluctuation: number;
}

/**
 * How D, F and |v|² follow from the increments of one coordinate, q_j = x(t_(j+1)) - x(t_j), at any times:
 *   E q_j q_k = D δ_jk dt_j + F (2 δ_jk - δ_(j,k+1) - δ_(j,k-1)) + |v|² dt_j dt_k = sum_a θ_a K_a.
 * Least squares over all products of increments, weighted by the covariance that Gaussian increments of the working law W have:
 * with A_a = W⁻¹ K_a W⁻¹ / 2,
 *   sum_b I_ab θ_b = q' A_a q,   I_ab = tr(A_a K_b),
 * summed over coordinates and series. Unbiased for any working law; its variance is least where that is the true one. Without the
 * directed part and with W = 1 it is (at equal gaps, but for the ends) <q²> + 2 <q_j q_(j+1)>, `longRunVariance`.
 */
export interface IncrementLaw {
  /** A_D, A_F and, where the directed part is fitted, A_v; (n - 1) x (n - 1) for n times. */
  readonly forms: readonly Matrix[];
  /** I, of as many rows. */
  readonly information: Matrix;
}

/** Throws RangeError for fewer than two times. Cost: (n - 1)³. */
export function incrementLaw(times: readonly number[], working: WorkingLaw | null, directed: boolean): IncrementLaw {
  const size = times.length - 1;
  if (size < 1) throw new RangeError('an increment needs two times');
  const gaps = Float64Array.from({ length: size }, (_, j) => times[j + 1] - times[j]);
  const structures = [diagonal(gaps), secondDifference(size)];
  if (directed) structures.push(multiply(fromData(size, 1, gaps), fromData(1, size, gaps)));
  const weight = working ? inverseOf(workingCovariance(structures, working)) : identity(size);
  const forms = structures.map((structure) => {
    const form = multiply(weight, structure, weight);
    return { ...form, data: form.data.map((entry) => entry / 2) };
  });
  const information = zeros(forms.length, forms.length);
  forms.forEach((form, a) => {
    structures.forEach((structure, b) => (information.data[a * forms.length + b] = inner(form, structure)));
  });
  return { forms, information };
}

/** Covariance of the increments of a white sequence: 2 on the diagonal, -1 beside it. */
function secondDifference(size: number): Matrix {
  const result = zeros(size, size);
  for (let j = 0; j < size; j++) {
    result.data[j * size + j] = 2;
    if (j + 1 < size) result.data[j * size + j + 1] = result.data[(j + 1) * size + j] = -1;
  }
  return result;
}

const workingCovariance = (structures: readonly Matrix[], { diffusion, fluctuation }: WorkingLaw): Matrix =>
  add({ ...structures[0], data: structures[0].data.map((gap) => gap * diffusion) }, structures[1], fluctuation);

function inverseOf(covariance: Matrix): Matrix {
  const result = solveOrNull(covariance, identity(covariance.rows));
  if (!result) throw new RangeError('the working law has neither diffusion nor fluctuation');
  return result;
}

/**
 * q' A_a q of the increments, less what errors of the positions with variances `errors` (independent) add to it; into `out` at `offset`.
 */
export function addLawForms(
  { forms }: IncrementLaw,
  increments: ArrayLike<number>,
  errors: ArrayLike<number>,
  out: Float64Array,
  offset: number,
): void {
  const size = forms[0].rows;
  for (let a = 0; a < forms.length; a++) {
    const { data } = forms[a];
    let sum = 0;
    for (let j = 0; j < size; j++) {
      const increment = increments[j];
      let product = 0;
      for (let k = 0; k < j; k++) product += data[j * size + k] * increments[k];
      sum += increment * (2 * product + data[j * size + j] * increment);
      sum -= data[j * size + j] * (errors[j] + errors[j + 1]);
      if (j > 0) sum += 2 * data[j * size + j - 1] * errors[j];
    }
    out[offset + a] += sum;
  }
}
