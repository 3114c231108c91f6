import type { RuleModel } from '#model';
import type { Prediction, PredictionWatch } from '#theory';
import type { Order, Orders } from '../report.js';
import { requireTheory } from './theory-of.js';

/** What a prediction is made of: a point, or a part of it. */
interface Predictable {
  readonly model: RuleModel;
  readonly probes: readonly Float64Array[];
  readonly simulation: { readonly seed: number };
}

/** The prediction of a point. Throws TheoryDomainError where the theory makes none. */
export const predictionOf = (
  { model, probes, simulation: { seed } }: Predictable,
  watch?: PredictionWatch,
): Prediction => requireTheory(model).predict(model, probes, seed, watch);

/** Seconds that the prediction of a point takes, about, before anything is computed; 0 where it is short. */
export const predictionSecondsOf = ({ model, probes }: Pick<Predictable, 'model' | 'probes'>): number =>
  requireTheory(model).seconds(model, probes.length);

/** Multiplications up to which the next order is taken without being asked for: about a quarter of a second. */
const MAX_UNASKED_OPERATIONS = 2e8;

/** Whether the next order belongs to a prediction of this order; `operations` counts the multiplications that it takes. */
export const nextOrderIsTaken = (order: Order, operations: () => number): boolean =>
  order === 'next' || (order === 'automatic' && operations() <= MAX_UNASKED_OPERATIONS);

/** The prediction of a point to the order that is asked for. Throws TheoryDomainError where the theory makes none. */
export function ordersOf(point: Predictable, order: Order = 'automatic', watch?: PredictionWatch): Orders {
  const prediction = predictionOf(point, watch);
  const { model, probes } = point;
  const theory = requireTheory(model);
  const isTaken = nextOrderIsTaken(order, () => theory.nextOrderOperations(model, prediction.singularValues.length));
  const best = isTaken ? theory.predictNextOrder(model, probes) : null;
  return { prediction, next: order === 'next' ? best : null, best };
}

/** Whether `order: 'next'` is possible at a point with so many learned modes. */
export const hasNextOrder = ({ model }: Pick<Predictable, 'model'>, modes: number): boolean =>
  requireTheory(model).nextOrderFits(model, modes);
