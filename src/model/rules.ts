import { InvalidInputError } from '#core';
import { deep } from './built-in/deep.js';
import { deepLinear } from './built-in/deep-linear.js';
import { oja, sanger } from './built-in/oja.js';
import { maskedSimilarityMatching, similarityMatching } from './built-in/similarity-matching.js';
import { learningRuleOf } from './definition/learning-rule.js';
import type { RuleDefinition } from './definition/rule-definition.js';
import { assertOwnRule } from './own-rule/assert-own-rule.js';
import { definitionOfOwn } from './own-rule/definition.js';
import type { OwnModel, OwnRule } from './own-rule/own-rule.js';
import type { LearningRule, RuleModel } from './rule.js';
import type { Model } from './two-layer-sgd/model.js';
import { twoLayerSgd } from './two-layer-sgd/rule.js';

/** The rules that are described by their definition, by name. */
const definitions = new Map(
  [deepLinear, deep, oja, sanger, similarityMatching, maskedSimilarityMatching].map(
    (rule): [string, RuleDefinition] => [rule.name, rule],
  ),
);

const rules = new Map<string, LearningRule>([
  [twoLayerSgd.name, twoLayerSgd],
  ...[...definitions.values()].map((rule): [string, LearningRule] => [rule.name, learningRuleOf(rule)]),
]);

/** The definition of the rule that a model learns by; null for one that is not described by one. */
export const definitionOf = ({ rule = twoLayerSgd.name }: RuleModel): RuleDefinition | null =>
  definitions.get(rule) ?? null;

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

/**
 * Makes a rule of one's own known in this thread, under a key that no other rule has; messages call it by its name and its file. Does
 * nothing where the key is known.
 */
export function registerOwnRule(key: string, rule: OwnRule, file: string): void {
  if (rules.has(key)) return;
  const definition = definitionOfOwn(rule, file);
  const learning = learningRuleOf<OwnModel>(definition);
  definitions.set(key, definition);
  rules.set(key, {
    ...learning,
    assertValid: (model) => {
      assertOwnRule(definition, model as OwnModel, file);
      learning.assertValid(model as OwnModel);
    },
  });
}

/** Whether there is a rule of this name or key in this thread. */
export const isKnownRule = (name: string): boolean => rules.has(name);

/** Whether a model is a two-layer network under SGD. */
export const isTwoLayer = (model: RuleModel): model is Model => (model.rule ?? twoLayerSgd.name) === twoLayerSgd.name;

/** A model as that of a two-layer network, for what concerns no other rule. Throws RangeError for another rule. */
export function twoLayerModel(model: RuleModel): Model {
  if (isTwoLayer(model)) return model;
  throw new RangeError(`expected a model of the learning rule ${twoLayerSgd.name}, found ${ruleOf(model).name}`);
}
