import { InvalidInputError } from '#core';
import type { LearningRule, RuleModel } from './rule.js';
import { twoLayerSgd } from './two-layer-sgd/rule.js';

const rules = new Map<string, LearningRule>([[twoLayerSgd.name, twoLayerSgd]]);

/** The rule that a model learns by. Throws InvalidInputError for a name that no rule has. */
export function ruleOf({ rule: name = twoLayerSgd.name }: RuleModel): LearningRule {
  const rule = rules.get(name);
  if (rule) return rule;
  const known = [...rules.keys()].join(', ');
  throw new InvalidInputError(`found the learning rule ${JSON.stringify(name)}, expected one of ${known}`, [
    'model',
    'rule',
  ]);
}

/** Makes a rule known under its name, in this thread. Throws RangeError when the name is taken. */
export function registerRule(rule: LearningRule): void {
  if (rules.has(rule.name)) throw new RangeError(`there is a learning rule ${rule.name} already`);
  rules.set(rule.name, rule);
}
