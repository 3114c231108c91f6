import { formatEstimate, formatNumber } from '#core';
import type { FigureDocument, FigureOptions } from '../../drawing/options.js';
import { seriesStyle } from '../../drawing/palette.js';
import { defineFigure } from '../../figure.js';
import { drawPanels } from '../../panel/draw-panels.js';
import type { Panel } from '../../panel/panel.js';
import { lineEntry } from './legend.js';
import type { IncrementsTable, RecordedValue } from './table.js';
import { isKindWith } from './values.js';

export const increments = defineFigure<IncrementsTable>({
  name: 'increments',
  applies: isKindWith<IncrementsTable>('recording-increments', ({ expected, observed }) =>
    expected.some((_, k) => isPair(expected[k], observed[k])),
  ),
  draw: drawIncrements,
});

const [OBSERVED, NORMAL] = ['increments of neurons', 'normal distribution'];

const isPair = (a: number | undefined, b: number | undefined): boolean => Number.isFinite(a) && Number.isFinite(b);

/**
 * Quantiles of the increments of neurons against those of a normal deviate, both in standard deviations: a line for a
 * random walk of many small steps. The excess kurtosis is in the title. Returns the SVG as text.
 */
function drawIncrements(
  { expected, observed, kurtosis }: IncrementsTable,
  document: FigureDocument,
  options: FigureOptions,
): string {
  const points = expected.flatMap((x, k) => (isPair(x, observed[k]) ? [{ x, y: observed[k], se: 0 }] : []));
  const ends = [points[0].x, points[points.length - 1].x];
  const panel: Panel = {
    title: kurtosisText(kurtosis),
    x: { label: 'normal quantile (standard deviations)', scale: 'linear' },
    y: { label: 'quantile of increments (standard deviations)', scale: 'linear' },
    theory: [{ series: NORMAL, points: ends.map((x) => ({ x, y: x })) }],
    simulation: [{ series: OBSERVED, points }],
  };
  const styles = new Map([
    [OBSERVED, seriesStyle(0)],
    [NORMAL, seriesStyle(4)],
  ]);
  return drawPanels([panel], { styles, legendEntries: () => [lineEntry(NORMAL, seriesStyle(4))] }, document, options);
}

const kurtosisText = ({ value, se }: RecordedValue): string =>
  value === null
    ? 'Increments'
    : `Increments: excess kurtosis ${se === null ? formatNumber(value) : formatEstimate({ value, se }, 'typeset')}`;
