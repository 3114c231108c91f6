import { closestToFailing, type ReproductionReport } from '#reproduce';
import Table from 'cli-table3';
import { formatLike } from '#core';

/** The verdicts for a terminal: each claim with the quantity that is nearest to failing, and every quantity that failed. */
export function verdictTable({ claims, passed, together }: ReproductionReport, directory: string): string {
  const table = new Table({
    head: ['claim', 'verdict', 'agree', 'nearest to failing', 'predicted', 'measured', 'error', 'z'],
    style: { head: [], border: [], compact: true },
    colWidths: [38, null, null, 58],
    wordWrap: true,
  });
  const rows = claims.map(({ id, title, checks }) => ({ name: `${id} ${title}`, checks }));
  if (together.length > 0) rows.push({ name: 'all claims together', checks: together });
  for (const { name, checks } of rows) {
    const ok = checks.every((check) => check.passed);
    const agreed = checks.filter((check) => check.passed).length;
    const shown = ok ? [closestToFailing(checks)] : checks.filter((check) => !check.passed);
    shown.forEach(({ quantity, predicted, measured, error, z }, i) => {
      const own = i === 0 ? [name, ok ? 'pass' : 'FAIL', `${agreed} of ${checks.length}`] : ['', '', ''];
      table.push([
        ...own,
        quantity,
        ...[predicted, measured, error].map((value) => formatLike(value, error)),
        z.toFixed(1),
      ]);
    });
  }
  const failed = claims.filter((claim) => !claim.passed).map(({ id }) => id);
  const claim = failed.length > 0 ? [`claim ${failed.join(', ')}`] : [];
  const all = together.every((check) => check.passed) ? [] : ['all claims together'];
  const verdict = passed ? 'every claim passes' : `FAILED: ${[...claim, ...all].join(', ')}`;
  const notes = claims.flatMap(({ id, note }) => (note === undefined ? [] : [`note: claim ${id}: ${note}\n`]));
  return `${table.toString()}\n${notes.join('')}${verdict}; ${directory}/report.html has the figures\n`;
}
