// Parts of a page about an analysis, as HTML.
import type { AnalysisReport, Control, Measured, RecordingReport } from '#analyse';
import { formatNumber, MISSING } from '#core';
import { cellHtml, escapeHtml, rowHeadHtml, tableHtml } from '#figure';
import { formatInterval, formatMeasured } from './measured.js';
import { motionQuantities } from './quantities.js';
import { verdictOf } from './tables/columns.js';
import { turningRows, withinSpanText } from './turning.js';

/** The warnings as a list; nothing where there are none. */
export const warningList = ({ warnings }: AnalysisReport): string =>
  warnings.length === 0
    ? ''
    : `<ul class="warnings">
${warnings.map(({ name, message }) => `<li><strong>${escapeHtml(name)}</strong>: ${escapeHtml(message)}</li>`).join('\n')}
</ul>`;

/** Columns of a table of numbers, or of texts. */
export const numberColumn = (name: string): { name: string; isNumber: boolean } => ({ name, isNumber: true });
export const textColumn = (name: string): { name: string; isNumber: boolean } => ({ name, isNumber: false });

/** A cell of a measured number. */
export const valueCell = (column: string, measured: Measured): string =>
  cellHtml(column, formatMeasured(measured, 'typeset'), 'number');

/** What is measured of the motion of a population, with intervals and units. */
export function motionTable(
  { population, similarityShare }: Pick<RecordingReport, 'population' | 'similarityShare'>,
  time: string,
): string {
  const rows = [
    ...motionQuantities.map(({ name, symbol, unit, of }) => ({
      name: `${name} ${symbol}`,
      unit: unit(time),
      of: of(population),
    })),
    { name: 'share of drift that keeps similarity', unit: '0 to 1', of: similarityShare },
  ];
  return tableHtml(
    [textColumn('mean over stimuli'), numberColumn('value'), numberColumn('95% interval'), textColumn('unit')],
    rows.map(
      ({ name, unit, of }) =>
        `<tr role="row">${rowHeadHtml(escapeHtml(name))}${valueCell('value', of)}${cellHtml('95% interval', formatInterval(of, 'typeset'), 'number')}${cellHtml('unit', escapeHtml(unit), 'text')}</tr>`,
    ),
  );
}

/** The motion of every stimulus. */
export function stimulusTable({ stimuli, timeUnit }: Pick<RecordingReport, 'stimuli' | 'timeUnit'>): string {
  const heads = motionQuantities.map(({ symbol, unit }) => `${symbol} (${escapeHtml(unit(timeUnit))})`);
  return tableHtml(
    [textColumn('stimulus'), ...heads.map(numberColumn)],
    stimuli.map(
      (stimulus) =>
        `<tr role="row">${rowHeadHtml(escapeHtml(stimulus.label))}${motionQuantities.map(({ of }, k) => valueCell(heads[k], of(stimulus))).join('')}</tr>`,
    ),
  );
}

/** The measures in common use at the shortest and the longest gap, each beside its ceiling. */
export function familiarTable({ familiar, timeUnit }: RecordingReport): string {
  const rows = familiar.flatMap(({ label, points }) => {
    const known = points.filter(({ value }) => value !== null);
    const ends = known.length > 1 ? [known[0], known[known.length - 1]] : known;
    return ends.map(
      ({ gap, value, se, ceiling }) =>
        `<tr role="row">${rowHeadHtml(escapeHtml(label))}${cellHtml('gap', escapeHtml(`${formatNumber(gap)} ${timeUnit}`), 'number')}` +
        `${valueCell('value', { value, se, interval95: null })}${cellHtml('ceiling', ceiling === null ? MISSING : formatNumber(ceiling, 3, 'typeset'), 'number')}</tr>`,
    );
  });
  if (rows.length === 0) return '';
  const columns = [
    textColumn('measure in common use'),
    numberColumn('gap'),
    numberColumn('value'),
    numberColumn('ceiling'),
  ];
  return `<h3>Measures in common use</h3>
<p>Between half of the trials of one session and half of those of another, with trial noise in them; the ceiling is the same measure between
the halves of one session, and equal to the value where only trial noise sets sessions apart.</p>
${tableHtml(columns, rows)}`;
}

/** How the frame of an animal turns, beside a model where one is named, or why there is none. */
export function turningTable(animal: RecordingReport, model: AnalysisReport['model']): string {
  const rows = turningRows(animal, model);
  const intro = `<h3>Turning</h3>\n<p>${escapeHtml([animal.turning.statement, ...withinSpanText(animal, 'typeset')].join(' '))}</p>`;
  if (rows.length === 0) return intro;
  const rate = `rate (rad² per ${escapeHtml(animal.timeUnit)})`;
  const isCompared = rows.some(({ predicted }) => predicted !== null);
  const heads = [rate, '95% interval', ...(isCompared ? ['predicted', 'measured / predicted'] : [])];
  return `${intro}
${tableHtml(
  [textColumn('plane of dimensions'), ...heads.map(numberColumn)],
  rows.map(({ plane, rate: own, predicted, ratio }) => {
    const compared = isCompared
      ? cellHtml('predicted', predicted === null ? MISSING : formatNumber(predicted, 3, 'typeset'), 'number') +
        cellHtml('measured / predicted', ratio === null ? MISSING : formatMeasured(ratio, 'typeset'), 'number')
      : '';
    return `<tr role="row">${rowHeadHtml(escapeHtml(plane))}${valueCell(rate, own)}${cellHtml('95% interval', formatInterval(own, 'typeset'), 'number')}${compared}</tr>`;
  }),
)}`;
}

/** Every control with its verdict. */
export function controlTable(controls: readonly Control[]): string {
  const words = { passed: '✓ passed', failed: '✗ failed', none: MISSING };
  return tableHtml(
    [textColumn('control'), textColumn('verdict'), textColumn('what came out')],
    controls.map((control) => {
      const verdict = verdictOf(control);
      return (
        `<tr role="row" class="${verdict === 'failed' ? 'failed' : ''}">${rowHeadHtml(escapeHtml(control.name))}` +
        cellHtml('verdict', `<span class="verdict ${verdict === 'none' ? '' : verdict}">${words[verdict]}</span>`) +
        `${cellHtml('what came out', escapeHtml(control.statement), 'text')}</tr>`
      );
    }),
  );
}
