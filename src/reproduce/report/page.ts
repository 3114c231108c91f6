import type { Check } from '#compare';
import { DIGITS, formatLike, formatNumber } from '#core';
import {
  cellHtml as cell,
  escapeHtml as escape,
  figureHtml,
  pageHtml,
  rowHeadHtml,
  tableHtml,
  type Drawing,
} from '#figure';
import { closestToFailing, type ClaimReport, type ReproductionReport } from './report.js';

/**
 * The report as one HTML file that needs no network and no scripts, beside the files of its figures and tables, to which it
 * links: pictures before tables. `drawings` has the figures by name.
 */
export function reportPage(report: ReproductionReport, drawings: ReadonlyMap<string, Drawing>): string {
  const total = [...report.claims.flatMap(({ checks }) => checks), ...report.together];
  const agreed = total.filter(({ passed }) => passed).length;
  const origin = `Meander ${report.version}${report.commit === null ? '' : `, commit ${report.commit}`}, ${report.mode}, seed ${report.seed}`;
  return pageHtml(
    'Representational drift, reproduced',
    `<header>
<h1>Representational drift, reproduced</h1>
<p>Each claim of Pashakhanloo &amp; Koulakov, <cite>Stochastic Gradient Descent-Induced Drift of Representation in a Two-Layer
Neural Network</cite> (ICML 2023), of Pashakhanloo, <cite>Contribution of task-irrelevant stimuli to drift of neural
representations</cite> (NeurIPS 2025), and some that go beyond them: predicted by theory, simulated, compared.</p>
<p class="summary ${mark(report.passed)}"><strong>${report.claims.filter(({ passed }) => passed).length} of ${report.claims.length}
claims pass</strong>, ${agreed} of ${total.length} quantities. ${escape(origin)}.</p>
</header>
<ul class="claims">
${report.claims.map(claimLine).join('\n')}
</ul>
${report.claims.map((claim) => section(claim, drawings)).join('\n')}
<section id="verdicts">
<h2>Verdicts</h2>
<p>Each line shows the quantity of a claim that is closest to failing; all quantities are listed with the claims above.</p>
${verdictTable(report.claims)}
${togetherTable(report.together)}
<p><strong>The rule.</strong> ${escape(report.rule)}</p>
</section>`,
  );
}

const NUMBERS = ['predicted', 'measured', 'error', 'z'];
const columns = [...NUMBERS, 'rule', 'verdict'];

/** Columns of a table before those of every check, and its rows. */
const table = (first: readonly string[], rows: readonly string[]): string =>
  tableHtml(
    [...first, ...columns].map((name) => ({ name, isNumber: NUMBERS.includes(name) })),
    rows,
  );

const claimLine = ({ id, title, passed }: ClaimReport): string =>
  `<li>${verdict(passed)} <a href="#claim-${id}">${id} ${escape(title)}</a></li>`;

function verdictTable(claims: readonly ClaimReport[]): string {
  const rows = claims.map((claim) => {
    const check = closestToFailing(claim.checks);
    const agreed = claim.checks.filter(({ passed }) => passed).length;
    return (
      `<tr role="row" class="${mark(claim.passed)}">${rowHeadHtml(`<a href="#claim-${claim.id}">${claim.id} ${escape(claim.title)}</a>`)}` +
      cell('quantity', escape(check.quantity), 'text') +
      numbers(check) +
      `${cell('verdict', `<span>${verdict(claim.passed)} <small>${agreed} of ${claim.checks.length}</small></span>`)}</tr>`
    );
  });
  return table(['claim', 'quantity'], rows);
}

const checkRow = (check: Check): string =>
  `<tr role="row" class="${mark(check.passed)}">${cell('quantity', escape(check.quantity), 'text')}${numbers(check)}${cell('verdict', verdict(check.passed))}</tr>`;

function togetherTable(checks: readonly Check[]): string {
  if (checks.length === 0) return '';
  return `<h3 id="together">All claims together</h3>\n${table(['quantity'], checks.map(checkRow))}`;
}

function section(claim: ClaimReport, drawings: ReadonlyMap<string, Drawing>): string {
  const stem = escape(claim.preset.replace('.yaml', ''));
  return `<section id="claim-${claim.id}">
<h2>${claim.id} ${escape(claim.title)}</h2>
<p class="statement">${escape(claim.statement)} <span class="source">${escape(claim.source)}</span></p>
${claim.figures.map((figure) => figureOf(figure, drawings.get(figure.name))).join('\n')}
<details${claim.passed ? '' : ' open'}><summary>${claim.checks.length} quantities, ${claim.checks.filter(({ passed }) => passed).length} agree</summary>
${table(['quantity'], claim.checks.map(checkRow))}</details>
<p class="origin">Simulated from presets/${escape(claim.preset)}: ${formatNumber(claim.steps, DIGITS.label, 'typeset')} steps of ${claim.replicas} replicas in all${claim.note === undefined ? '' : `; ${escape(claim.note)}`}.
Tables: <a class="file" href="tables/${stem}.csv">${stem}.csv</a>, <a class="file" href="tables/${stem}-courses.csv">${stem}-courses.csv</a>.</p>
</section>`;
}

function figureOf({ name, title, caption }: ClaimReport['figures'][number], drawing: Drawing | undefined): string {
  if (!drawing) throw new RangeError(`no drawing of ${title}`);
  return figureHtml({ name, title, caption }, drawing);
}

const numbers = ({ predicted, measured, error, z, rule }: Check): string =>
  [predicted, measured, error]
    .map((value) => formatLike(value, error, 'typeset'))
    .concat(formatNumber(Number(z.toFixed(1)), 4, 'typeset'))
    .map((text, k) => cell(columns[k], text, 'number'))
    .concat(cell('rule', escape(rule), 'text'))
    .join('');

const mark = (passed: boolean): string => (passed ? 'passed' : 'failed');
const verdict = (passed: boolean): string =>
  `<span class="verdict ${mark(passed)}">${passed ? '✓ pass' : '✗ fail'}</span>`;
