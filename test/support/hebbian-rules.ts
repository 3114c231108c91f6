// Two learning rules that are not built in, for tests of what holds for any rule: Oja's subspace rule, whose outputs a rotation
// mixes, and Sanger's, which orders them and so has no symmetry to drift along.
import { fromData, inner, multiply, scale, SparseMatrix, transpose, type Matrix } from '#linalg';
import {
  InputSampler,
  haarFrame,
  leftRotations,
  secondMoment,
  type LearningRule,
  type RuleModel,
  type State,
} from '#model';
import { generator, NormalSource } from '#random';

export interface HebbianModel extends RuleModel {
  readonly rule: 'ownOja' | 'ownSanger';
  /** k. */
  readonly outputs: number;
}

const weights = ([w]: State): Matrix => w;

/** W <- W + eta (y x^T - M W) with y = W x and M = y y^T, or its lower triangle. */
function hebbian(name: HebbianModel['rule']): LearningRule<HebbianModel> {
  return {
    name,
    arrays: ({ outputs, input }) => [{ name: 'w', rows: outputs, cols: input.size }],
    assertValid: () => undefined,
    hiddenUnits: ({ outputs }) => outputs,
    units: (_, state) => weights(state).rows,
    start: ({ outputs, input }, from, { seed, replica }) => {
      if ('onManifold' in from) {
        return [multiply(haarFrame(seed, replica, outputs, outputs), weights(from.onManifold))];
      }
      const normal = new NormalSource(generator(seed, replica, 'start'), generator(seed, replica, 'startRetry'));
      const data = Float64Array.from({ length: outputs * input.size }, () => from.random * normal.next());
      return [fromData(outputs, input.size, data)];
    },
    reduction: null,
    step: ({ outputs: k, input, learningRate }) => {
      const n = input.size;
      const sampler = new InputSampler(input);
      const x = new Float64Array(n);
      const y = new Float64Array(k);
      const predicted = new Float64Array(n);
      return (state, { normal, select }) => {
        const w = weights(state).data;
        sampler.draw(normal, select, x, 0);
        for (let i = 0; i < k; i++) {
          y[i] = 0;
          for (let j = 0; j < n; j++) y[i] += w[i * n + j] * x[j];
        }
        predicted.fill(0);
        if (name === 'ownOja')
          for (let i = 0; i < k; i++) for (let j = 0; j < n; j++) predicted[j] += y[i] * w[i * n + j];
        for (let i = 0; i < k; i++) {
          for (let j = 0; j < n; j++) {
            if (name === 'ownSanger') predicted[j] += y[i] * w[i * n + j];
            w[i * n + j] += learningRate * y[i] * (x[j] - predicted[j]);
          }
        }
      };
    },
    stepOperations: ({ outputs, input }) => input.size * (input.size + 4 * outputs),
    representation: (stimuli) => {
      const sparse = SparseMatrix.from(stimuli);
      return (hidden, state) => {
        const { data, rows, cols } = weights(state);
        sparse.timesTransposed(hidden, data, rows, cols);
      };
    },
    // E |x - W^T W x|^2 / 2.
    losses: ({ input }) => {
      const sigma = secondMoment(input);
      return (state) => {
        const w = weights(state);
        const explained = multiply(transpose(w), w);
        const residual = scale(explained, -1);
        for (let j = 0; j < input.size; j++) residual.data[j * (input.size + 1)] += 1;
        const task = inner(multiply(residual, sigma), residual) / 2;
        return { task, regularized: task };
      };
    },
    symmetry: () => (name === 'ownOja' ? [leftRotations] : []),
  };
}

export const oja = hebbian('ownOja');
export const sanger = hebbian('ownSanger');
