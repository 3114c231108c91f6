import { TheoryDomainError } from '#core';
import { ruleOf, type RuleDefinition, type RuleModel } from '#model';
import { engineOperations, learningTimeByFlow, predictByRule } from '#theory';
import type { RuleTheory } from './rule-theory.js';
import { predictSlowly } from './slow-model.js';

/** The theory that follows from the definition of a rule; `theoryOf` gives that of the model which it is at leading order, if it is one. */
export const theoryByDefinition = (rule: RuleDefinition, theoryOf: TheoryOf): RuleTheory => ({
  predict: (model, probes, seed, watch) => {
    ruleOf(model).assertValid(model);
    const slow = rule.slow?.(model);
    if (!slow) return predictByRule(rule, model, probes);
    return predictSlowly(model, slow, () => theoryOf(slow.model).predict(slow.model, probes, seed, watch));
  },
  operations: (model) => {
    const slow = rule.slow?.(model);
    return slow ? theoryOf(slow.model).operations(slow.model) : engineOperations(rule, model);
  },
  seconds: (model, probes) => {
    const slow = rule.slow?.(model);
    return slow ? theoryOf(slow.model).seconds(slow.model, probes) : 0;
  },
  nextOrderOperations: () => Infinity,
  nextOrderFits: () => false,
  predictNextOrder: () => {
    throw new TheoryDomainError(
      `the next order of the learning rate is known for two-layer SGD only, not for ${rule.name}; leave out --order`,
      ['model', 'rule'],
    );
  },
  learningTime: (model, prediction, deviation) => {
    const slow = rule.slow?.(model);
    if (slow) {
      const own = { ...prediction, referencePoint: slow.slowPart(prediction.referencePoint) };
      return theoryOf(slow.model).learningTime(slow.model, own, deviation);
    }
    const { referencePoint, relaxationTime } = prediction;
    return learningTimeByFlow(
      rule,
      model,
      { fixedPoint: referencePoint, slowest: 1 / (model.learningRate * relaxationTime) },
      deviation,
    );
  },
});

type TheoryOf = (model: RuleModel) => RuleTheory;
