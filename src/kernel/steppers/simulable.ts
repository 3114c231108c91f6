import { isTwoLayer, ruleOf, type RuleModel } from '#model';
import type { Precision } from '../precision.js';
import { assertDecay } from '../two-layer-sgd/decay.js';

/**
 * Throws InvalidInputError for a model that its rule rejects, or that cannot be simulated in this precision. Rules
 * other than two-layer SGD compute in double precision whatever is asked for.
 */
export function assertSimulable(model: RuleModel, precision: Precision): void {
  ruleOf(model).assertValid(model);
  if (isTwoLayer(model)) assertDecay(model, precision);
}
