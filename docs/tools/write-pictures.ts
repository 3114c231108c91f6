// Draws the figures of README.md from quick simulations of two claims: npm run docs:pictures (after npm run build)
import { withLocalPool } from '#execute';
import { readExperiment } from '#experiment';
import { drawFigure } from '#figure';
import { claims, evidenceOf, prepareClaim, simulatePoints } from '#reproduce';
import { filesIn } from '#store';
import { parseHTML } from 'linkedom';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Width in pixels: room for three panels side by side. */
const WIDTH = 980;
const SEED = 1;

/** Name of the figure within its claim, and of the file to write. */
const pictures = [
  { figure: '1-stable-loss', file: 'stable-loss' },
  { figure: '3a-learning-rate', file: 'theory-and-simulation' },
] as const;

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: object };

async function draw(figure: string): Promise<string> {
  const claim = claims.find(({ id }) => figure.startsWith(`${id}-`));
  if (!claim) throw new Error(`no claim has a figure ${figure}`);
  const preset = `presets/${claim.preset}`;
  const experiment = await readExperiment(await readFile(at(preset), 'utf8'), {
    name: preset,
    read: filesIn(at('presets')),
  });
  const prepared = prepareClaim(claim, experiment, 'quick', SEED);
  const results = await withLocalPool({}, (runTasks) => simulatePoints(prepared.points, runTasks));
  const found = claim.judge(evidenceOf(prepared, results, null)).figures.find(({ name }) => name === figure);
  if (!found) throw new Error(`claim ${claim.id} has no figure ${figure}`);
  return `${drawFigure(found.table, document, { width: WIDTH, title: found.title })}\n`;
}

for (const { figure, file } of pictures) await writeFile(at(`docs/figures/${file}.svg`), await draw(figure));
