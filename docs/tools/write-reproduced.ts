// Fills docs/reproduced.md from a finished reproduction: npm run docs:reproduced -- DIR [DIR …]. A quick one has verdicts and figures,
// a full one the means of many limits. Claims of later directories (made with --claims) replace those of earlier ones.
import type { Check } from '#compare';
import { closestToFailing, type ClaimReport, type ReproductionReport } from '#reproduce';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const page = 'docs/reproduced.md';
const figures = 'docs/figures/reproduced';
const PLACES = {
  quick: /(<!-- generated: reproduction -->\n)[^]*?(<!-- end -->)/,
  full: /(<!-- generated: full reproduction -->\n)[^]*?(<!-- end -->)/,
};

/** Longest line of prose, as everywhere in docs/. */
const LINE_WIDTH = 120;

/** A claim, and the directory that has its figures. */
interface Claim extends ClaimReport {
  readonly directory: string;
}

interface Reproduction extends Pick<ReproductionReport, 'mode' | 'seed' | 'together'> {
  /** Claims of later directories. */
  readonly apart: readonly string[];
  readonly claims: readonly Claim[];
}

async function readReproduction(directories: readonly string[]): Promise<Reproduction> {
  const claims = new Map<string, Claim>();
  const apart: string[] = [];
  let first: ReproductionReport | null = null;
  for (const directory of directories) {
    const report = JSON.parse(await readFile(join(directory, 'report.json'), 'utf8')) as ReproductionReport;
    first ??= report;
    if (report.mode !== first.mode || report.seed !== first.seed) {
      throw new Error(`${directory}: has another mode or seed than ${directories[0]}`);
    }
    if (report !== first) apart.push(...report.claims.map(({ id }) => id));
    for (const claim of report.claims) claims.set(claim.id, { ...claim, directory });
  }
  if (!first) throw new Error('which directory? npm run docs:reproduced -- DIR');
  return { mode: first.mode, seed: first.seed, together: first.together, apart, claims: [...claims.values()] };
}

/** What claims were run apart from the others, which changes no number. */
const partsOf = ({ apart }: Reproduction): string =>
  apart.length === 0 ? '' : ` (claim ${apart.join(', ')} apart, by \`--claims\`)`;

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

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const HEAD = ['quantity', 'predicted', 'measured', 'error', 'z'];
const numbers = ({ quantity, predicted, measured, error, z }: Check): string[] => [
  quantity,
  ...[predicted, measured, error].map(short),
  z.toFixed(1).replace('-', '−'),
];

const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(head), row(head.map(() => '---')), ...rows].join('\n');

const agreed = (checks: readonly Check[]): number => checks.filter(({ passed }) => passed).length;

/** The verdict of every claim, then its pictures. */
function quickText(reproduction: Reproduction): string {
  const { seed, claims } = reproduction;
  const rows = claims.map(({ id, title, checks, passed }) =>
    row([
      `${id} ${title}`,
      ...numbers(closestToFailing(checks)),
      `${passed ? 'pass' : 'FAIL'}, ${agreed(checks)} of ${checks.length}`,
    ]),
  );
  const sections = claims.map(({ id, title, statement, figures: own, note }) => {
    const pictures = own.map(({ name, caption }) => wrapped(`![${caption}](figures/reproduced/${name}.svg)`));
    const notes = note === undefined ? [] : [wrapped(`In its simulations: ${note}.`)];
    return [`### ${id} ${title}`, wrapped(statement), ...pictures, ...notes].join('\n\n');
  });
  const origin = wrapped(
    `Made by \`npx meander reproduce --seed ${seed}\`${partsOf(reproduction)}; for each claim the quantity that is closest to failing, and how many agree.`,
  );
  return [origin, table(['claim', ...HEAD, 'verdict'], rows), ...sections].join('\n\n');
}

/** Whether a check is about the mean of many limits. */
const isPooled = ({ quantity }: Check): boolean => / together: |^mean z²/.test(quantity);

/** Claims that pass, and the means over the limits of each and of all of them; without any, the quantity closest to failing. */
function fullText(reproduction: Reproduction): string {
  const { seed, claims, together } = reproduction;
  const all = [...claims.flatMap(({ checks }) => checks), ...together];
  const failed = claims.filter(({ passed }) => !passed).map(({ id }) => id);
  const notes = claims.flatMap(({ id, note }) => (note === undefined ? [] : [`Claim ${id}: ${note}.`]));
  const text = wrapped(
    [
      `Of \`npx meander reproduce --full --seed ${seed}\`${partsOf(reproduction)}, in which ${claims.length - failed.length} of ${claims.length} claims pass` +
        `${failed.length > 0 ? ` (not ${failed.join(', ')})` : ''}, and ${agreed(all)} of ${all.length} quantities agree, the means of many limits, and of claims without them the quantity that is closest to failing:`,
      ...notes,
    ].join(' '),
  );
  const rowsOf = (name: string, checks: readonly Check[]): string[] => {
    const pooled = checks.filter(isPooled);
    return (pooled.length > 0 ? pooled : [closestToFailing(checks)]).map((check) =>
      row([name, ...numbers(check), check.passed ? 'pass' : 'FAIL']),
    );
  };
  return [
    text,
    table(
      ['claim', ...HEAD, 'verdict'],
      [...claims.flatMap(({ id, checks }) => rowsOf(id, checks)), ...rowsOf('all', together)],
    ),
  ].join('\n\n');
}

const made = await readReproduction(process.argv.slice(2));
if (made.mode === 'quick') {
  await rm(figures, { recursive: true, force: true });
  await mkdir(figures, { recursive: true });
  for (const { directory, figures: own } of made.claims) {
    for (const { name } of own) {
      await copyFile(join(directory, 'figures', `${name}.svg`), join(figures, `${name}.svg`));
    }
  }
}
const text = made.mode === 'quick' ? quickText(made) : fullText(made);
const place = PLACES[made.mode];
const before = await readFile(page, 'utf8');
if (!place.test(before)) throw new Error(`${page} has no place for the reproduction`);
const filled = before.replace(place, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`);
await writeFile(page, await format(filled, { ...(await resolveConfig(page)), filepath: page }));
