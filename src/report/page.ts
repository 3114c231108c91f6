import type { AnalysisReport, RecordingReport } from '#analyse';
import { formatCounted, formatNumber, MISSING } from '#core';
import { cellHtml, escapeHtml, figureHtml, pageHtml, rowHeadHtml, tableHtml, type Drawing } from '#figure';
import { MAX_SHOWN, type ReportFigure } from './figures.js';
import { frequencyText, isWalk, methodsText, type AnalysisOrigin } from './methods.js';
import { modelNote, modelRows } from './model.js';
import {
  controlTable,
  familiarTable,
  motionTable,
  numberColumn,
  stimulusTable,
  textColumn,
  turningTable,
  valueCell,
  warningList,
} from './page-tables.js';
import { bibliography } from './references.js';
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
<details><summary>${formatCounted(stimuli.length, 'stimulus', 'stimuli', 'typeset')}</summary>
${stimulusTable(animal)}</details>
${turningTable(animal, page.report.model)}
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
      valueCell(f, fluctuation.measured) + predicted(`${f}, predicted`, fluctuation.predicted),
      valueCell(d, rate.measured) + predicted(`${d}, predicted`, rate.predicted),
    ];
    return `<tr role="row">${rowHeadHtml(escapeHtml(rate.name))}${cells.join('')}</tr>`;
  });
  return `<section id="model">
<h2>A model beside it</h2>
<p>${escapeHtml(modelNote(model.file))}</p>
${tableHtml(columns, body)}
</section>`;
}
