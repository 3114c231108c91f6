import { InvalidInputError } from '#core';
import { decompositionsOfRows, NOISE_SOURCE } from '#experiment';
import type { Row } from '#store';
import { decompositionTable } from '../tables/noise-sources.js';

/**
 * D by source of noise of the rows that are left, as `run --sources` prints it: tables, or JSON. Throws InvalidInputError where no points
 * differ in nothing but the noise that acts.
 */
export function sourcesText(rows: readonly Row[], json: boolean, limit: number, width: number): string {
  const all = decompositionsOfRows(rows);
  if (all.length === 0) {
    throw new InvalidInputError(
      `--sources: found no points with both noises and each alone, expected those of run --sources, or of a sweep over ${NOISE_SOURCE}`,
    );
  }
  if (json) return `${JSON.stringify(all)}\n`;
  const lines = all[0].probeNumbers.length;
  const shown = all.slice(0, Math.max(1, Math.floor(limit / lines)));
  const rest = all.length - shown.length;
  return [
    ...shown.map((record) => decompositionTable(record, width, record.probeNumbers)),
    ...(rest > 0 ? [`and ${rest} more tables; --limit ${all.length * lines} shows them\n`] : []),
  ].join('\n');
}
