import { fromData, identity, plainAlgebra, type Matrix } from '#linalg';
import { generator, NormalSource } from '#random';
import type { RuleDefinition, StateArray } from '../definition/rule-definition.js';
import { meanSamples, noiseSamples } from '../definition/samples.js';
import { stateOf, vectorOf } from '../definition/state-vector.js';
import type { RuleModel } from '../rule.js';

/** Standard deviation of the weights from which the flow begins. */
const SMALL = 0.3;
/** The flow ends where |f| t, t the time so far, is this share of |S|. */
const SETTLED = 1e-3;
const MAX_EVALUATIONS = 4000;
/** Accepted error of one step, relative to |S|. */
const ACCURACY = 1e-3;

/**
 * A state near where the mean flow dS/dt = f(S) leads from small random weights, by steps of Heun's method as long as their error
 * allows. Newton's method alone would also end at a saddle, such as S = 0. Always the same state for a model.
 */
export function settledState<M extends RuleModel>(rule: RuleDefinition<M>, model: M): Matrix[] {
  const arrays = rule.arrays(model);
  const samples = meanSamples(rule, model, noiseSamples(rule, model));
  const flow = (vector: Float64Array): Float64Array => {
    const state = stateOf(arrays, vector);
    const sum = new Float64Array(vector.length);
    for (const { weight, ...sample } of samples) {
      vectorOf(rule.update(plainAlgebra, model, state, sample)).forEach((value, i) => {
        sum[i] += weight * value;
      });
    }
    return sum;
  };
  let vector = vectorOf(firstState(arrays));
  let slope = flow(vector);
  let [step, time] = [1e-3, 0];
  for (let evaluation = 0; evaluation < MAX_EVALUATIONS; evaluation++) {
    const size = Math.hypot(...vector);
    const speed = Math.hypot(...slope);
    if (speed === 0 || (time > 0 && speed * time <= SETTLED * size && speed * step <= SETTLED * size)) break;
    const begun = slope;
    const end = flow(vector.map((value, i) => value + step * begun[i]));
    const error = (step / 2) * Math.hypot(...end.map((value, i) => value - begun[i]));
    if (!(error <= ACCURACY * size)) {
      step /= 2;
      if (step < 1e-12) break;
      continue;
    }
    vector = vector.map((value, i) => value + (step / 2) * (begun[i] + end[i]));
    slope = flow(vector);
    time += step;
    step *= error < 0.25 * ACCURACY * size ? 1.5 : 1;
  }
  return stateOf(arrays, vector);
}

/** Small random weights, from a stream that no replica uses; a symmetric array is the identity. */
export function firstState(arrays: readonly StateArray[]): Matrix[] {
  const normal = new NormalSource(generator(0, 0, 'theory'), generator(0, 0, 'theoryRetry'));
  return arrays.map(({ rows, cols, symmetric = false }) =>
    symmetric
      ? identity(rows)
      : fromData(
          rows,
          cols,
          Float64Array.from({ length: rows * cols }, () => SMALL * normal.next()),
        ),
  );
}
