import * as Plot from '@observablehq/plot';
import { GLYPH, type LegendEntry } from '../../drawing/legend.js';
import type { ClaimsMapCell, ClaimsMapSpot } from './table.js';

export const boundaryOptions = { stroke: 'black', strokeWidth: 1.8, strokeLinecap: 'square' } as const;
/** With a white rim, for dark cells. */
export const rankOptions = { r: 1.8, fill: 'black', stroke: 'white', strokeWidth: 0.6 } as const;
export const spotOptions = { r: 6, stroke: 'black', strokeWidth: 1.4 } as const;

export function legendEntries(cells: readonly ClaimsMapCell[], spots: readonly ClaimsMapSpot[]): LegendEntry[] {
  const middle = [GLYPH.width / 2, GLYPH.height / 2] as const;
  const line = [
    [0, middle[1]],
    [GLYPH.width, middle[1]],
  ] as const;
  const entries: LegendEntry[] = [{ text: 'sign of the slope turns', marks: [Plot.line(line, boundaryOptions)] }];
  if (cells.some(({ rank }) => rank > 1)) {
    entries.push({ text: 'stimulus is not the slowest', marks: [Plot.dot([middle], rankOptions)] });
  }
  if (spots.length > 0) {
    entries.push({ text: 'slope in simulation', marks: [Plot.dot([middle], { ...spotOptions, fill: 'white' })] });
  }
  return entries;
}
