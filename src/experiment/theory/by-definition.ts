import { InvalidInputError, TheoryDomainError } from '#core';
import { ruleOf, type RuleDefinition } from '#model';
import { engineOperations, predictByRule } from '#theory';
import type { RuleTheory } from './rule-theory.js';

/** The theory that follows from the definition of a rule. */
export const theoryByDefinition = (rule: RuleDefinition): RuleTheory => ({
  predict: (model, probes) => {
    ruleOf(model).assertValid(model);
    return predictByRule(rule, model, probes);
  },
  operations: (model) => engineOperations(rule, model),
  nextOrderOperations: () => Infinity,
  predictNextOrder: () => {
    throw new TheoryDomainError(
      `the next order of the learning rate is known for two-layer SGD only, not for ${rule.name}; leave out --order`,
      ['model', 'rule'],
    );
  },
  learningTime: () => {
    throw new InvalidInputError(
      `the time that ${rule.name} takes from random weights to the manifold is not known; give burnIn, or start: manifold`,
      ['simulation', 'start'],
    );
  },
});
