import { columnNames, type Estimate } from '#core';
import type { NoiseSource } from '#model';
import { parametersOfRow, type ResultRow } from '../columns.js';

/** What theory and simulation say of one part of D; null for what no theory predicts. */
export interface DiffusionPart {
  readonly theory: number | null;
  readonly simulation: Estimate;
}

/** D of one probe with each noise alone, with both, and the sum of the first two. */
export interface ProbeDecomposition extends Readonly<Record<NoiseSource, DiffusionPart>> {
  readonly sum: DiffusionPart;
}

/** Points that differ in nothing but the noise that acts, put together. */
export interface DecompositionRecord {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly probes: readonly ProbeDecomposition[];
}

/** A point of a report as far as it is needed. */
interface MeasuredPoint {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly probes: readonly {
    readonly diffusion: number | null;
    readonly simulation: { readonly diffusion: Estimate };
  }[];
}

/** The swept key, and the column that it has. */
export const NOISE_SOURCE = 'model.noiseSource';
export const noiseSources: readonly NoiseSource[] = ['both', 'learning', 'synaptic'];

/** D by source for every group of points that has both and each noise alone. */
export function decompositions(points: readonly MeasuredPoint[]): DecompositionRecord[] {
  const groups = new Map<string, Map<unknown, MeasuredPoint>>();
  for (const point of points) {
    const key = JSON.stringify({ ...point.parameters, [NOISE_SOURCE]: null });
    const group = groups.get(key) ?? new Map<unknown, MeasuredPoint>();
    groups.set(key, group.set(point.parameters[NOISE_SOURCE], point));
  }
  return [...groups.values()].flatMap((group) => {
    const [both, learning, synaptic] = noiseSources.map((source) => group.get(source));
    if (!both || !learning || !synaptic) return [];
    const parameters = Object.fromEntries(Object.entries(both.parameters).filter(([name]) => name !== NOISE_SOURCE));
    const probes = both.probes.map((_, k) => {
      const part = ({ probes: own }: MeasuredPoint): DiffusionPart => ({
        theory: own[k].diffusion,
        simulation: { value: own[k].simulation.diffusion.value, se: own[k].simulation.diffusion.se },
      });
      const parts = { both: part(both), learning: part(learning), synaptic: part(synaptic) };
      return { ...parts, sum: sumOf(parts.learning, parts.synaptic) };
    });
    return [{ parameters, probes }];
  });
}

/** A decomposition from a table of results, of the probes that have rows at each of its points. */
interface TableDecomposition extends DecompositionRecord {
  /** In the order of `probes`, from 1. */
  readonly probeNumbers: readonly number[];
}

/** The same from the rows of a table of results, of all probes and points or of some. */
export function decompositionsOfRows(rows: readonly ResultRow[]): TableDecomposition[] {
  const { theory, simulation, simulationError } = columnNames('diffusion');
  const groups = new Map<string, Map<unknown, ResultRow[]>>();
  for (const row of rows) {
    const parameters = parametersOfRow(row);
    const key = JSON.stringify({ ...parameters, [NOISE_SOURCE]: null });
    const group = groups.get(key) ?? new Map<unknown, ResultRow[]>();
    groups.set(key, group);
    group.set(row[NOISE_SOURCE], [...(group.get(row[NOISE_SOURCE]) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const numbersOf = (own: readonly ResultRow[]): number[] => own.map(({ probe }) => Number(probe));
    const all = noiseSources.map((source) => numbersOf(group.get(source) ?? []));
    const probeNumbers = all[0].filter((number) => all.every((own) => own.includes(number))).sort((a, b) => a - b);
    if (probeNumbers.length === 0) return [];
    const points = [...group.values()].map((own) => ({
      parameters: parametersOfRow(own[0]),
      probes: probeNumbers.map((number) => {
        const row = own.find(({ probe }) => Number(probe) === number);
        return {
          diffusion: row?.[theory] == null ? null : Number(row[theory]),
          simulation: { diffusion: { value: Number(row?.[simulation]), se: Number(row?.[simulationError]) } },
        };
      }),
    }));
    return decompositions(points).map((record) => ({ ...record, probeNumbers }));
  });
}

const sumOf = (a: DiffusionPart, b: DiffusionPart): DiffusionPart => ({
  theory: a.theory === null || b.theory === null ? null : a.theory + b.theory,
  simulation: {
    value: a.simulation.value + b.simulation.value,
    se: Math.hypot(a.simulation.se, b.simulation.se),
  },
});
