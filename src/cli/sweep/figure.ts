import { InvalidInputError } from '#core';
import { sweepCurves, sweepMaps, type FigureOptions, type SweepAxis } from '#figure';
import { svgToPng } from '#figure/node';
import { makeDirectory, writeAtomically, type Row, type RunDirectory } from '#store';
import { parseHTML } from 'linkedom';
import { join } from 'node:path';

interface FigureChoice {
  readonly where?: readonly string[];
  readonly quantity?: string;
  readonly probe?: number;
}

/** The quantities of the table, and how an axis calls them. */
const quantityLabels: Readonly<Record<string, string>> = {
  squaredNorm: '|h|² (activation²)',
  fluctuation: 'fluctuation F (activation²)',
  diffusion: 'diffusion D (activation² per step)',
  directedSpeed: 'directed speed |v| (activation per step)',
  loss: 'task loss',
  regularizedLoss: 'regularised loss',
};

export const quantityNames = Object.keys(quantityLabels);

const parameterLabels: Readonly<Record<string, string>> = {
  learningRate: 'learning rate η',
  weightDecay: 'weight decay γ',
  labelNoiseVariance: 'variance of the label noise σ²',
  hiddenUnits: 'hidden units p',
  batchSize: 'batch size',
};

/** More lines than there are colours cannot be told apart. */
const MOST_PROBES = 7;

/**
 * Draws a quantity of the table over the one or two parameters that vary in `rows`, as SVG and PNG into the figures of the
 * run. Returns their paths. Throws InvalidInputError when that cannot be drawn.
 */
export async function drawSweep(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  choice: FigureChoice,
): Promise<string[]> {
  const { name, svg } = figureOfSweep(run, rows, swept, choice);
  const path = join(run.path, 'figures', name);
  await makeDirectory(join(run.path, 'figures'));
  await writeAtomically(`${path}.svg`, `${svg}\n`);
  await writeAtomically(`${path}.png`, svgToPng(svg));
  return [`${path}.svg`, `${path}.png`];
}

/** The drawing and its name, without a suffix. */
export function figureOfSweep(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  { quantity = 'diffusion', probe, where = [] }: FigureChoice,
): { readonly name: string; readonly svg: string } {
  if (!quantityNames.includes(quantity)) {
    throw new InvalidInputError(`--quantity ${quantity}: expected one of ${quantityNames.join(', ')}`);
  }
  const axes = swept.filter((name) => new Set(rows.map((row) => row[name])).size > 1).map(axisOf);
  if (axes.length === 0) {
    throw new InvalidInputError(
      'no parameter varies: a figure needs a sweep, and --where must leave two of its values',
    );
  }
  if (axes.length > 2) {
    const names = axes.map(({ name }) => name).join(', ');
    throw new InvalidInputError(
      `${axes.length} parameters vary (${names}), a figure shows one or two; fix others by --where`,
    );
  }
  const texts = axes.find(({ name }) => rows.some((row) => typeof row[name] !== 'number'));
  if (texts !== undefined) {
    throw new InvalidInputError(`${texts.name} has values that are no numbers; fix it by --where`);
  }
  const probes = probesOf(rows, quantity, probe, axes.length === 2);
  const chosen = rows.filter((row) => probes.shown.includes(Number(row.probe)));
  const label = { name: quantity, label: quantityLabels[quantity] };
  const options: FigureOptions = {
    width: 720,
    title: `${run.manifest.name}: ${label.label} over ${axes.map((axis) => axis.label).join(' and ')}`,
    caption: captionOf(run, chosen[0], swept, axes, probes),
  };
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: object };
  const svg =
    axes.length === 2
      ? sweepMaps(chosen, [axes[0], axes[1]], label, document, options)
      : sweepCurves(chosen, axes[0], label, document, options);
  const parts = [quantity, ...(probe === undefined ? [] : [`probe-${probe}`]), ...where];
  return { name: parts.join('-').replaceAll(/[^\w.-]+/g, '-'), svg };
}

const axisOf = (name: string): SweepAxis => ({ name, label: parameterLabels[name] ?? name });

interface Probes {
  readonly shown: readonly number[];
  readonly all: number;
}

function probesOf(rows: readonly Row[], quantity: string, probe: number | undefined, isMap: boolean): Probes {
  const all = [...new Set(rows.map((row) => Number(row.probe)))].sort((a, b) => a - b);
  if (probe !== undefined) {
    if (all.includes(probe)) return { shown: [probe], all: all.length };
    throw new InvalidInputError(`--probe ${probe}: expected one of ${all.join(', ')}`);
  }
  // A loss is that of all stimuli together, the same in the row of every probe.
  const most = isMap || quantity.endsWith('oss') ? 1 : MOST_PROBES;
  return { shown: all.slice(0, most), all: all.length };
}

function captionOf(
  run: RunDirectory,
  row: Row,
  swept: readonly string[],
  axes: readonly SweepAxis[],
  { shown, all }: Probes,
): string {
  const fixed = [...new Set([...Object.keys(parameterLabels), ...swept])]
    .filter((name) => name in row && !axes.some((axis) => axis.name === name))
    .map((name) => `${parameterLabels[name] ?? name} = ${String(row[name])}`);
  const stimuli = shown.length === 1 ? `probe ${shown[0]} = ${String(row.stimulus)}, ` : '';
  const rest = shown.length > 1 && shown.length < all ? `the first ${shown.length} of ${all} probes, ` : '';
  const { name, seeds, meander, commit } = run.manifest;
  const source = `${row.replicas} replicas, seed ${seeds.join(', ')}; Meander ${meander}${commit === null ? '' : `, commit ${commit}`}`;
  return `${name}: ${stimuli}${rest}${fixed.join(', ')}. Theory at leading order; ${source}.`;
}
