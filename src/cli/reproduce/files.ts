import { courseRows, reportRows } from '#experiment';
import { drawFigure, pageWidths, type Drawing } from '#figure';
import { figureDocument } from '#figure/node';
import { reportPage, type ClaimReport, type Evidence, type Judged, type ReproductionReport } from '#reproduce';
import { csv, writeAtomically } from '#store';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFigure } from '../figure/files.js';

export interface JudgedClaim {
  readonly evidence: Evidence;
  readonly judgement: Judged;
  readonly report: ClaimReport;
}

/** Writes figures (SVG, PNG, PDF), tables (CSV), report.json and, last, report.html into a directory. */
export async function writeReproduction(
  directory: string,
  report: ReproductionReport,
  judged: readonly JudgedClaim[],
): Promise<void> {
  const document = figureDocument();
  const drawings = new Map<string, Drawing>();
  await mkdir(join(directory, 'figures'), { recursive: true });
  await mkdir(join(directory, 'tables'), { recursive: true });
  const write = (name: string, content: string | Uint8Array): Promise<void> =>
    writeAtomically(join(directory, name), content);
  for (const { evidence, judgement, report: claim } of judged) {
    for (const [index, { name, title, table }] of judgement.figures.entries()) {
      const { caption } = claim.figures[index];
      drawings.set(name, {
        wide: drawFigure(table, document, { width: pageWidths.wide, title }),
        narrow: drawFigure(table, document, { width: pageWidths.narrow, title }),
      });
      const alone = drawFigure(table, document, { width: pageWidths.wide, title, caption });
      await writeFigure(join(directory, 'figures', name), alone, title);
    }
    const stem = claim.preset.replace('.yaml', '');
    await write(`tables/${stem}.csv`, csv(reportRows({ points: evidence.points.map((point) => point.report) })));
    await write(`tables/${stem}-courses.csv`, coursesCsv(evidence));
  }
  const checks = [...report.claims, { id: 'all', checks: report.together }].flatMap(({ id, checks: own }) =>
    own.map((check) => ({ claim: id, ...check })),
  );
  await write('tables/verdicts.csv', csv(checks));
  await write('report.json', `${JSON.stringify(report, null, 1)}\n`);
  await write('report.html', reportPage(report, drawings));
}

/** Time courses of every probe at every point, one row for each time. */
const coursesCsv = ({ points }: Evidence): string =>
  csv(
    points.flatMap(({ report: { parameters, courses, probes } }) =>
      courseRows({ simulation: courses, theory: courses.theory }, probes.length).map((row) => ({
        ...parameters,
        ...row,
      })),
    ),
  );
