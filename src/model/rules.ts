import { InvalidInputError } from '#core';
import type { LearningRule, RuleModel } from './rule.js';
import type { Model } from './two-layer-sgd/model.js';
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

/** Whether a model is a two-layer network under SGD. */
export const isTwoLayer = (model: RuleModel): model is Model => ruleOf(model) === twoLayerSgd;

/** A model as that of a two-layer network, for what concerns no other rule. Throws RangeError for another rule. */
export function twoLayerModel(model: RuleModel): Model {
  if (isTwoLayer(model)) return model;
  throw new RangeError(`expected a model of the learning rule ${twoLayerSgd.name}, found ${ruleOf(model).name}`);
}
