import { legend, type LegendEntry } from '../drawing/legend.js';
import { lettered } from '../drawing/letters.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../drawing/options.js';
import type { SeriesStyle } from '../drawing/palette.js';
import { frameHeightFor, innerWidth, sheet, type Block } from '../drawing/sheet.js';
import { drawPanel } from './draw-panel.js';
import { layoutOf, type PanelLayout } from './layout.js';
import { domainsOf, isOffScale, type Domains, type Panel } from './panel.js';
import { separateMarkers } from './separate-markers.js';

/** Least width of a panel that has others beside it, and the space between two, px. */
const MIN_WIDTH = 300;
const SPACE = 20;
/** Largest width of a panel, px and of the figure: flat lines would hide their slopes. */
const [MAX_WIDTH, MAX_SHARE] = [560, 0.78];
/** Height of a frame over the width of its panel. */
const SHAPE = 0.62;

/** What the marks of the panels need a legend for, besides their series. */
interface MarkKinds {
  readonly isOffScale: boolean;
  readonly isSideBySide: boolean;
}

interface PanelStyle {
  readonly styles: ReadonlyMap<string, SeriesStyle>;
  readonly legendEntries: (kinds: MarkKinds) => readonly LegendEntry[];
}

/** The panels as they are drawn, and the legend that they need. */
interface Arranged {
  readonly shown: readonly { readonly panel: Panel; readonly domains: Domains }[];
  readonly key: Block;
}

/**
 * A figure of panels, as many beside each other as fit, under one legend. Returns the SVG as text. Throws TypeError for
 * numbers that are not finite, and for lines at or below 0 on a logarithmic axis; points there are drawn as off the scale.
 */
export function drawPanels(
  panels: readonly Panel[],
  { styles, legendEntries }: PanelStyle,
  document: FigureDocument,
  options: FigureOptions,
): string {
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
  const rowCount = Math.ceil(all.length / columns);
  const isOff = all.some(({ panel, domains }) => isOffScale(panel, domains));
  const arranged = (layout: PanelLayout): Arranged => {
    const shown = all.map(({ panel, domains }) => ({ panel: separateMarkers(panel, domains, layout), domains }));
    const isSideBySide = shown.some(({ panel }, k) => panel !== all[k].panel);
    const entries = legendEntries({ isOffScale: isOff, isSideBySide });
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
