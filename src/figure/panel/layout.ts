import { textMargins, type Margins } from '../drawing/ticks.js';
import { lineHeight, wrap } from '../drawing/text.js';
import type { Domains, Panel } from './panel.js';

/** Size and margins of a panel, px, the same for all panels of a figure; `size` is that of the text. */
export interface PanelLayout extends Margins {
  readonly width: number;
  readonly height: number;
  readonly size: number;
}

/** The lines of text above the frame: title, and label of the y axis. */
export const headerLines = (panel: Panel, width: number, size: number): { title: string[]; y: string[] } => ({
  title: panel.title === undefined ? [] : wrap(panel.title, 1.1 * size, width),
  y: wrap(panel.y.label, size, width),
});

/** The layout with the margins that the texts of all panels need. */
export function layoutOf(
  panels: readonly { readonly panel: Panel; readonly domains: Domains }[],
  width: number,
  frameHeight: number,
  size: number,
): PanelLayout {
  const margins = panels.map(({ panel, domains }) => {
    const texts = textMargins(
      { axis: panel.x, domain: domains.x },
      { axis: panel.y, domain: domains.y },
      width,
      frameHeight,
      size,
    );
    return { ...texts, top: texts.top + headerLines(panel, width, size).title.length * lineHeight(size) };
  });
  const largest = (side: keyof Margins): number => Math.max(...margins.map((one) => one[side]));
  const [left, right, top, bottom] = [largest('left'), largest('right'), largest('top'), largest('bottom')];
  return { width, height: top + frameHeight + bottom, left, right, top, bottom, size };
}
