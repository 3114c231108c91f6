import { textWidth } from '#figure';
import type { ComponentChildren } from 'preact';
import type { Picture } from '../stimulus/picture.js';
import { StimulusMark } from '../stimulus/stimulus.js';
import { barAt, seriesClass, symbolAt } from './marks.js';

export interface LegendEntry {
  readonly label: string;
  /** null for the colour of the text. */
  readonly series: number | null;
  readonly mark: 'line' | 'dashed' | 'band' | 'dot' | 'hollow';
  /** Drawn between the mark and the label. */
  readonly picture?: Picture | undefined;
}

interface Placed extends LegendEntry {
  readonly x: number;
}

/** Widths of a mark and of the gap between entries, relative to the size of the text. */
const MARK = 2.3;
const GAP = 1.4;
/** Side of a picture, and what it takes with its gap, relative to the size of the text. */
const SIDE = 1.35;
const PICTURE = 1.8;

/** Breaks the entries into rows that fit a width, px. */
export function legendRows(entries: readonly LegendEntry[], width: number, text: number): Placed[][] {
  const rows: Placed[][] = [];
  let x = Infinity;
  for (const entry of entries) {
    const needed = (MARK + (entry.picture ? PICTURE : 0)) * text + textWidth(entry.label, text);
    if (x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ ...entry, x });
    x += needed + GAP * text;
  }
  return rows;
}

interface LegendProps {
  readonly rows: readonly (readonly Placed[])[];
  /** Left edge, middle of the first row, height of a row, sizes of text and symbols, px. */
  readonly x: number;
  readonly y: number;
  readonly row: number;
  readonly text: number;
  readonly symbol: number;
}

/** The meaning of lines and points. It is part of the chart, so that a saved chart has it too. */
export function Legend({ rows, x: left, y: top, row, text, symbol }: LegendProps): ComponentChildren {
  return rows.flatMap((entries, r) =>
    entries.map(({ label, series, mark, picture, x }) => {
      const [from, middle] = [left + x, top + r * row];
      const centre = from + 0.85 * text;
      const shape = symbolAt(series ?? 0, centre, middle, symbol);
      return (
        <g key={label} class={seriesClass(series ?? 4)}>
          {mark === 'band' ? (
            <rect class="band" x={from} y={middle - 0.4 * text} width={1.7 * text} height={0.8 * text} />
          ) : mark === 'line' || mark === 'dashed' ? (
            <path
              class="line"
              {...(mark === 'dashed' ? { 'stroke-dasharray': '6 4' } : {})}
              d={`M${from},${middle}h${1.7 * text}`}
            />
          ) : (
            <>
              <path class="bar" d={barAt(centre, middle - 0.55 * text, middle + 0.55 * text)} />
              <path class={mark === 'hollow' ? 'dot hollow' : 'dot'} d={shape} />
            </>
          )}
          {picture && (
            <StimulusMark
              picture={picture}
              series={series ?? 0}
              x={from + MARK * text}
              y={middle - 0.5 * SIDE * text}
              size={SIDE * text}
            />
          )}
          <text x={from + (MARK + (picture ? PICTURE : 0)) * text} y={middle + 0.35 * text}>
            {label}
          </text>
        </g>
      );
    }),
  );
}

/** Theory and simulation, without distinguishing series. */
export const theoryAndSimulation: readonly LegendEntry[] = [
  { label: 'theory', series: null, mark: 'line' },
  { label: 'simulation ± 2 standard errors', series: null, mark: 'dot' },
];

/** The band around lines of the theory. */
export const learningRateBand: LegendEntry = { label: 'error from the learning rate', series: null, mark: 'band' };

/** The same with that band. */
export const theoryWithError: readonly LegendEntry[] = [
  theoryAndSimulation[0],
  learningRateBand,
  ...theoryAndSimulation.slice(1),
];

/** The symbols of these probes with their pictures and names, then theory with its error, and simulation. */
export const probesLegend = (
  probes: readonly number[],
  names: readonly string[],
  pictures: readonly Picture[] | null = null,
): LegendEntry[] => [
  ...probes.map((k): LegendEntry => ({
    label: names.at(k) ?? `probe ${k + 1}`,
    series: k,
    mark: 'dot',
    picture: pictures?.at(k),
  })),
  ...theoryWithError,
];
