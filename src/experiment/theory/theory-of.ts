import { TheoryDomainError } from '#core';
import { definitionOf, ruleOf, twoLayerSgd, type LearningRule, type RuleModel } from '#model';
import type { RuleTheory } from './rule-theory.js';
import { theoryByDefinition } from './by-definition.js';
import { assertPredicted } from './unpredicted.js';
import { twoLayerTheory } from './two-layer.js';

const theories = new Map<LearningRule, RuleTheory>([[twoLayerSgd, twoLayerTheory]]);

/** The theory of the rule that a model learns by. Throws TheoryDomainError where there is none. */
export function requireTheory(model: RuleModel): RuleTheory {
  assertPredicted(model);
  const rule = ruleOf(model);
  const definition = definitionOf(model);
  const theory = theories.get(rule) ?? (definition && theoryByDefinition(definition, requireTheory));
  if (theory) return theory;
  throw new TheoryDomainError(`there is no theory of the learning rule ${rule.name}`, ['model', 'rule']);
}
