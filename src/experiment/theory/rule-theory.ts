import type { RuleModel } from '#model';
import type { NextOrderPrediction, Prediction, PredictionWatch } from '#theory';

/** What a theory predicts of the networks that learn by one rule. Methods throw TheoryDomainError where it does not hold. */
export interface RuleTheory<M extends RuleModel = RuleModel> {
  /** `seed` keys the random numbers of predictions made by samples; `watch` hears from a long prediction. */
  predict(model: M, probes: readonly Float64Array[], seed: number, watch?: PredictionWatch): Prediction;

  /** Seconds that a prediction for so many probes takes, about, before anything is computed; 0 where it is short. */
  seconds(model: M, probes: number): number;

  /** Multiplications that a prediction takes. */
  operations(model: M): number;

  /** Multiplications that the next order takes for a number of learned modes. */
  nextOrderOperations(model: M, rank: number): number;

  /** Whether the next order can be taken, for so many learned modes. */
  nextOrderFits(model: M, rank: number): boolean;

  /** The same with the next order of the learning rate. */
  predictNextOrder(model: M, probes: readonly Float64Array[]): NextOrderPrediction;

  /**
   * Steps from random weights N(0, deviation^2) to the manifold. Throws InvalidInputError when learning never reaches it.
   */
  learningTime(model: M, prediction: Prediction, deviation: number): number;
}
