import { diagonal, zeros } from '#linalg';
import type { InputDistribution, Model } from '#model';
import type { StabilityLimit } from '../domain.js';
import type { ModeBlocks } from '../solvers/commuting/hessian-blocks.js';
import type { CommutingModes } from '../solvers/commuting/modes.js';
import type { NormalMode } from '../solvers/general/hessian.js';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';
import { blockLayout } from './blocks.js';
import { blockSecondMoments } from './commuting.js';
import { denseOperations, denseSecondMoments } from './dense.js';
import { largestGrowth } from './growth.js';
import { squareProducts, type SquareProducts } from './square-products.js';

const TOLERANCE = 1e-4;
/** Calls of the map until that is reached, about. */
const CALLS = 15;
/** Multiplications up to which all second moments are taken together where blocks give a bound, and where they do not. */
const MAX_OPERATIONS = 2e8;
const MAX_GENERAL_OPERATIONS = 5e9;

/** Second moments from which on the limit is found to COARSE only: it would take longer than the prediction otherwise. */
const MANY_MOMENTS = 200_000;
const COARSE = 0.02;

/**
 * The limit from the second moments within blocks; exact for an input that is symmetric under reflections. That of many moments is an upper
 * bound, a few percent above.
 */
export function blockLimit(
  modes: CommutingModes,
  blocks: ModeBlocks,
  squares: SquareProducts,
  exact: boolean,
): StabilityLimit {
  const moments = blockSecondMoments(modes, blocks, squares);
  const isLarge = moments.rates.length > MANY_MOMENTS;
  return {
    learningRate: 1 / largestGrowth(moments, isLarge ? COARSE : TOLERANCE),
    exact: exact && !isLarge,
  };
}

/** That of a commuting task with any input, in mode coordinates: exact where that is cheap enough, otherwise a bound. */
export function commutingLimit(modes: CommutingModes, blocks: ModeBlocks, input: InputDistribution): StabilityLimit {
  const coordinates = coordinatesOf(modes, input);
  return denseFits(coordinates, MAX_OPERATIONS)
    ? denseLimit(modes, coordinates, normalModes(modes, blocks))
    : blockLimit(modes, blocks, squareProducts(input), false);
}

/** That of any task. Where all second moments are too many, the steepest direction alone gives the bound 2 / mu. */
export const generalLimit = (model: Model, modes: ModeCoordinates, normal: readonly NormalMode[]): StabilityLimit =>
  denseFits(modes, MAX_GENERAL_OPERATIONS) ? denseLimit(model, modes, normal) : steepestLimit(normal);

/** The bound 2 / mu of the steepest direction. */
export const steepestLimit = (normal: readonly NormalMode[]): StabilityLimit => ({
  learningRate: 2 / normal[normal.length - 1].curvature,
  exact: false,
});

function denseFits(modes: ModeCoordinates, operations: number): boolean {
  const { once, each } = denseOperations(modes);
  return once + CALLS * each <= operations;
}

const denseLimit = (
  model: Pick<Model, 'batchSize' | 'labelNoiseVariance'>,
  modes: ModeCoordinates,
  normal: readonly NormalMode[],
): StabilityLimit => ({
  learningRate: 1 / largestGrowth(denseSecondMoments(model, modes, normal), TOLERANCE),
  exact: true,
});

function coordinatesOf(modes: CommutingModes, input: InputDistribution): ModeCoordinates {
  const { inputs: n, outputs: m, variance, residual, hasOutput } = modes;
  const gains = zeros(m, n);
  for (let c = 0; c < Math.min(n, m) && hasOutput[c]; c++) gains.data[c * n + c] = residual[c];
  return {
    singularValues: modes.singularValues,
    input,
    sigma: diagonal(variance.subarray(0, n)),
    residual: gains,
    inputs: n,
    outputs: m,
    weightDecay: modes.weightDecay,
  };
}

/** The normal space as displacements [X | Z], those without noise included. */
function normalModes(modes: CommutingModes, blocks: ModeBlocks): NormalMode[] {
  const { inputs: n, outputs: m, columns } = modes;
  const { pairs, diagonalCurvatures } = blockLayout(modes, blocks);
  // Columns with an input axis come first, and of these the ones with an image: n + m - W of them.
  const images = n + m - columns;
  const hidden = (a: number, c: number): number => a * (n + m) + c;
  const readout = (a: number, c: number): number => a * (n + m) + n + (c < n ? c : images + c - n);
  const found: NormalMode[] = [];
  const add = (curvature: number, entries: readonly (readonly [number, number])[]): void => {
    const present = entries.filter(([, value]) => value !== 0);
    found.push({
      curvature,
      indices: Int32Array.from(present, ([index]) => index),
      values: Float64Array.from(present, ([, value]) => value),
    });
  };
  for (const { a, c, vectors, curvatures } of pairs) {
    vectors.forEach(([xa, za, xc, zc], k) => {
      add(curvatures[k], [
        [hidden(a, c), xa],
        [readout(a, c), za],
        [hidden(c, a), xc],
        [readout(c, a), zc],
      ]);
    });
  }
  diagonalCurvatures.forEach((curvature, i) => {
    const a = i >> 1;
    add(curvature, [
      [hidden(a, a), Math.SQRT1_2],
      [readout(a, a), i % 2 === 0 ? Math.SQRT1_2 : -Math.SQRT1_2],
    ]);
  });
  return found;
}
