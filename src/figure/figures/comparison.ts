import { legend } from '../drawing/legend.js';
import { lettered } from '../drawing/letters.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../drawing/options.js';
import { frameHeightFor, innerWidth, sheet, type Block } from '../drawing/sheet.js';
import { defineFigure, isKind, type FigureData } from '../figure.js';
import { drawPanel } from '../panel/draw-panel.js';
import { layoutOf, type PanelLayout } from '../panel/layout.js';
import { legendOf } from '../panel/panel-legend.js';
import { domainsOf, isOffScale, type Domains, type Panel } from '../panel/panel.js';
import { separateMarkers } from '../panel/separate-markers.js';
import { stylesOf } from '../panel/series-style.js';

/** Least width of a panel that has others beside it, and the space between two, px. */
const MIN_WIDTH = 300;
const SPACE = 20;
/** Largest width of a panel, px and of the figure: flat lines would hide their slopes. */
const [MAX_WIDTH, MAX_SHARE] = [560, 0.78];
/** Height of a frame over the width of its panel. */
const SHAPE = 0.62;

export interface ComparisonTable extends FigureData {
  readonly kind: 'comparison';
  readonly panels: readonly Panel[];
}

export const comparison = defineFigure<ComparisonTable>({
  name: 'comparison',
  applies: isKind('comparison'),
  draw: ({ panels }, document, options) => drawComparison(panels, document, options),
});

/** The panels as they are drawn, and the legend that they need. */
interface Arranged {
  readonly shown: readonly { readonly panel: Panel; readonly domains: Domains }[];
  readonly key: Block;
}

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
  const panelWidth = Math.min(Math.max(MAX_WIDTH, MAX_SHARE * width), (width - (columns - 1) * SPACE) / columns);
  const indent = columns === 1 ? (width - panelWidth) / 2 : 0;
  const all = panels.map((panel, k) => {
    const domains = domainsOf(panel, panel.title ?? `panel ${k + 1}`);
    const title = lettered(panel.title, k, options);
    return { panel: title === undefined ? panel : { ...panel, title }, domains };
  });
  const styles = stylesOf(panels);
  const rowCount = Math.ceil(all.length / columns);
  const isOff = all.some(({ panel, domains }) => isOffScale(panel, domains));
  const arranged = (layout: PanelLayout): Arranged => {
    const shown = all.map(({ panel, domains }) => ({ panel: separateMarkers(panel, domains, layout), domains }));
    const isSideBySide = shown.some(({ panel }, k) => panel !== all[k].panel);
    const entries = legendOf(panels, styles, { isOffScale: isOff, isSideBySide });
    return { shown, key: legend(entries, width, size, document) };
  };
  const usual = layoutOf(all, panelWidth, Math.round(SHAPE * panelWidth), size);
  const frame = frameHeightFor(
    // The margins hardly depend on the height of the frame, which is known once they are.
    [arranged(usual).key, ...Array.from({ length: rowCount }, () => ({ height: usual.top + usual.bottom }))],
    rowCount,
    Math.round(SHAPE * panelWidth),
    options,
  );
  const layout = layoutOf(all, panelWidth, frame, size);
  const { shown, key } = arranged(layout);
  const rows = Array.from({ length: rowCount }, (_, row) => ({
    height: layout.height,
    svg: shown
      .slice(row * columns, (row + 1) * columns)
      .map(({ panel, domains }, column) => {
        const x = indent + column * (panelWidth + SPACE);
        return `<g transform="translate(${x},0)">${drawPanel(panel, domains, layout, styles, document)}</g>`;
      })
      .join(''),
  }));
  return sheet([key, ...rows], options);
}
