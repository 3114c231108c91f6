import { extrapolateToZeroRate, type Extrapolation } from '#compare';
import { columnNames, type Estimate } from '#core';
import { parametersOfRow, type ResultRow } from './columns.js';
import { perQuantity, type PerQuantity } from './quantities.js';

/** Ratio simulation / theory taken to eta -> 0, for the points that differ in nothing but the learning rate. */
export interface ExtrapolationRecord {
  readonly parameters: Record<string, unknown>;
  readonly learningRates: number[];
  readonly probes: PerQuantity<Extrapolation | null>[];
}

/** What of a point an extrapolation needs. */
interface RatedPoint {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly probes: readonly { readonly ratio: PerQuantity<Estimate | null> }[];
}

/** The limits eta -> 0 of every group of points with three rates at least that differ in nothing else. */
export function extrapolations(points: readonly RatedPoint[]): ExtrapolationRecord[] {
  const groups = new Map<string, RatedPoint[]>();
  for (const point of points) {
    const key = JSON.stringify({ ...point.parameters, learningRate: null });
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
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

/** The limits of a table of results, for the probes that have rows; their numbers are in the order of `probes`. */
interface TableExtrapolation {
  readonly probeNumbers: readonly number[];
  readonly records: readonly ExtrapolationRecord[];
}

/** The same from rows of a table, of all probes and points or of some: the numbers are those of the points themselves. */
export function extrapolationsOfRows(rows: readonly ResultRow[]): TableExtrapolation {
  const probeNumbers = [...new Set(rows.map(({ probe }) => Number(probe)))].sort((a, b) => a - b);
  const points = new Map<number, ResultRow[]>();
  for (const row of rows) {
    const point = Number(row.point);
    const own = points.get(point);
    if (own) own.push(row);
    else points.set(point, [row]);
  }
  const rated = [...points.values()].map((own): RatedPoint => {
    const byProbe = new Map(own.map((row) => [Number(row.probe), row]));
    return {
      parameters: parametersOfRow(own[0]),
      probes: probeNumbers.map((number) => ({ ratio: perQuantity((name) => ratioIn(byProbe.get(number), name)) })),
    };
  });
  return { probeNumbers, records: extrapolations(rated) };
}

function ratioIn(row: ResultRow | undefined, quantity: string): Estimate | null {
  const { ratio, ratioError } = columnNames(quantity);
  const [value, se] = [row?.[ratio], row?.[ratioError]];
  return typeof value === 'number' && typeof se === 'number' ? { value, se } : null;
}

const rateOf = ({ parameters }: RatedPoint): number => parameters.learningRate as number;
