import { InvalidInputError } from '#core';
import { add, multiply, sliceCols, svd, transpose } from '#linalg';
import { secondMoment, thetaOf, type Model } from '#model';
import { log } from '#random';
import {
  nextOrderFits,
  nextOrderOperations,
  predict,
  predictionOperations,
  predictionSeconds,
  predictNextOrder,
  type Prediction,
} from '#theory';
import type { RuleTheory } from './rule-theory.js';

/** e-foldings after which a hidden direction that is not learned counts as gone. */
const DECAYED = 5;

/** The theory of two-layer networks under SGD. */
export const twoLayerTheory: RuleTheory<Model> = {
  predict: (model, probes, seed, watch) => predict(model, probes, { ...watch, seed }),
  seconds: predictionSeconds,
  operations: predictionOperations,
  nextOrderOperations,
  nextOrderFits,
  predictNextOrder,
  learningTime,
};

/**
 * The slowest mode grows like exp(eta (lambda a - gamma) t) from small weights; hidden directions beyond the modes decay like
 * exp(-eta (gamma - sigma) t), sigma the largest singular value of the residual correlation (A - M) Sigma outside the modes.
 */
function learningTime(model: Model, { singularValues, referencePoint }: Prediction, deviation: number): number {
  const theta = thetaOf(referencePoint);
  const rank = singularValues.length;
  const sigma = secondMoment(model.input);
  const drive = svd(multiply(model.target, sigma)).s;
  const m = multiply(transpose(sliceCols(theta, sigma.rows, theta.cols)), sliceCols(theta, 0, sigma.rows));
  const residual = svd(multiply(add(model.target, m, -1), sigma)).s;
  const outside = model.hiddenUnits > rank ? model.weightDecay - (residual[rank] ?? 0) : Infinity;
  const slowest = drive[rank - 1] - model.weightDecay;
  if (!(Math.min(slowest, outside) > 1e-6 * model.weightDecay)) {
    throw new InvalidInputError(
      `from random weights the slowest hidden direction approaches the manifold at the rate ` +
        `${Math.min(slowest, outside).toPrecision(3)} times the learning rate; give burnIn, or start: manifold`,
      ['simulation', 'start'],
    );
  }
  const growth = log(1 + singularValues[0] / (deviation * deviation));
  return Math.ceil(((2 * growth) / slowest + DECAYED / outside) / model.learningRate);
}
