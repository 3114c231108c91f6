import { InvalidInputError } from '#core';
import { pointOf } from '#execute';
import { figureFormats } from '#figure';
import { makeDirectory, type Row, type RunDirectory } from '#store';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { formatsOf, writeFigure } from './files.js';
import type { FigureInput } from './input.js';
import { probesNamed } from './probe-list.js';
import type { FigureChoice } from './view.js';
import { figuresOfSweep } from './sweep-figures.js';
import { figureOfPhases, THROUGH_PHASES } from './phases-figure.js';
import { figureOfPoint } from './point-figure.js';
import { sweptRows } from '../sweep/query.js';

/** What is asked for, with probes by number or label. */
type FigureRequest = FigureInput & Pick<FigureChoice, 'where' | 'partial'>;

/** What was written. */
interface Drawn {
  readonly paths: readonly string[];
  /** Whether there were figures in these files, which are lost. */
  readonly replaced: boolean;
}

/**
 * Writes the figures of a run as SVG, PNG and PDF into the directory of the run, or as `to` says. Throws InvalidInputError.
 */
export async function drawRun(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  { to, ...choice }: FigureRequest,
): Promise<Drawn> {
  if (to === '') throw new InvalidInputError('--to: expected the name of a file');
  const drawings = await figuresOfRun(run, rows, swept, choice);
  const asked = to === undefined ? undefined : formatsOf(to);
  if (!asked) await makeDirectory(join(run.path, 'figures'));
  const planned = drawings.map(({ name, figure }) => ({
    stem: asked ? [asked.stem, ...(figure === undefined ? [] : [figure])].join('-') : join(run.path, 'figures', name),
    formats: asked?.formats ?? figureFormats,
  }));
  const replaced = planned.some(({ stem, formats }) => formats.some((format) => existsSync(`${stem}.${format}`)));
  const paths: string[] = [];
  for (const [k, { title, svg }] of drawings.entries()) {
    paths.push(...(await writeFigure(planned[k].stem, svg, title, planned[k].formats)));
  }
  return { paths, replaced };
}

/** A figure to write. */
interface Drawing {
  readonly name: string;
  /** Which one of several figures of the same table it is, but for the first. */
  readonly figure?: string;
  readonly title: string;
  readonly svg: string;
}

/** Of a run without a sweep, and of the point that --where leaves, quantities over the probes; else one over what varies. */
export async function figuresOfRun(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  { probe: list, ...asked }: FigureRequest,
): Promise<Drawing[]> {
  const first = await pointOf(run, 0);
  const labels = first.theory.probes.map(({ label }) => label);
  const choice: FigureChoice = list === undefined ? asked : { ...asked, probe: probesNamed(list, labels) };
  if (choice.quantity === THROUGH_PHASES) return [await figureOfPhases(run, rows, swept, choice)];
  const whole = sweptRows(run.manifest, swept, choice.where ?? []);
  const varies = swept.some((name) => new Set(whole.map((row) => row[name])).size > 1);
  const isOnePoint = !varies && new Set(rows.map(({ point }) => point)).size === 1;
  if (!isOnePoint) return figuresOfSweep(run, rows, swept, choice);
  return [figureOfPoint(run, first, rows, swept, choice)];
}
