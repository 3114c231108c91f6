// Fills the verdicts and figures of docs/reproduced.md from a finished reproduction: npm run docs:reproduced -- DIR
import { closestToFailing, type ReproductionReport } from '#reproduce';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const page = 'docs/reproduced.md';
const figures = 'docs/figures/reproduced';
const PLACE = /(<!-- generated: reproduction -->\n)[^]*?(<!-- end -->)/;

const [directory] = process.argv.slice(2);
if (!directory) throw new Error('which directory? npm run docs:reproduced -- DIR');
const report = JSON.parse(await readFile(join(directory, 'report.json'), 'utf8')) as ReproductionReport;

/** Longest line of prose, as everywhere in docs/. */
const LINE_WIDTH = 120;

/** A text in lines that are broken at blanks. */
function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = [lines.at(-1), word].filter((part) => part !== '').join(' ');
    if (longer.length <= LINE_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('\n');
}

const short = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');

const rows = report.claims.map(({ id, title, checks, passed }) => {
  const { quantity, predicted, measured, error, z } = closestToFailing(checks);
  const agreed = checks.filter((check) => check.passed).length;
  const cells = [
    `${id} ${title}`,
    quantity,
    ...[predicted, measured, error].map(short),
    z.toFixed(1).replace('-', '−'),
  ];
  return `| ${[...cells, `${passed ? 'pass' : 'FAIL'}, ${agreed} of ${checks.length}`].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
});

const sections = report.claims.map(({ id, title, statement, figures: own, note }) => {
  const pictures = own.map(({ name, caption }) => wrapped(`![${caption}](figures/reproduced/${name}.svg)`));
  const notes = note === undefined ? [] : [wrapped(`In its simulations: ${note}.`)];
  return [`### ${id} ${title}`, wrapped(statement), ...pictures, ...notes].join('\n\n');
});

const origin = wrapped(
  `Made by \`npx meander reproduce${report.mode === 'full' ? ' --full' : ''} --seed ${report.seed}\`; for each claim the ` +
    'quantity that is closest to failing, and how many agree.',
);
const text = `${origin}

| claim | quantity | predicted | measured | error | z | verdict |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

${sections.join('\n\n')}`;

await rm(figures, { recursive: true, force: true });
await mkdir(figures, { recursive: true });
for (const { name } of report.claims.flatMap((claim) => claim.figures)) {
  await copyFile(join(directory, 'figures', `${name}.svg`), join(figures, `${name}.svg`));
}
const before = await readFile(page, 'utf8');
if (!PLACE.test(before)) throw new Error(`${page} has no place for the reproduction`);
const filled = before.replace(PLACE, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`);
await writeFile(page, await format(filled, { ...(await resolveConfig(page)), filepath: page }));
