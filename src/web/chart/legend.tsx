import { lineHeight } from '#figure';
import type { ComponentChildren } from 'preact';
import { barAt, INK, seriesClass, symbolAt } from './marks.js';
import { MARK, type PlacedLegend } from './place-legend.js';

interface LegendProps {
  readonly legend: PlacedLegend;
  /** Upper left corner, sizes of text and symbols, px. */
  readonly x: number;
  readonly y: number;
  readonly text: number;
  readonly symbol: number;
}

/** The meaning of lines and points. It is part of the chart, so that a saved chart has it too. */
export function Legend({ legend, x: left, y: top, text, symbol }: LegendProps): ComponentChildren {
  return legend.entries.map(({ label, lines, series, mark, probe, x, y }) => {
    const [from, middle] = [left + x, top + y];
    const centre = from + 0.85 * text;
    const shape = symbolAt(series ?? 0, centre, middle, symbol);
    return (
      <g key={label} class={seriesClass(series ?? INK)} data-probe={probe}>
        {mark === 'band' ? (
          <rect class="band" x={from} y={middle - 0.4 * text} width={1.7 * text} height={0.8 * text} />
        ) : mark === 'dot' || mark === 'hollow' ? (
          <>
            <path class="bar" d={barAt(centre, middle - 0.55 * text, middle + 0.55 * text)} />
            <path class={mark === 'hollow' ? 'dot hollow' : 'dot'} d={shape} />
          </>
        ) : (
          <path
            class={mark === 'pinned' || mark === 'path' ? `line ${mark}` : 'line'}
            {...(mark === 'dashed' ? { 'stroke-dasharray': '6 4' } : {})}
            d={`M${from},${middle}h${1.7 * text}`}
          />
        )}
        {lines.map((part, k) => (
          <text key={k} x={from + MARK * text} y={middle + 0.35 * text + k * lineHeight(text)}>
            {part}
          </text>
        ))}
      </g>
    );
  });
}
