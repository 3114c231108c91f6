import { columnNames } from '#core';
import { plainSymbol, quantityNames, type QuantityName } from '#experiment';
import type { Row } from '#store';
import { FAR_TEXT, isFar, timesTheory } from '../tables/far.js';

/** Points that a note names. */
const MAX_NAMED = 8;

/** What `meander run` notes at each point, once for each quantity, with the points and probes concerned. */
export function notesOf(rows: readonly Row[]): string[] {
  return quantityNames.flatMap((quantity) => {
    const far = farRows(rows, quantity);
    if (far.length === 0) return [];
    const points = [...new Set(far.map(({ point }) => Number(point)))].sort((a, b) => a - b);
    const named = points.slice(0, MAX_NAMED).map((point) => {
      const probes = far.filter((row) => row.point === point).map(({ probe }) => Number(probe));
      return `${point} (probe ${probes.sort((a, b) => a - b).join(', ')})`;
    });
    const rest = points.length - named.length;
    const where = `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    return [
      `note: ${plainSymbol(quantity)} of point ${where} is ${timesTheory(far.map((row) => Number(row[columnNames(quantity).ratio])))}, ${FAR_TEXT}`,
    ];
  });
}

/** What the caption of a figure of a quantity says of the rows that it shows; empty where they are near the theory. */
export function captionNote(rows: readonly Row[], quantity: string): string {
  const known = quantityNames.find((name) => name === quantity);
  const far = known ? farRows(rows, known).length : 0;
  return far === 0 ? '' : ` For ${far} of ${rows.length} points shown the simulation is ${FAR_TEXT}.`;
}

/** The probes of one point, and the note, where a quantity is far from the theory; null where it is not. */
export function probesFar(rows: readonly Row[], quantity: QuantityName): string | null {
  const far = farRows(rows, quantity).map(({ probe }) => Number(probe));
  return far.length === 0 ? null : `probe ${far.join(', ')} is ${FAR_TEXT}`;
}

const farRows = (rows: readonly Row[], quantity: QuantityName): Row[] =>
  rows.filter((row) => {
    const { ratio, ratioError } = columnNames(quantity);
    const [value, se] = [row[ratio], row[ratioError]];
    return typeof value === 'number' && typeof se === 'number' && isFar({ value, se });
  });
