import { TheoryDomainError } from '#core';
import { ruleOf, twoLayerSgd, type LearningRule, type RuleModel } from '#model';
import type { RuleTheory } from './rule-theory.js';
import { twoLayerTheory } from './two-layer.js';

const theories = new Map<LearningRule, RuleTheory>([[twoLayerSgd, twoLayerTheory]]);

/** The theory of a learning rule; null where there is none. Here and not in the model, which knows no theory. */
const theoryOf = (rule: LearningRule): RuleTheory | null => theories.get(rule) ?? null;

/** The theory of the rule that a model learns by. Throws TheoryDomainError where there is none. */
export function requireTheory(model: RuleModel): RuleTheory {
  const rule = ruleOf(model);
  const theory = theoryOf(rule);
  if (theory) return theory;
  throw new TheoryDomainError(`there is no theory of the learning rule ${rule.name}`, ['model', 'rule']);
}
