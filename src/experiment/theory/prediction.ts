import type { NextOrderPrediction, Prediction } from '#theory';
import type { Point } from '../file/resolve.js';
import type { Order } from '../report.js';
import { requireTheory } from './theory-of.js';

/** The prediction of a point. Throws TheoryDomainError where the theory makes none. */
export const predictionOf = ({ model, probes, simulation: { seed } }: Point): Prediction =>
  requireTheory(model).predict(model, probes, seed);

/** The prediction with the next order of the learning rate; null where only the leading one is asked for. */
export function nextOrderOf({ model, probes }: Point, order: Order = 'leading'): NextOrderPrediction | null {
  return order === 'next' ? requireTheory(model).predictNextOrder(model, probes) : null;
}
