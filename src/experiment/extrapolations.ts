import { extrapolateToZeroRate, type Extrapolation } from '#compare';
import { perQuantity, type PerQuantity } from './quantities.js';
import type { PointRecord } from './report.js';

/** Ratio simulation / theory taken to eta -> 0, for the points that differ in nothing but the learning rate. */
export interface ExtrapolationRecord {
  readonly parameters: Record<string, unknown>;
  readonly learningRates: number[];
  readonly probes: PerQuantity<Extrapolation | null>[];
}

/** The limits eta -> 0 of every group of points with three rates at least that differ in nothing else. */
export function extrapolations(points: readonly PointRecord<null>[]): ExtrapolationRecord[] {
  const groups = new Map<string, PointRecord<null>[]>();
  for (const point of points) {
    const key = JSON.stringify({ ...point.parameters, learningRate: null });
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups.values()]
    .filter((group) => new Set(group.map(rateOf)).size >= 3)
    .map((group) => ({
      parameters: Object.fromEntries(Object.entries(group[0].parameters).filter(([name]) => name !== 'learningRate')),
      learningRates: group.map(rateOf),
      probes: group[0].probes.map((_, k) =>
        perQuantity((quantity) => {
          const rates = group.flatMap((point) => {
            const ratio = point.probes[k].ratio[quantity];
            return ratio ? [{ learningRate: rateOf(point), ratio }] : [];
          });
          return extrapolateToZeroRate(rates);
        }),
      ),
    }));
}

const rateOf = ({ parameters }: PointRecord<null>): number => parameters.learningRate as number;
