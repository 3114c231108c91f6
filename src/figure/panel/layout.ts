import { TICK_LENGTH } from '../drawing/axis-marks.js';
import type { Ticks } from '../drawing/axis.js';
import { lineHeight, textWidth, wrap } from '../drawing/text.js';
import { axisTicks } from '../drawing/ticks.js';
import type { Domains, Panel } from './panel.js';

/** Size and margins of a panel, px, the same for all panels of a figure; `size` is that of the text. */
export interface PanelLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
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
  const line = lineHeight(size);
  const widest = (ticks: Ticks): number => Math.max(0, ...ticks.labelled.map((v) => textWidth(ticks.format(v), size)));
  const margins = panels.map(({ panel, domains }) => {
    const left = widest(axisTicks(panel.y, domains.y, frameHeight, size, 'y')) + TICK_LENGTH + 4;
    const xLabel = widest(axisTicks(panel.x, domains.x, width - left - 20, size, 'x'));
    const { title, y } = headerLines(panel, width, size);
    return {
      left: Math.max(left, xLabel / 2),
      right: xLabel / 2 + 2,
      top: (title.length + y.length) * line + 8,
      bottom: TICK_LENGTH + 5 + line + 2 + wrap(panel.x.label, size, width - left).length * line,
    };
  });
  const largest = (side: 'left' | 'right' | 'top' | 'bottom'): number => Math.max(...margins.map((one) => one[side]));
  const [left, right, top, bottom] = [largest('left'), largest('right'), largest('top'), largest('bottom')];
  return { width, height: top + frameHeight + bottom, left, right, top, bottom, size };
}
