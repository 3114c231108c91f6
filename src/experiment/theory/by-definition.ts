import { TheoryDomainError } from '#core';
import { ruleOf, type RuleDefinition } from '#model';
import { engineOperations, learningTimeByFlow, predictByRule } from '#theory';
import type { RuleTheory } from './rule-theory.js';

/** The theory that follows from the definition of a rule. */
export const theoryByDefinition = (rule: RuleDefinition): RuleTheory => ({
  predict: (model, probes) => {
    ruleOf(model).assertValid(model);
    return predictByRule(rule, model, probes);
  },
  seconds: () => 0,
  operations: (model) => engineOperations(rule, model),
  nextOrderOperations: () => Infinity,
  nextOrderFits: () => false,
  predictNextOrder: () => {
    throw new TheoryDomainError(
      `the next order of the learning rate is known for two-layer SGD only, not for ${rule.name}; leave out --order`,
      ['model', 'rule'],
    );
  },
  learningTime: (model, { referencePoint, relaxationTime }, deviation) =>
    learningTimeByFlow(
      rule,
      model,
      { fixedPoint: referencePoint, slowest: 1 / (model.learningRate * relaxationTime) },
      deviation,
    ),
});
