import { fromData, identity, type Matrix } from '#linalg';
import { generator, NormalSource } from '#random';
import { meanFlow } from '../definition/mean-flow.js';
import type { RuleDefinition, StateArray } from '../definition/rule-definition.js';
import { stateOf, vectorOf } from '../definition/state-vector.js';
import type { RuleModel } from '../rule.js';

/** Standard deviation of the weights from which the flow begins. */
const SMALL = 0.3;
/** The flow ends where |f| t, t the time so far, is this share of |S|. */
const SETTLED = 1e-3;
const MAX_EVALUATIONS = 4000;

/**
 * A state near where the mean flow leads from small random weights. Newton's method alone would also end at a saddle, such as S = 0.
 * Always the same state for a model.
 */
export function settledState<M extends RuleModel>(rule: RuleDefinition<M>, model: M): Matrix[] {
  const arrays = rule.arrays(model);
  const start = firstState(arrays);
  let last = vectorOf(start);
  let evaluations = 0;
  for (const { time, vector, slope, step } of meanFlow(rule, model, start)) {
    last = vector;
    const size = Math.hypot(...vector);
    const speed = Math.hypot(...slope);
    if (speed === 0 || (time > 0 && speed * time <= SETTLED * size && speed * step <= SETTLED * size)) break;
    if (++evaluations > MAX_EVALUATIONS) break;
  }
  return stateOf(arrays, last);
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
