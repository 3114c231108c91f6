import { fromData, plainAlgebra, solve, symmetricEigen, taylorAlgebra, type Matrix, type Taylor } from '#linalg';
import { stateOf, taylorState, type RuleModel, type SampleLoss } from '#model';
import type { UpdateField } from './field.js';
import { combination, type LinearOrder } from './linear-order.js';

/** Losses at the fixed point, and expected in the stationary state, to order eta. */
export interface ExpectedLoss {
  readonly minimum: { readonly task: number; readonly regularized: number };
  readonly stationary: { readonly task: number; readonly regularized: number };
}

/** E N = -Df^-1 1/2 D^2 f : Sigma on the normal space (m numbers), for `bent` = D^2 f : Sigma. */
export function meanDisplacement(
  { basis, coordinates, normal, tangents }: LinearOrder,
  bent: Float64Array,
): Float64Array {
  const m = basis.cols;
  if (m === 0) return new Float64Array(0);
  const drift = plainAlgebra.multiply(coordinates, fromData(bent.length, 1, bent)).data.slice(tangents.cols);
  return solve(normal, fromData(m, 1, drift)).data.map((value) => -value / 2);
}

/** E L = L(S*) + 1/2 tr(L'' Sigma) + L'.E N, with the mean displacement E N (`meanDisplacement`). */
export function expectedLoss<M extends RuleModel>(
  field: UpdateField<M>,
  vector: Float64Array,
  { basis }: LinearOrder,
  covariance: Matrix,
  mean: Float64Array,
): ExpectedLoss {
  const { rule, model, arrays } = field;
  const m = basis.cols;
  const direction = (weights: ArrayLike<number>): Float64Array => combination(basis, weights);
  const expectation = (part: (loss: Taylor) => Matrix | null, state: readonly Taylor[]) => {
    const of = (value: (loss: SampleLoss<Taylor>) => Taylor | undefined): number =>
      field.expectation(({ input, noise }) => {
        const sample = { input: taylorAlgebra.constant(input), noise: taylorAlgebra.constant(noise) };
        const loss = value(rule.loss(taylorAlgebra, model, state, sample));
        return (loss && part(loss)?.data[0]) ?? 0;
      });
    const task = of((loss) => loss.task);
    return { task, regularized: task + of((loss) => loss.penalty) };
  };
  const still = stateOf(arrays, vector).map((array) => taylorAlgebra.constant(array));
  const minimum = expectation((loss) => loss.value, still);
  if (m === 0) return { minimum, stationary: minimum };

  const slope = expectation((loss) => loss.first, taylorState(arrays, vector, direction(mean)));
  let [task, regularized] = [minimum.task + slope.task, minimum.regularized + slope.regularized];
  const { values, vectors } = symmetricEigen(
    plainAlgebra.scale(plainAlgebra.add(covariance, plainAlgebra.transpose(covariance)), 0.5),
  );
  values.forEach((value, k) => {
    if (!(value > 0)) return;
    const u = direction(Float64Array.from({ length: m }, (_, i) => vectors.data[i * m + k]));
    const bend = expectation((loss) => loss.mixed, taylorState(arrays, vector, u, u));
    task += (value / 2) * bend.task;
    regularized += (value / 2) * bend.regularized;
  });
  return { minimum, stationary: { task, regularized } };
}
