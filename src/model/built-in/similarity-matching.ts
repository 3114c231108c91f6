import { diagonal, multiply, type ArrayAlgebra } from '#linalg';
import type { RuleDefinition, Sample } from '../definition/rule-definition.js';
import type { RuleModel } from '../rule.js';
import { reconstructionLoss } from './oja.js';
import { principalSubspace, type SubspaceModel } from './principal-subspace.js';

export interface SimilarityMatchingModel extends RuleModel, SubspaceModel {
  readonly rule: 'similarityMatching' | 'maskedSimilarityMatching';
  /** Time constant of the lateral weights M, relative to that of W. */
  readonly tau: number;
}

/** F = M^-1 W: the outputs are y = F x. */
const filter = <A>({ solve }: ArrayAlgebra<A>, [w, m]: readonly A[]): A => solve(m, w);

/** g = (y x^T - W, (mask(y y^T) - M) / tau), y = M^-1 W x. */
const updateWith =
  (mask: <A>(algebra: ArrayAlgebra<A>, products: A) => A): RuleDefinition<SimilarityMatchingModel>['update'] =>
  (algebra, { tau }, state, { input: x }) => {
    const { multiply, transpose, solve, subtract, scale } = algebra;
    const [w, m] = state;
    const y = solve(m, multiply(w, x));
    return [
      subtract(multiply(y, transpose(x)), w),
      scale(subtract(mask(algebra, multiply(y, transpose(y))), m), 1 / tau),
    ];
  };

const common = {
  // Of the filter, which many inputs share.
  representations: <A>(algebra: ArrayAlgebra<A>, _: SimilarityMatchingModel, state: readonly A[], input: A) => [
    algebra.multiply(filter(algebra, state), input),
  ],
  loss: <A>(algebra: ArrayAlgebra<A>, _: SimilarityMatchingModel, state: readonly A[], sample: Sample<A>) =>
    reconstructionLoss(algebra, filter(algebra, state), sample),
  nearFixedPoint: (model: SimilarityMatchingModel) => {
    const { values, axes } = principalSubspace(model);
    return [multiply(diagonal(values), axes), diagonal(values)];
  },
};

const arrays = ({ outputs, input }: SimilarityMatchingModel, symmetric: boolean) => [
  { name: 'W', rows: outputs, cols: input.size },
  { name: 'M', rows: outputs, cols: outputs, symmetric },
];

/** Online similarity matching (Pehlevan, Hu & Chklovskii 2015): feedforward weights W and lateral weights M. */
export const similarityMatching: RuleDefinition<SimilarityMatchingModel> = {
  ...common,
  name: 'similarityMatching',
  arrays: (model) => arrays(model, true),
  update: updateWith((_, products) => products),
  symmetry: ({ outputs }) => [
    {
      name: 'outputs',
      units: outputs,
      act: ({ multiply, transpose }, rotation, [w, m]) => [
        multiply(rotation, w),
        multiply(rotation, m, transpose(rotation)),
      ],
    },
  ],
};

/** The same with lateral weights below the diagonal only, which orders the outputs: no rotation is a symmetry. */
export const maskedSimilarityMatching: RuleDefinition<SimilarityMatchingModel> = {
  ...common,
  name: 'maskedSimilarityMatching',
  arrays: (model) => arrays(model, false),
  update: updateWith(({ lowerTriangle }, products) => lowerTriangle(products)),
  symmetry: () => [],
};
