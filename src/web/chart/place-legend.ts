import { lineHeight, textWidth, wrap } from '#figure';
import type { Line } from './scales.js';

export interface LegendEntry {
  readonly label: string;
  /** null for the colour of the text. */
  readonly series: number | null;
  readonly mark: 'line' | 'dashed' | 'pinned' | 'band' | 'dot' | 'hollow' | 'path';
  readonly probe?: number | undefined;
}

interface Placed extends LegendEntry {
  readonly lines: readonly string[];
  /** Left edge, and middle of the first line, from the upper left corner of the legend, px. */
  readonly x: number;
  readonly y: number;
}

/** A legend with the places of its entries. */
export interface PlacedLegend {
  readonly entries: readonly Placed[];
  readonly height: number;
}

/** Widths of a mark and of the gap between entries, and space between rows, relative to the size of the text. */
export const MARK = 2.3;
const GAP = 1.4;
const ROW_GAP = 0.25;

/** Breaks the entries into rows that fit a width, and entries that do not into lines, px. */
export function placeLegend(entries: readonly LegendEntry[], width: number, text: number): PlacedLegend {
  const placed: Placed[] = [];
  const line = lineHeight(text);
  let [x, y, rowHeight] = [0, 0, 0];
  for (const entry of entries) {
    const lines = wrap(entry.label, text, width - MARK * text);
    const needed = MARK * text + Math.max(...lines.map((part) => textWidth(part, text)));
    if (x > 0 && x + needed > width) {
      y += rowHeight + ROW_GAP * text;
      [x, rowHeight] = [0, 0];
    }
    placed.push({ ...entry, lines, x, y: y + line / 2 });
    rowHeight = Math.max(rowHeight, lines.length * line);
    x += needed + GAP * text;
  }
  return { entries: placed, height: entries.length > 0 ? y + rowHeight + ROW_GAP * text : 0 };
}

/** Entries for the lines that have names. */
export const namedEntries = (lines: readonly Line[]): LegendEntry[] =>
  lines.flatMap(({ name, series, dashed, probe }) =>
    name === undefined ? [] : [{ label: name, series, mark: dashed ? 'dashed' : 'dot', probe }],
  );

const theory: LegendEntry = { label: 'theory', series: null, mark: 'line' };
const pinnedTheory: LegendEntry = { label: 'pinned theory', series: null, mark: 'pinned' };
/** The band around lines of the theory. */
const band: LegendEntry = { label: 'error from the learning rate', series: null, mark: 'band' };
const simulation: LegendEntry = { label: 'simulation ± 2 standard errors', series: null, mark: 'dot' };

/** What lines, bands and points mean, without distinguishing series. */
export const marksLegend = (isPinned: boolean, hasBand = true): LegendEntry[] => [
  theory,
  ...(isPinned ? [pinnedTheory] : []),
  ...(hasBand ? [band] : []),
  simulation,
];
