import { legend } from './legend.js';
import { fontSize, type FigureDocument, type FigureOptions } from './options.js';
import { drawPanel, layoutOf } from './draw-panel.js';
import { domainsOf, isOffScale, type Panel } from './panel.js';
import { legendOf, stylesOf } from './series.js';
import { innerWidth, sheet } from './sheet.js';

/** Least width of a panel that stands beside another, px, and the space between the two. */
const MIN_WIDTH = 300;
const SPACE = 20;
/** A single panel gets no wider than this: lines that are too flat hide their slopes. */
const LARGEST_WIDTH = 560;

/**
 * Theory against simulation: lines and points with error bars, panels beside one another as far as the width allows, one
 * legend. A line and points of the same series have the same colour. Returns the SVG as text; throws TypeError for numbers
 * that are not finite, and for lines at or below 0 on a logarithmic axis. Points there are drawn as off the scale.
 */
export function comparisonFigure(panels: readonly Panel[], document: FigureDocument, options: FigureOptions): string {
  if (panels.length === 0) throw new TypeError('a comparison needs at least one panel');
  const size = fontSize(options);
  const width = innerWidth(options);
  const columns = Math.max(1, Math.min(panels.length, Math.floor((width + SPACE) / (MIN_WIDTH + SPACE))));
  const panelWidth = Math.min(LARGEST_WIDTH, (width - (columns - 1) * SPACE) / columns);
  const indent = columns === 1 ? (width - panelWidth) / 2 : 0;
  const all = panels.map((panel, k) => ({ panel, domains: domainsOf(panel, panel.title ?? `panel ${k + 1}`) }));
  const layout = layoutOf(all, panelWidth, Math.round(0.62 * panelWidth), size);
  const styles = stylesOf(panels);
  const anyOffScale = all.some(({ panel, domains }) => isOffScale(panel, domains));
  const rows = Array.from({ length: Math.ceil(all.length / columns) }, (_, row) => ({
    height: layout.height,
    svg: all
      .slice(row * columns, (row + 1) * columns)
      .map(({ panel, domains }, column) => {
        const x = indent + column * (panelWidth + SPACE);
        return `<g transform="translate(${x},0)">${drawPanel(panel, domains, layout, styles, document)}</g>`;
      })
      .join(''),
  }));
  return sheet([legend(legendOf(panels, styles, anyOffScale), width, size, document), ...rows], options);
}
