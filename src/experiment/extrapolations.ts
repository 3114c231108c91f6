import { extrapolateToZeroRate, type Extrapolation } from '#compare';
import { columnNames, type Estimate } from '#core';
import { parametersOfRow, type ResultRow } from './columns.js';
import { perQuantity, type PerQuantity } from './quantities.js';
import type { ExpectedRatios } from './theory/expected-ratios.js';

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

/** Points with three learning rates at least that differ in nothing else, and of which something is predicted. */
function groupsOf<P extends RatedPoint>(points: readonly P[]): P[][] {
  const groups = new Map<string, P[]>();
  const isPredicted = ({ probes }: P): boolean =>
    probes.some(({ ratio }) => Object.values(ratio).some((own) => own !== null));
  for (const point of points.filter(isPredicted)) {
    const key = JSON.stringify({ ...point.parameters, learningRate: null });
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  return [...groups.values()].filter((group) => new Set(group.map(rateOf)).size >= 3);
}

/** The limits of a group. `expected` has what the theory says beyond its leading order of the ratios of each point; null where that is nothing. */
export function extrapolationOf(
  group: readonly RatedPoint[],
  expected: readonly (ExpectedRatios | null)[],
): ExtrapolationRecord {
  return {
    parameters: Object.fromEntries(Object.entries(group[0].parameters).filter(([name]) => name !== 'learningRate')),
    learningRates: group.map(rateOf),
    probes: group[0].probes.map((_, k) =>
      perQuantity((quantity) => {
        const rates = group.flatMap((point, i) => {
          const ratio = point.probes[k].ratio[quantity];
          return ratio ? [{ learningRate: rateOf(point), ratio, ...expected[i]?.[k][quantity] }] : [];
        });
        return extrapolateToZeroRate(rates);
      }),
    ),
  };
}

/** The limits eta -> 0 of every group of points. */
export function extrapolations(
  points: readonly RatedPoint[],
  expected: readonly (ExpectedRatios | null)[],
): ExtrapolationRecord[] {
  const indexed = points.map((point, index) => ({ ...point, index }));
  return groupsOf(indexed).map((group) =>
    extrapolationOf(
      group,
      group.map(({ index }) => expected[index]),
    ),
  );
}

/** A point of a table of results. */
export interface TablePoint extends RatedPoint {
  /** From 0. */
  readonly index: number;
}

/** The groups of a table of results, for the probes that have rows. */
interface TableGroups {
  /** In the order of `probes`, from 1. */
  readonly probeNumbers: readonly number[];
  readonly groups: readonly (readonly TablePoint[])[];
}

/** The groups of the rows of a table, of all probes and points or of some: the numbers are those of the points themselves. */
export function groupsOfRows(rows: readonly ResultRow[]): TableGroups {
  const probeNumbers = [...new Set(rows.map(({ probe }) => Number(probe)))].sort((a, b) => a - b);
  const points = new Map<number, ResultRow[]>();
  for (const row of rows) {
    const point = Number(row.point);
    const own = points.get(point);
    if (own) own.push(row);
    else points.set(point, [row]);
  }
  const rated = [...points].map(([index, own]): TablePoint => {
    const byProbe = new Map(own.map((row) => [Number(row.probe), row]));
    return {
      index,
      parameters: parametersOfRow(own[0]),
      probes: probeNumbers.map((number) => ({ ratio: perQuantity((name) => ratioIn(byProbe.get(number), name)) })),
    };
  });
  return { probeNumbers, groups: groupsOf(rated) };
}

function ratioIn(row: ResultRow | undefined, quantity: string): Estimate | null {
  const { ratio, ratioError } = columnNames(quantity);
  const [value, se] = [row?.[ratio], row?.[ratioError]];
  return typeof value === 'number' && typeof se === 'number' ? { value, se } : null;
}

const rateOf = ({ parameters }: RatedPoint): number => parameters.learningRate as number;
