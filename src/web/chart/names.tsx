import type { ComponentChildren } from 'preact';
import type { ChartLayout } from './layout.js';
import { seriesClass, symbolAt } from './marks.js';

/** The names of lines at their ends, each with the symbol of its points. */
export function EndLabels({
  layout: { labels, frame, text, symbol },
}: {
  readonly layout: ChartLayout;
}): ComponentChildren {
  const left = frame.right + 0.5 * text;
  return labels.map(({ name, series, probe, x, y, labelY }) => (
    <g key={name} class={seriesClass(series)} data-probe={probe}>
      <path class="leader" d={`M${x},${y}L${frame.right},${y}L${left},${labelY}`} />
      <path class="dot" d={symbolAt(series, left + symbol, labelY, symbol)} />
      <text x={left + symbol + 0.7 * text} y={labelY + 0.35 * text}>
        {name}
      </text>
    </g>
  ));
}
