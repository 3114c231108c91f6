import type { AnalysisReport, Control, Measured, RecordingReport } from '#analyse';
import { formatNumber, MISSING } from '#core';
import { cellHtml, escapeHtml, figureHtml, pageHtml, rowHeadHtml, tableHtml, type Drawing } from '#figure';
import { MAX_SHOWN, type ReportFigure } from './figures.js';
import { formatInterval, formatMeasured } from './measured.js';
import { frequencyText, isWalk, methodsText, type AnalysisOrigin } from './methods.js';
import { modelNote, modelRows } from './model.js';
import { motionQuantities } from './quantities.js';
import { bibliography } from './references.js';
import { verdictOf } from './tables/columns.js';
import { analysisTables } from './tables/tables.js';

/** What a page of an analysis is made of. */
export interface AnalysisPage {
  readonly report: AnalysisReport;
  readonly origin: AnalysisOrigin;
  /** The shape of each recording as it was read, and what was declared. */
  readonly inputs: readonly string[];
  readonly figures: readonly ReportFigure[];
  /** By the names of the figures. */
  readonly drawings: ReadonlyMap<string, Drawing>;
}

/**
 * The report of an analysis as one HTML file that needs no network and no scripts, beside the files of its figures and tables,
 * to which it links.
 */
export function analysisPage(page: AnalysisPage): string {
  const { report, origin, inputs, figures } = page;
  const { animals, controls } = report;
  const failed = controls.filter(({ passed }) => passed === false).length;
  const passed = controls.filter((control) => control.passed).length;
  const title = `Drift of ${animals.length === 1 ? animals[0].name : `${animals.length} animals`}`;
  return pageHtml(
    title,
    `<header>
<h1>${escapeHtml(title)}</h1>
${inputs.map((line) => `<p class="origin">${escapeHtml(line)}</p>`).join('\n')}
<p class="summary ${failed === 0 ? 'passed' : 'failed'}"><strong>${passed} of ${passed + failed} controls pass${isWalk(report) ? '' : ': not a stationary random walk'}</strong>,
${controls.length - passed - failed} without a verdict. Meander ${escapeHtml(origin.version)}${origin.commit === null ? '' : `, commit ${escapeHtml(origin.commit)}`}.</p>
${warningList(report)}
</header>
${figures.some(({ animal }) => animal === null) ? togetherSection(page) : ''}
${animals.length > MAX_SHOWN ? '' : animals.map((animal, k) => animalSection(animal, k, page)).join('\n')}
${frequencyText(report)
  .map((line) => `<section id="frequency"><h2>Presentations</h2><p>${escapeHtml(line)}</p></section>`)
  .join('')}
${modelSection(report)}
<section id="controls">
<h2>Controls</h2>
${controlTable(controls)}
</section>
<section id="methods">
<h2>Methods, ready to paste</h2>
${methodsText(report, origin)
  .trim()
  .split('\n\n')
  .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
  .join('\n')}
<details><summary>References as BibTeX</summary><pre>${escapeHtml(bibliography(report))}</pre></details>
</section>
<section id="files">
<h2>Files</h2>
<p class="files">All numbers: <a class="file" href="report.json">report.json</a>; tables: ${analysisTables
      .map(({ name }) => `<a class="file" href="tables/${name}.csv">${name}.csv</a>`)
      .join(', ')}, and the same as Parquet; <a class="file" href="methods.txt">methods.txt</a>,
<a class="file" href="references.bib">references.bib</a>.</p>
</section>`,
  );
}

const warningList = ({ warnings }: AnalysisReport): string =>
  warnings.length === 0
    ? ''
    : `<ul class="warnings">
${warnings.map(({ name, message }) => `<li><strong>${escapeHtml(name)}</strong>: ${escapeHtml(message)}</li>`).join('\n')}
</ul>`;

function togetherSection(page: AnalysisPage): string {
  const { report } = page;
  return `<section id="together">
<h2>All ${report.animals.length} animals together</h2>
${motionTable(report, report.animals[0].timeUnit)}
${drawn(page, null)}
</section>`;
}

function animalSection(animal: RecordingReport, index: number, page: AnalysisPage): string {
  const { name, stimuli, timeUnit } = animal;
  return `<section id="animal-${index + 1}">
<h2>${escapeHtml(name)}</h2>
${motionTable(animal, timeUnit)}
${drawn(page, index)}
<details><summary>${stimuli.length} stimuli</summary>
${stimulusTable(animal)}</details>
${familiarTable(animal)}
</section>`;
}

const drawn = ({ figures, drawings }: AnalysisPage, animal: number | null): string =>
  figures
    .filter((figure) => figure.animal === animal)
    .map((figure) => {
      const drawing = drawings.get(figure.name);
      if (!drawing) throw new RangeError(`no drawing of ${figure.title}`);
      return figureHtml(figure, drawing);
    })
    .join('\n');

const numberColumn = (name: string): { name: string; isNumber: boolean } => ({ name, isNumber: true });
const textColumn = (name: string): { name: string; isNumber: boolean } => ({ name, isNumber: false });

const cell = (column: string, measured: Measured): string =>
  cellHtml(column, formatMeasured(measured, 'typeset'), 'number');

function motionTable(
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
        `<tr role="row">${rowHeadHtml(escapeHtml(name))}${cell('value', of)}${cellHtml('95% interval', formatInterval(of, 'typeset'), 'number')}${cellHtml('unit', escapeHtml(unit), 'text')}</tr>`,
    ),
  );
}

function modelSection(report: AnalysisReport): string {
  const { model, animals } = report;
  const rows = modelRows(report);
  if (!model || !rows) return '';
  const [f, d] = ['F/‖h‖²', `D/‖h‖² (rad² per ${escapeHtml(animals[0].timeUnit)})`];
  const predicted = (column: string, value: number | null): string =>
    cellHtml(column, value === null ? MISSING : formatNumber(value, 3, 'typeset'), 'number');
  const columns = [textColumn('stimulus'), ...[f, `${f}, predicted`, d, `${d}, predicted`].map(numberColumn)];
  const body = rows.diffusion.map((rate, k) => {
    const fluctuation = rows.fluctuation[k];
    const cells = [
      cell(f, fluctuation.measured) + predicted(`${f}, predicted`, fluctuation.predicted),
      cell(d, rate.measured) + predicted(`${d}, predicted`, rate.predicted),
    ];
    return `<tr role="row">${rowHeadHtml(escapeHtml(rate.name))}${cells.join('')}</tr>`;
  });
  return `<section id="model">
<h2>A model beside it</h2>
<p>${escapeHtml(modelNote(model.file))}</p>
${tableHtml(columns, body)}
</section>`;
}

function stimulusTable({ stimuli, timeUnit }: RecordingReport): string {
  const heads = motionQuantities.map(({ symbol, unit }) => `${symbol} (${escapeHtml(unit(timeUnit))})`);
  return tableHtml(
    [textColumn('stimulus'), ...heads.map(numberColumn)],
    stimuli.map(
      (stimulus) =>
        `<tr role="row">${rowHeadHtml(escapeHtml(stimulus.label))}${motionQuantities.map(({ of }, k) => cell(heads[k], of(stimulus))).join('')}</tr>`,
    ),
  );
}

/** The measures in common use at the shortest and the longest gap, each beside its ceiling. */
function familiarTable({ familiar, timeUnit }: RecordingReport): string {
  const rows = familiar.flatMap(({ label, points }) => {
    const known = points.filter(({ value }) => value !== null);
    const ends = known.length > 1 ? [known[0], known[known.length - 1]] : known;
    return ends.map(
      ({ gap, value, se, ceiling }) =>
        `<tr role="row">${rowHeadHtml(escapeHtml(label))}${cellHtml('gap', escapeHtml(`${formatNumber(gap)} ${timeUnit}`), 'number')}` +
        `${cell('value', { value, se, interval95: null })}${cellHtml('ceiling', ceiling === null ? MISSING : formatNumber(ceiling, 3, 'typeset'), 'number')}</tr>`,
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
<p>As published, with trial noise in them; the ceiling is the same measure between halves of one session.</p>
${tableHtml(columns, rows)}`;
}

function controlTable(controls: readonly Control[]): string {
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
