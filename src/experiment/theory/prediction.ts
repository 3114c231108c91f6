import type { RuleModel } from '#model';
import type { NextOrderPrediction, Prediction } from '#theory';
import type { Order } from '../report.js';
import { requireTheory } from './theory-of.js';

/** What a prediction is made of: a point, or a part of it. */
interface Predictable {
  readonly model: RuleModel;
  readonly probes: readonly Float64Array[];
  readonly simulation: { readonly seed: number };
}

/** The prediction of a point. Throws TheoryDomainError where the theory makes none. */
export const predictionOf = ({ model, probes, simulation: { seed } }: Predictable): Prediction =>
  requireTheory(model).predict(model, probes, seed);

/** The prediction with the next order of the learning rate; null where only the leading one is asked for. */
export function nextOrderOf({ model, probes }: Predictable, order: Order = 'leading'): NextOrderPrediction | null {
  return order === 'next' ? requireTheory(model).predictNextOrder(model, probes) : null;
}
