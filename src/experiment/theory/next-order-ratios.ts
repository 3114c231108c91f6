import { perQuantity, quantityOf, type PerQuantity, type QuantityName } from '../quantities.js';
import type { Orders } from '../report.js';

/**
 * For each probe, what the next order of the learning rate says of the ratios simulation / theory: next order over leading order of what is
 * compared. null for a quantity that the leading order says is 0.
 */
export type NextOrderRatios = readonly PerQuantity<number | null>[];

/** null where the next order is not known. */
export function nextOrderRatios({ prediction, next, best }: Orders<null>): NextOrderRatios | null {
  const beyond = next ?? best;
  if (!prediction || !beyond) return null;
  return prediction.probes.map((leading, k) =>
    perQuantity((name: QuantityName) => {
      const { theory, nextOrder, comparedNextOrder } = quantityOf(name);
      const own = beyond.probes[k];
      const [value, expected] = [theory(leading), comparedNextOrder?.(leading, own) ?? nextOrder(own)];
      return value === null || expected === null || value === 0 ? null : expected / value;
    }),
  );
}
