/** D, F, |v|² of the mean neuron: NaN where the sessions do not tell. */
interface LawValues {
  readonly diffusion: number;
  readonly fluctuation: number;
  readonly quadratic: number;
}

const UNDETERMINED: LawValues = { diffusion: NaN, fluctuation: NaN, quadratic: NaN };

/** Solves I θ = q of summed terms (`LawSums`); without |v|² it is left out (NaN). */
export function solveLaw(terms: ArrayLike<number>, directed: boolean): LawValues {
  const [qD, qF, qV, dd, df, dv, ff, fv, vv] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => terms[k]);
  const plane = dd * ff - df * df;
  if (!directed) {
    if (!isRegular(plane, dd * ff)) return UNDETERMINED;
    return { diffusion: (qD * ff - qF * df) / plane, fluctuation: (qF * dd - qD * df) / plane, quadratic: NaN };
  }
  const minors = [ff * vv - fv * fv, dv * fv - df * vv, df * fv - dv * ff];
  const determinant = dd * minors[0] + df * minors[1] + dv * minors[2];
  if (!isRegular(determinant, dd * ff * vv)) return UNDETERMINED;
  return {
    diffusion: (qD * minors[0] + qF * minors[1] + qV * minors[2]) / determinant,
    fluctuation: (qD * minors[1] + qF * (dd * vv - dv * dv) + qV * (df * dv - dd * fv)) / determinant,
    quadratic: (qD * minors[2] + qF * (df * dv - dd * fv) + qV * plane) / determinant,
  };
}

const isRegular = (determinant: number, scale: number): boolean => determinant > 1e-12 * scale;
