import type { FigureDocument, FigureOptions } from '../drawing/options.js';
import { defineFigure, isKind, type FigureData } from '../figure.js';
import { drawPanels } from '../panel/draw-panels.js';
import { legendOf } from '../panel/panel-legend.js';
import type { Panel } from '../panel/panel.js';
import { stylesOf } from '../panel/series-style.js';

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
  const styles = stylesOf(panels);
  const legendEntries = (kinds: Parameters<typeof legendOf>[2]) => legendOf(panels, styles, kinds);
  return drawPanels(panels, { styles, legendEntries }, document, options);
}
