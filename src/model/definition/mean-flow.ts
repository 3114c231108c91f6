import { plainAlgebra } from '#linalg';
import type { RuleModel, State } from '../rule.js';
import type { RuleDefinition } from './rule-definition.js';
import { meanSamples, noiseSamples } from './samples.js';
import { stateOf, vectorOf } from './state-vector.js';

/** Accepted error of one step, relative to |S|. */
const ACCURACY = 1e-3;

/** The mean flow at one time. */
interface FlowPoint {
  /** In units of 1 / learning rate. */
  readonly time: number;
  /** S and f(S), as vectors of d numbers. */
  readonly vector: Float64Array;
  readonly slope: Float64Array;
  /** Length of the next step. */
  readonly step: number;
}

/**
 * The mean flow dS/dt = f(S) from a state, by steps of Heun's method as long as their error allows; a step that was too long is yielded
 * again with a shorter one. Ends where no step is short enough.
 */
export function* meanFlow<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  start: State,
): Generator<FlowPoint, void> {
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
  let vector = vectorOf(start);
  let slope = flow(vector);
  let [step, time] = [1e-3, 0];
  while (step >= 1e-12) {
    yield { time, vector, slope, step };
    const begun = slope;
    const size = Math.hypot(...vector);
    const end = flow(vector.map((value, i) => value + step * begun[i]));
    const error = (step / 2) * Math.hypot(...end.map((value, i) => value - begun[i]));
    if (!(error <= ACCURACY * size)) {
      step /= 2;
      continue;
    }
    vector = vector.map((value, i) => value + (step / 2) * (begun[i] + end[i]));
    slope = flow(vector);
    time += step;
    step *= error < 0.25 * ACCURACY * size ? 1.5 : 1;
  }
}
