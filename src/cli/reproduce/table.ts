import { closestToFailing, type ReproductionReport } from '#reproduce';
import Table from 'cli-table3';
import { formatLike } from '#core';

/** The verdicts for a terminal: each claim with the quantity that is nearest to failing, and every quantity that failed. */
export function verdictTable({ claims, passed }: ReproductionReport, directory: string): string {
  const table = new Table({
    head: ['claim', 'verdict', 'agree', 'nearest to failing', 'predicted', 'measured', 'error', 'z'],
    style: { head: [], border: [], compact: true },
    colWidths: [38, null, null, 58],
    wordWrap: true,
  });
  for (const { id, title, checks, passed: ok } of claims) {
    const agreed = checks.filter((check) => check.passed).length;
    const shown = ok ? [closestToFailing(checks)] : checks.filter((check) => !check.passed);
    shown.forEach(({ quantity, predicted, measured, error, z }, i) => {
      const own = i === 0 ? [`${id} ${title}`, ok ? 'pass' : 'FAIL', `${agreed} of ${checks.length}`] : ['', '', ''];
      table.push([
        ...own,
        quantity,
        ...[predicted, measured, error].map((value) => formatLike(value, error)),
        z.toFixed(1),
      ]);
    });
  }
  const verdict = passed
    ? 'every claim passes'
    : `FAILED: claim ${claims
        .filter((claim) => !claim.passed)
        .map(({ id }) => id)
        .join(', ')}`;
  return `${table.toString()}\n${verdict}; ${directory}/report.html has the figures\n`;
}
