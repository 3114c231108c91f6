import { fromData, type Matrix } from '#linalg';
import { generator, NormalSource } from '#random';
import type { RuleDefinition, Sample, StateArray } from '../../definition/rule-definition.js';
import { stateOf, vectorOf } from '../../definition/state-vector.js';
import { InputSampler } from '../../input/sampler.js';
import type { State } from '../../rule.js';
import type { OwnModel } from '../own-rule.js';
import { ruleError } from '../rule-error.js';
import { firstState } from '../settled-state.js';

/** A rule and a model of it that are checked. */
export interface Subject {
  readonly rule: RuleDefinition<OwnModel>;
  readonly model: OwnModel;
  readonly fail: (message: string) => never;
}

export const subjectOf = (rule: RuleDefinition<OwnModel>, model: OwnModel, file: string): Subject => ({
  rule,
  model,
  fail: (message) => {
    throw ruleError(file, message);
  },
});

/** A state that is special in nothing, symmetric where its arrays are: small random weights, all of them shifted. */
export function genericState(arrays: readonly StateArray[]): Matrix[] {
  const begun = firstState(arrays);
  return begun.map((array, k) => {
    const { rows, cols, symmetric = false } = arrays[k];
    const data = array.data.map((value, at) => {
      const [i, j] = [Math.floor(at / cols), at % cols];
      return value + 0.1 * (symmetric ? Math.sin(1 + 2.3 * (i + j) + i * j) : Math.sin(1 + 2.3 * at));
    });
    return fromData(rows, cols, data);
  });
}

/** Some samples as a step would draw them; of label noise at least of the size of 1, so that a rule is seen to use it. */
export function someSamples({ rule, model }: Subject, count: number): Sample<Matrix>[] {
  const sampler = new InputSampler(model.input);
  const normal = new NormalSource(generator(0, 1, 'theory'), generator(0, 1, 'theoryRetry'));
  const select = generator(0, 1, 'theorySelect');
  const size = rule.labelNoise?.(model).size ?? 0;
  return Array.from({ length: count }, () => {
    const x = new Float64Array(model.input.size);
    sampler.draw(normal, select, x, 0);
    const eps = Float64Array.from({ length: size }, () => normal.next());
    return { input: fromData(x.length, 1, x), noise: fromData(size, 1, eps) };
  });
}

/** The same state with all numbers beside each other. */
export const vectorAndBack = (
  arrays: readonly StateArray[],
  state: State,
  change: (vector: Float64Array) => Float64Array,
): Matrix[] => stateOf(arrays, change(vectorOf(state)));

/** |a - b| relative to the larger of both; 0 for two zeros. */
export function relativeDifference(a: readonly Matrix[], b: readonly Matrix[]): number {
  const [x, y] = [vectorOf(a), vectorOf(b)];
  const size = Math.max(Math.hypot(...x), Math.hypot(...y));
  return size === 0 ? 0 : Math.hypot(...x.map((value, i) => value - y[i])) / size;
}

/** `2 x 3`. */
export const shapeText = ({ rows, cols }: { readonly rows: number; readonly cols: number }): string =>
  `${rows} x ${cols}`;
