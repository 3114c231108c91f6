import type { Check } from '#compare';
import { DIGITS, formatLike, formatNumber } from '#core';
import { style } from './page-style.js';
import { closestToFailing, type ClaimReport, type ReproductionReport } from './report.js';

/** Widths at which every figure is drawn, px: for a page and print, and for a phone. */
export const widths = { wide: 720, narrow: 340 };

/** SVG of a figure at both widths. */
export interface Drawing {
  readonly wide: string;
  readonly narrow: string;
}

/** The report as one HTML file that needs no network and no scripts. `drawings` has the figures by name. */
export function reportPage(report: ReproductionReport, drawings: ReadonlyMap<string, Drawing>): string {
  const total = report.claims.flatMap(({ checks }) => checks);
  const agreed = total.filter(({ passed }) => passed).length;
  const origin = `Meander ${report.version}${report.commit === null ? '' : `, commit ${report.commit}`}, ${report.mode}, seed ${report.seed}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Representational drift, reproduced</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>Representational drift, reproduced</h1>
<p>Each claim of Pashakhanloo &amp; Koulakov, <cite>Stochastic Gradient Descent-Induced Drift of Representation in a Two-Layer
Neural Network</cite> (ICML 2023), of Pashakhanloo, <cite>Contribution of task-irrelevant stimuli to drift of neural
representations</cite> (NeurIPS 2025), and some that go beyond them: predicted by theory, simulated, compared.</p>
<p class="summary ${mark(report.passed)}"><strong>${report.claims.filter(({ passed }) => passed).length} of ${report.claims.length}
claims pass</strong>, ${agreed} of ${total.length} quantities. ${escape(origin)}.</p>
</header>
<section>
<h2>Verdicts</h2>
<p>Each line shows the quantity of a claim that is closest to failing; all quantities are listed with the claims below.</p>
${verdictTable(report.claims)}
<p><strong>The rule.</strong> ${escape(report.rule)}</p>
</section>
${report.claims.map((claim) => section(claim, drawings)).join('\n')}
</main>
</body>
</html>
`;
}

const head =
  '<th scope="col">predicted</th><th scope="col">measured</th><th scope="col">error</th><th scope="col">z</th><th scope="col">rule</th><th scope="col">verdict</th>';

function verdictTable(claims: readonly ClaimReport[]): string {
  const rows = claims.map((claim) => {
    const check = closestToFailing(claim.checks);
    const agreed = claim.checks.filter(({ passed }) => passed).length;
    return (
      `<tr class="${mark(claim.passed)}"><th scope="row"><a href="#claim-${claim.id}">${claim.id} ${escape(claim.title)}</a></th>` +
      `<td class="text">${escape(check.quantity)}</td>${numbers(check)}` +
      `<td>${verdict(claim.passed)} <small>${agreed} of ${claim.checks.length}</small></td></tr>`
    );
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Verdicts"><table><thead><tr><th scope="col">claim</th><th scope="col">quantity</th>${head}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function section(claim: ClaimReport, drawings: ReadonlyMap<string, Drawing>): string {
  const rows = claim.checks.map(
    (check) =>
      `<tr class="${mark(check.passed)}"><td class="text">${escape(check.quantity)}</td>${numbers(check)}<td>${verdict(check.passed)}</td></tr>`,
  );
  return `<section id="claim-${claim.id}">
<h2>${claim.id} ${escape(claim.title)}</h2>
<p class="statement">${escape(claim.statement)} <span class="source">${escape(claim.source)}</span></p>
${claim.figures.map((figure) => figureOf(figure, drawings.get(figure.name))).join('\n')}
<details${claim.passed ? '' : ' open'}><summary>${claim.checks.length} quantities, ${claim.checks.filter(({ passed }) => passed).length} agree</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Quantities of claim ${claim.id}"><table><thead><tr><th scope="col">quantity</th>${head}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></details>
<p class="origin">Simulated from presets/${escape(claim.preset)}: ${formatNumber(claim.steps, DIGITS.label, 'typeset')} steps of ${claim.replicas} replicas in all.</p>
</section>`;
}

function figureOf({ title, caption }: ClaimReport['figures'][number], drawing: Drawing | undefined): string {
  if (!drawing) throw new RangeError(`no drawing of ${title}`);
  return `<figure><div class="wide" aria-hidden="true">${drawing.wide}</div><div class="narrow" aria-hidden="true">${drawing.narrow}</div>
<figcaption><strong>${escape(title)}.</strong> ${escape(caption)}</figcaption></figure>`;
}

const numbers = ({ predicted, measured, error, z, rule }: Check): string =>
  [predicted, measured, error]
    .map((value) => formatLike(value, error, 'typeset'))
    .concat(formatNumber(Number(z.toFixed(1)), 4, 'typeset'))
    .map((text) => `<td class="number">${text}</td>`)
    .concat(`<td class="text">${escape(rule)}</td>`)
    .join('');

const mark = (passed: boolean): string => (passed ? 'passed' : 'failed');
const verdict = (passed: boolean): string => (passed ? '✓ pass' : '✗ fail');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]);
