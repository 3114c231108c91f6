import { domainOf, type Axis } from '../../drawing/axis.js';
import type { FigureDocument, FigureOptions } from '../../drawing/options.js';
import { seriesStyle } from '../../drawing/palette.js';
import { defineFigure } from '../../figure.js';
import { drawPanels } from '../../panel/draw-panels.js';
import type { Panel } from '../../panel/panel.js';
import { errorEntry, lineEntry, referenceEntry } from './legend.js';
import { quantitiesOf } from './quantities.js';
import { drawSorted } from './sorted-stimuli.js';
import type { StimuliTable, StimulusRow, StimulusTrend } from './table.js';
import { dotsOf, isKindWith } from './values.js';

export const stimuli = defineFigure<StimuliTable>({
  name: 'stimuli',
  applies: isKindWith<StimuliTable>('recording-stimuli', (table) => quantitiesOf(table).length > 0),
  draw: drawStimuli,
});

/** Number of stimuli up to which each has its name beside it. */
const MAX_NAMED = 12;
/** Ratio of frequencies from which on their axis is logarithmic. */
const LOG_RANGE = 8;

const TREND = 'power of presentations (a correlation)';
const trendStyle = seriesStyle(1);
/** Points of a curve. */
const CURVE_POINTS = 49;

function curveOf({ scale, exponent }: StimulusTrend, frequencies: readonly number[]): { x: number; y: number }[] {
  const above = frequencies.filter((value) => value > 0);
  const [low, high] = [Math.log(Math.min(...above)), Math.log(Math.max(...above))];
  return Array.from({ length: CURVE_POINTS }, (_, k) => {
    const x = low + (k / (CURVE_POINTS - 1)) * (high - low);
    return { x: Math.exp(x), y: scale * Math.exp(exponent * x) };
  });
}

/**
 * Diffusion of every stimulus with its standard error, and relative to the squared norm: against the frequency of its
 * presentations where that is known and varies, otherwise a row for each, sorted. Returns the SVG as text.
 */
function drawStimuli(table: StimuliTable, document: FigureDocument, options: FigureOptions): string {
  const known = table.stimuli.filter(hasFrequency);
  const frequencies = known.map(({ frequency }) => frequency);
  if (new Set(frequencies).size < 2) return drawSorted(table, document, options);
  const isLog =
    frequencies.every((value) => value > 0) && Math.max(...frequencies) / Math.min(...frequencies) > LOG_RANGE;
  const scale = isLog ? 'log' : 'linear';
  const x: Axis = { label: 'presentations of the stimulus', scale, domain: domainOf(scale, frequencies) };
  const curve = table.trend ? curveOf(table.trend, frequencies) : [];
  const panels = quantitiesOf({ ...table, stimuli: known }).map(({ label, isRelative, of }): Panel => {
    const points = dotsOf(known.map((row) => ({ x: row.frequency, of: of(row) })));
    const names = known.flatMap((row) => {
      const { value } = of(row);
      return value === null ? [] : [{ x: row.frequency, y: value, text: row.label }];
    });
    return {
      x,
      y: { label, scale: 'linear' },
      referenceLine: { y: 0, text: '' },
      theory: isRelative && curve.length > 0 ? [{ series: TREND, points: curve }] : [],
      simulation: [{ series: 'stimuli', points }],
      labels: known.length > MAX_NAMED ? [] : names,
    };
  });
  const styles = new Map([
    ['stimuli', seriesStyle(0)],
    [TREND, trendStyle],
  ]);
  const legendEntries = () => [
    ...(curve.length > 0 ? [lineEntry(TREND, trendStyle)] : []),
    errorEntry,
    referenceEntry('no drift'),
  ];
  return drawPanels(panels, { styles, legendEntries }, document, options);
}

const hasFrequency = (row: StimulusRow): row is StimulusRow & { readonly frequency: number } =>
  row.frequency !== null && Number.isFinite(row.frequency);
