import type { FigureDocument } from './options.js';
import type { Markish } from '@observablehq/plot';
import { plotGroup } from './plot-group.js';
import type { Block } from './sheet.js';
import { lineHeight, textLines, textWidth, wrap } from './text.js';

/** Size in px of the symbol before the text of an entry. */
export const GLYPH = { width: 28, height: 16 };

export interface LegendEntry {
  readonly text: string;
  /** Marks in px, within `GLYPH`. */
  readonly marks: readonly Markish[];
}

/** Entries in rows that fit the width. */
export function legend(entries: readonly LegendEntry[], width: number, size: number, document: FigureDocument): Block {
  const textX = GLYPH.width + 6;
  const step = Math.max(lineHeight(size), GLYPH.height) + 3;
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  const parts = entries.map(({ text, marks }) => {
    const lines = wrap(text, size, width - textX);
    const entryWidth = textX + Math.max(...lines.map((line) => textWidth(line, size))) + 16;
    if (x > 0 && x + entryWidth - 16 > width) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const middle = y + (lineHeight(size) - GLYPH.height) / 2;
    const glyph = plotGroup(document, x, middle, {
      ...GLYPH,
      margin: 0,
      axis: null,
      x: { type: 'identity' },
      y: { type: 'identity' },
      marks: [...marks],
    });
    const part = glyph + textLines(lines, x + textX, y, { size });
    x += entryWidth;
    rowHeight = Math.max(rowHeight, step + (lines.length - 1) * lineHeight(size));
    return part;
  });
  return { height: y + rowHeight, svg: `<g class="legend">${parts.join('')}</g>` };
}
