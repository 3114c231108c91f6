import { TheoryDomainError } from '#core';
import type { RuleModel, SlowModel } from '#model';
import type { Prediction } from '#theory';

/**
 * The prediction of a model from that of the one which moves in the same way at leading order, in steps both. The frame of a simulation is
 * projected by the left null vectors that the model's own rule names.
 */
export function predictSlowly(model: RuleModel, slow: SlowModel, predict: () => Prediction): Prediction {
  const prediction = { ...withLearningRate(slow.model, predict) };
  delete prediction.duals;
  const { learningRate: limit, exact } = prediction.stability;
  return {
    ...prediction,
    referencePoint: slow.atRest(prediction.referencePoint),
    stability: { learningRate: (limit * model.learningRate) / slow.model.learningRate, exact },
  };
}

/** Says in errors which learning rate is meant. */
function withLearningRate({ learningRate }: RuleModel, predict: () => Prediction): Prediction {
  try {
    return predict();
  } catch (error) {
    if (!(error instanceof TheoryDomainError)) throw error;
    throw new TheoryDomainError(
      `${error.message} (with momentum the theory is that of learningRate / (1 - momentum) = ${learningRate.toPrecision(4)})`,
      error.path,
    );
  }
}
