import { legend } from '../drawing/legend.js';
import { lettered } from '../drawing/letters.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../drawing/options.js';
import { innerWidth, sheet } from '../drawing/sheet.js';
import { defineFigure, isKind, type FigureData } from '../figure.js';
import { drawPanel } from '../panel/draw-panel.js';
import { layoutOf } from '../panel/layout.js';
import { legendOf } from '../panel/panel-legend.js';
import { domainsOf, isOffScale, type Panel } from '../panel/panel.js';
import { separateMarkers } from '../panel/separate-markers.js';
import { stylesOf } from '../panel/series-style.js';

/** Least width of a panel that has others beside it, and the space between two, px. */
const MIN_WIDTH = 300;
const SPACE = 20;
/** Largest width of a panel: flat lines would hide their slopes. */
const MAX_WIDTH = 560;

export interface ComparisonTable extends FigureData {
  readonly kind: 'comparison';
  readonly panels: readonly Panel[];
}

export const comparison = defineFigure<ComparisonTable>({
  name: 'comparison',
  applies: isKind('comparison'),
  draw: ({ panels }, document, options) => drawComparison(panels, document, options),
});

/**
 * Theory against simulation: lines and points with error bars, as many panels beside each other as fit, one legend. A
 * line and points of the same series have the same colour. Returns the SVG as text. Throws TypeError for numbers that
 * are not finite, and for lines at or below 0 on a logarithmic axis; points there are drawn as off the scale.
 */
export function drawComparison(panels: readonly Panel[], document: FigureDocument, options: FigureOptions): string {
  if (panels.length === 0) throw new TypeError('a comparison needs at least one panel');
  const size = fontSize(options);
  const width = innerWidth(options);
  const columns = Math.max(1, Math.min(panels.length, Math.floor((width + SPACE) / (MIN_WIDTH + SPACE))));
  const panelWidth = Math.min(MAX_WIDTH, (width - (columns - 1) * SPACE) / columns);
  const indent = columns === 1 ? (width - panelWidth) / 2 : 0;
  const all = panels.map((panel, k) => {
    const domains = domainsOf(panel, panel.title ?? `panel ${k + 1}`);
    const title = lettered(panel.title, k, options);
    return { panel: title === undefined ? panel : { ...panel, title }, domains };
  });
  const layout = layoutOf(all, panelWidth, Math.round(0.62 * panelWidth), size);
  const styles = stylesOf(panels);
  const shown = all.map(({ panel, domains }) => ({ panel: separateMarkers(panel, domains, layout), domains }));
  const noted = {
    isOffScale: all.some(({ panel, domains }) => isOffScale(panel, domains)),
    isSideBySide: shown.some(({ panel }, k) => panel !== all[k].panel),
  };
  const rows = Array.from({ length: Math.ceil(all.length / columns) }, (_, row) => ({
    height: layout.height,
    svg: shown
      .slice(row * columns, (row + 1) * columns)
      .map(({ panel, domains }, column) => {
        const x = indent + column * (panelWidth + SPACE);
        return `<g transform="translate(${x},0)">${drawPanel(panel, domains, layout, styles, document)}</g>`;
      })
      .join(''),
  }));
  return sheet([legend(legendOf(panels, styles, noted), width, size, document), ...rows], options);
}
