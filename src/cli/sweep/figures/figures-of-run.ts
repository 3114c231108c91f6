import { pointOf } from '#execute';
import { makeDirectory, type Row, type RunDirectory } from '#store';
import { join } from 'node:path';
import { writeFigure } from '../../figure-files.js';
import type { FigureChoice } from '../figure-view.js';
import { figuresOfSweep } from '../figure.js';
import { figureOfPoint } from './figure-of-point.js';
import { sweptRows } from '../query.js';

/**
 * Writes the figures of a run as SVG, PNG and PDF into the directory of the run. Returns their paths. Throws
 * InvalidInputError.
 */
export async function drawRun(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  choice: FigureChoice,
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
  choice: FigureChoice,
): Promise<{ readonly name: string; readonly title: string; readonly svg: string }[]> {
  const whole = sweptRows(run.manifest, swept, choice.where ?? []);
  const varies = swept.some((name) => new Set(whole.map((row) => row[name])).size > 1);
  const isOnePoint = !varies && new Set(rows.map(({ point }) => point)).size === 1;
  if (!isOnePoint) return figuresOfSweep(run, rows, swept, choice);
  return [figureOfPoint(run, await pointOf(run, 0), rows, swept, choice)];
}
