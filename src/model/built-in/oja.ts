import { fromData, type ArrayAlgebra, type Matrix } from '#linalg';
import type { RuleDefinition, Sample, SampleLoss } from '../definition/rule-definition.js';
import type { RuleModel } from '../rule.js';
import { principalSubspace, type SubspaceModel } from './principal-subspace.js';

export interface OjaModel extends RuleModel, SubspaceModel {
  readonly rule: 'oja' | 'sanger';
}

/** 1/2 |x - F^T F x|^2 of a filter F (k x n): what the outputs F x leave of the input. */
export function reconstructionLoss<A>(algebra: ArrayAlgebra<A>, filter: A, { input }: Sample<A>): SampleLoss<A> {
  const { multiply, transpose, subtract, scale } = algebra;
  const error = subtract(input, multiply(transpose(filter), filter, input));
  return { task: scale(multiply(transpose(error), error), 0.5) };
}

const hebbian = {
  arrays: ({ outputs, input }: OjaModel) => [{ name: 'W', rows: outputs, cols: input.size }],
  representations: <A>({ multiply }: ArrayAlgebra<A>, _: OjaModel, [w]: readonly A[], input: A) => [multiply(w, input)],
  loss: <A>(algebra: ArrayAlgebra<A>, _: OjaModel, [w]: readonly A[], sample: Sample<A>) =>
    reconstructionLoss(algebra, w, sample),
  nearFixedPoint: (model: OjaModel) => [principalSubspace(model).axes],
};

/**
 * Oja's subspace rule: g = y x^T - y y^T W = y (x - W^T y)^T with y = W x (Oja 1989), in O(k n). W spans the leading k
 * principal axes.
 */
export const oja: RuleDefinition<OjaModel> = {
  ...hebbian,
  name: 'oja',
  update: ({ multiply, transpose, subtract }, _, [w], { input: x }) => {
    const y = multiply(w, x);
    return [multiply(y, transpose(subtract(x, multiply(transpose(w), y))))];
  },
  symmetry: ({ outputs }) => [
    { name: 'outputs', units: outputs, act: ({ multiply }, rotation, [w]) => [multiply(rotation, w)] },
  ],
};

const ones = (rows: number, cols: number): Matrix => fromData(rows, cols, new Float64Array(rows * cols).fill(1));

/**
 * Sanger's rule: g = y x^T - tril(y y^T) W (Sanger 1989), in O(k n): row i is y_i (x - sum_{l <= i} y_l w_l). It orders its
 * outputs, so that no rotation is a symmetry.
 */
export const sanger: RuleDefinition<OjaModel> = {
  ...hebbian,
  name: 'sanger',
  update: ({ constant, multiply, transpose, subtract, hadamard, runningSums }, model, [w], { input: x }) => {
    const y = multiply(w, x);
    const ofOutputs = multiply(y, constant(ones(1, model.input.size)));
    const ofInputs = multiply(constant(ones(model.outputs, 1)), transpose(x));
    return [hadamard(ofOutputs, subtract(ofInputs, runningSums(hadamard(ofOutputs, w))))];
  },
  symmetry: () => [],
};
