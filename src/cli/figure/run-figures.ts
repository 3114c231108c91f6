import { pointOf } from '#execute';
import { makeDirectory, type Row, type RunDirectory } from '#store';
import { join } from 'node:path';
import { writeFigure } from './files.js';
import type { FigureInput } from './input.js';
import { probesNamed } from './probe-list.js';
import type { FigureChoice } from './view.js';
import { figuresOfSweep } from './sweep-figures.js';
import { figureOfPoint } from './point-figure.js';
import { sweptRows } from '../sweep/query.js';

/** What is asked for, with probes by number or label. */
export type FigureRequest = FigureInput & Pick<FigureChoice, 'where' | 'partial'>;

/**
 * Writes the figures of a run as SVG, PNG and PDF into the directory of the run. Returns their paths. Throws
 * InvalidInputError.
 */
export async function drawRun(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  choice: FigureRequest,
): Promise<string[]> {
  const drawings = await figuresOfRun(run, rows, swept, choice);
  await makeDirectory(join(run.path, 'figures'));
  const paths: string[] = [];
  for (const { name, title, svg } of drawings) {
    paths.push(...(await writeFigure(join(run.path, 'figures', name), svg, title)));
  }
  return paths;
}

/** Of a run without a sweep, and of the point that --where leaves, quantities over the probes; else one over what varies. */
export async function figuresOfRun(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  { probe: list, ...asked }: FigureRequest,
): Promise<{ readonly name: string; readonly title: string; readonly svg: string }[]> {
  const first = await pointOf(run, 0);
  const labels = first.theory.probes.map(({ label }) => label);
  const choice: FigureChoice = list === undefined ? asked : { ...asked, probe: probesNamed(list, labels) };
  const whole = sweptRows(run.manifest, swept, choice.where ?? []);
  const varies = swept.some((name) => new Set(whole.map((row) => row[name])).size > 1);
  const isOnePoint = !varies && new Set(rows.map(({ point }) => point)).size === 1;
  if (!isOnePoint) return figuresOfSweep(run, rows, swept, choice);
  return [figureOfPoint(run, first, rows, swept, choice)];
}
