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

/** A sentence with the quantities of one point that are far from the theory, and their probes; none where none is. */
export function farCaption(rows: readonly Row[], quantities: readonly QuantityName[]): string[] {
  const far = quantities.flatMap((name) => {
    const probes = farRows(rows, name).map(({ probe }) => Number(probe));
    return probes.length === 0 ? [] : [`${plainSymbol(name)} of probe ${probes.join(', ')}`];
  });
  return far.length === 0 ? [] : [`${far.join(' and ')} ${far.length > 1 ? 'are' : 'is'} ${FAR_TEXT}.`];
}

const farRows = (rows: readonly Row[], quantity: QuantityName): Row[] =>
  rows.filter((row) => {
    const { ratio, ratioError } = columnNames(quantity);
    const [value, se] = [row[ratio], row[ratioError]];
    return typeof value === 'number' && typeof se === 'number' && isFar({ value, se });
  });
