import * as Plot from '@observablehq/plot';
import { axisMarks } from '../drawing/axis-marks.js';
import type { FigureDocument } from '../drawing/options.js';
import type { SeriesStyle } from '../drawing/palette.js';
import type { Box } from '../drawing/place-labels.js';
import { plotGroup } from '../drawing/plot-group.js';
import { lineHeight, textLines, wrap } from '../drawing/text.js';
import { axisTicks, TICK_LENGTH } from '../drawing/ticks.js';
import { axisBreaks } from './axis-break.js';
import { dotLabels } from './dot-labels.js';
import { headerLines, type PanelLayout } from './layout.js';
import { areaMarks, dotMarks, theoryMarks } from './marks.js';
import { isInside, type Domains, type Panel } from './panel.js';
import { referenceOptions } from './series-style.js';

/** One panel as an SVG group, with its upper left corner at (0, 0). */
export function drawPanel(
  panel: Panel,
  domains: Domains,
  layout: PanelLayout,
  styles: ReadonlyMap<string, SeriesStyle>,
  document: FigureDocument,
): string {
  const { width, height, left, right, top, bottom, size } = layout;
  const frame: Box = { x1: left, y1: top, x2: width - right, y2: height - bottom };
  const xTicks = axisTicks(panel.x, domains.x, frame.x2 - frame.x1, size, 'x');
  const yTicks = axisTicks(panel.y, domains.y, frame.y2 - frame.y1, size, 'y');
  const { referenceLine } = panel;
  const hasReference = referenceLine !== undefined && isInside(referenceLine.y, domains.y);
  const style = (series: string): SeriesStyle => {
    const found = styles.get(series);
    if (found === undefined) throw new TypeError(`the series ${series} has no style`);
    return found;
  };
  const marks = plotGroup(document, 0, 0, {
    width,
    height,
    marginLeft: left,
    marginRight: right,
    marginTop: top,
    marginBottom: bottom,
    x: { type: panel.x.scale, domain: domains.x },
    y: { type: panel.y.scale, domain: domains.y },
    marks: [
      ...areaMarks(panel.band ?? [], domains),
      Plot.frame({ strokeWidth: 0.8 }),
      ...axisMarks(Plot.axisX, xTicks, size),
      ...axisMarks(Plot.axisY, yTicks, size),
      ...(hasReference ? [Plot.ruleY([referenceLine.y], referenceOptions)] : []),
      ...panel.theory.flatMap((curve) => theoryMarks(curve, panel, domains, style(curve.series))),
      ...panel.simulation.flatMap(({ series, points }) => dotMarks(points, domains.y, style(series))),
    ],
  });
  const texts = panelTexts(panel, layout, frame);
  return `<g class="panel">${marks}${axisBreaks(panel, domains, frame)}${texts}${dotLabels(panel, domains, frame, size)}</g>`;
}

/** Title and labels of the axes. */
function panelTexts(panel: Panel, { width, left, top, size }: PanelLayout, frame: Box): string {
  const line = lineHeight(size);
  const { title, y } = headerLines(panel, width, size);
  const yTop = top - 8 - y.length * line;
  const middle = (frame.x1 + frame.x2) / 2;
  return (
    textLines(title, 0, yTop - title.length * line, { size, bold: true }) +
    textLines(y, 0, yTop, { size }) +
    textLines(wrap(panel.x.label, size, width - left), middle, frame.y2 + TICK_LENGTH + 5 + line + 2, {
      size,
      anchor: 'middle',
    })
  );
}
