import type { VanishingPart } from '#compare';
import { learningAlone, type RuleModel } from '#model';
import type { DiffusionSources } from '#theory';
import { perQuantity, type PerQuantity, type QuantityName } from '../quantities.js';
import { nextOrderRatios, type NextOrderRatios } from './next-order-ratios.js';
import type { Orders } from './orders.js';
import { ordersOf } from './prediction.js';

/** What the theory knows beyond its leading order of a ratio simulation / theory. */
export interface ExpectedRatio {
  /** Next order over leading order; null where that is not known. */
  readonly nextOrder: number | null;
  /** Of drift by two noises the part by learning, which vanishes at small learning rates; null where drift has one source. */
  readonly vanishing: VanishingPart | null;
}

/** For each probe. */
export type ExpectedRatios = readonly PerQuantity<ExpectedRatio>[];

/** What a point is predicted from. */
interface Predicted {
  readonly model: RuleModel;
  readonly probes: readonly Float64Array[];
}

/** null where nothing is known. */
export function expectedRatios(point: Predicted, orders: Orders<null>): ExpectedRatios | null {
  const sources = orders.prediction?.probes.map((probe) => probe.sources);
  return sources ? ratiosOf(point, sources, nextOrderRatios(orders)) : null;
}

/** The same from the parts of D by source alone. */
export const ratiosBySource = (point: Predicted, sources: readonly DiffusionSources[]): ExpectedRatios | null =>
  ratiosOf(point, sources, null);

function ratiosOf(
  point: Predicted,
  sources: readonly DiffusionSources[],
  nextOrder: NextOrderRatios | null,
): ExpectedRatios | null {
  const learned = nextOrder ? null : nextOrderByLearning(point);
  const isMixed = sources.some(({ synaptic }) => synaptic > 0);
  const own = isMixed ? null : (nextOrder ?? learned);
  if (!own && !isMixed) return null;
  return sources.map((bySource, k) =>
    perQuantity((name) => ({
      nextOrder: own?.[k][name] ?? null,
      vanishing: isMixed && areRates.has(name) ? vanishingPart(bySource, learned?.[k][name] ?? null) : null,
    })),
  );
}

/** What has the parts of D. */
const areRates: ReadonlySet<QuantityName> = new Set(['diffusion', 'relativeDiffusion', 'halfLife']);

/** null where one of the noises alone makes the drift. */
const vanishingPart = ({ learning, synaptic }: DiffusionSources, nextOrder: number | null): VanishingPart | null =>
  learning > 0 && synaptic > 0 ? { share: learning / (learning + synaptic), nextOrder } : null;

/** What learning makes of the ratios where it acts alone; null where its next order is not known. */
function nextOrderByLearning({ model, probes }: Predicted): NextOrderRatios | null {
  const alone = learningAlone(model);
  return alone && nextOrderRatios(ordersOf({ model: alone, probes, simulation: { seed: 1 } }));
}
