import { columnNames, InvalidInputError } from '#core';
import { pointOf } from '#execute';
import {
  lossNames,
  lossQuantities,
  parameterLabel,
  quantityLabel,
  quantityNames,
  theoryCurve,
  type LossName,
  type QuantityName,
} from '#experiment';
import { figuresFor, MAX_SERIES, sweepGrid, type Figure, type FigureOptions, type SweepTable } from '#figure';
import { figureDocument } from '#figure/node';
import type { Row, RunDirectory } from '#store';
import { quantityNamed } from './aliases.js';
import { captionStart } from './figures/caption.js';
import { captionNote } from './notes.js';
import { sweptRows } from './query.js';

export interface FigureChoice {
  readonly where?: readonly string[];
  readonly quantity?: string | undefined;
  readonly probe?: number;
  /** Points in the table, where that is not all. */
  readonly partial?: number | null;
}

/** What a figure can show: the quantities of a probe, and the losses of all inputs together. */
const drawnQuantities: readonly string[] = [...quantityNames, ...lossNames];

/**
 * Draws a quantity of the table over the parameters that vary, by every figure of the list that applies; over one
 * parameter with a line of the theory between the swept values, or rings at them if it cannot be computed between. The
 * names have no suffix; the main figure has the plain one. Throws InvalidInputError if no figure applies.
 */
export async function figuresOfSweep(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  choice: FigureChoice,
): Promise<{ readonly name: string; readonly svg: string }[]> {
  const view = viewOf(run, rows, swept, choice);
  const theory = await theoryBetween(run, view);
  const { axes, quantity, probes, figures } = view;
  const options: FigureOptions = {
    width: 720,
    title: `${run.manifest.name}: ${quantityLabel(quantity)} over ${axes.map((axis) => axis.label).join(' and ')}`,
    caption: captionOf(run, view, swept, choice, theory),
  };
  const document = figureDocument();
  const nameOf = isOfAll(quantity) ? () => 'all stimuli' : (probe: number) => `probe ${probe}`;
  const table: SweepTable = { ...view.table, theory, nameOf };
  const { probe, where = [], partial = null } = choice;
  const parts = [
    quantity,
    ...(probe === undefined ? [] : [`probe-${probes.shown[0]}`]),
    ...where,
    ...(partial === null ? [] : ['partial']),
  ];
  return figures.map((figure, k) => ({
    name: [...parts, ...(k === 0 ? [] : [figure.name])].join('-').replaceAll(/[^\w.-]+/g, '-'),
    svg: figure.draw(table, document, options),
  }));
}

/** What the figures show. */
interface View {
  readonly axes: SweepTable['axes'];
  readonly quantity: DrawnQuantity;
  readonly probes: Probes;
  /** The rows of those probes. */
  readonly table: SweepTable;
  readonly figures: readonly Figure[];
}

function viewOf(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  { quantity: given = 'diffusion', probe, where = [] }: FigureChoice,
): View {
  const quantity = drawnQuantity(given);
  if (probe !== undefined && isOfAll(quantity)) {
    throw new InvalidInputError(
      `--probe ${probe}: the ${lossQuantities[quantity].name} is that of all stimuli together; leave --probe out`,
    );
  }
  if (rows.length === 0) throw new InvalidInputError('there are no rows to draw');
  const whole = sweptRows(run.manifest, swept, where);
  const names = swept.filter((name) => new Set(whole.map((row) => row[name])).size > 1);
  if (names.length === 0) throw new InvalidInputError('no parameter varies; give --where point=0, say, for one point');
  const texts = names.find((name) => whole.some((row) => typeof row[name] !== 'number'));
  if (texts !== undefined) {
    throw new InvalidInputError(`${texts} has values that are no numbers; fix it by --where`);
  }
  const axes = names.map((name) => ({
    name,
    label: parameterLabel(name),
    values: [...new Set(whole.map((row) => Number(row[name])))],
  }));
  for (const probes of probeChoices(rows, quantity, probe)) {
    const isShown = new Set(probes.shown);
    const shown = rows.filter((row) => isShown.has(Number(row.probe)));
    const label = quantityLabel(quantity);
    const table: SweepTable = { kind: 'sweep', rows: shown, axes, quantity: { name: quantity, label } };
    const figures = figuresFor(table);
    if (figures.length > 0) return { axes, quantity, probes, table, figures };
  }
  throw new InvalidInputError(
    `${names.length} parameters vary (${names.join(', ')}), and no figure shows so many; fix some by --where`,
  );
}

/** A loss is that of all stimuli together, the same in the row of every probe. */
const isOfAll = (quantity: DrawnQuantity): quantity is LossName => lossNames.some((name) => name === quantity);

export type DrawnQuantity = QuantityName | LossName;

const isDrawn = (name: string): name is DrawnQuantity => drawnQuantities.includes(name);

/** The quantity of a name or alias. Throws InvalidInputError. */
export function drawnQuantity(given: string): DrawnQuantity {
  const quantity = quantityNamed(given) ?? given;
  if (isDrawn(quantity)) return quantity;
  throw new InvalidInputError(`--quantity ${quantity}: expected one of ${drawnQuantities.join(', ')}`);
}

interface Probes {
  readonly shown: readonly number[];
  readonly all: number;
}

/** The probes to show, in order of preference: as many as a figure can show. */
function probeChoices(rows: readonly Row[], quantity: DrawnQuantity, probe: number | undefined): Probes[] {
  const all = [...new Set(rows.map((row) => Number(row.probe)))].sort((a, b) => a - b);
  if (probe !== undefined) {
    if (all.includes(probe)) return [{ shown: [probe], all: all.length }];
    throw new InvalidInputError(`--probe ${probe}: expected one of ${all.join(', ')}`);
  }
  const counts = isOfAll(quantity) ? [1] : [all.length, MAX_SERIES, 1];
  return counts.map((count) => ({ shown: all.slice(0, count), all: all.length }));
}

/** Rows of theory between the values of the one parameter that varies; undefined where there is no computing them. */
async function theoryBetween(
  run: RunDirectory,
  { axes, quantity, probes, table }: View,
): Promise<SweepTable['theory']> {
  if (axes.length !== 1) return undefined;
  const [{ name, values }] = axes;
  const point = await pointOf(run, Number(table.rows[0].point));
  const along = await theoryCurve(point, run.manifest.configuration, name, sweepGrid(values));
  return along?.flatMap(({ value, theory }) =>
    probes.shown.map((probe) => {
      const own = theory && {
        ...theory.probes[probe - 1],
        loss: theory.taskLoss,
        regularizedLoss: theory.regularizedLoss,
      };
      const predicted = (own as Readonly<Record<string, unknown>> | null)?.[quantity];
      return { [name]: value, probe, [columnNames(quantity).theory]: typeof predicted === 'number' ? predicted : null };
    }),
  );
}

function captionOf(
  run: RunDirectory,
  { axes, quantity, probes: { shown: probes, all }, table: { rows: shown } }: View,
  swept: readonly string[],
  { partial = null }: FigureChoice,
  theory: SweepTable['theory'],
): string {
  const [row] = shown;
  const stimuli = probes.length === 1 && !isOfAll(quantity) ? [`probe ${probes[0]} = ${String(row.stimulus)}`] : [];
  const rest = probes.length > 1 && probes.length < all ? [`the first ${probes.length} of ${all} probes`] : [];
  const isCompared = shown.some((one) => one[columnNames(quantity).ratio] !== null);
  const remarks = [
    axes.length === 1 && !theory ? ' Rings: theory at the swept values only.' : '',
    axes.length === 1 && probes.length > 1 && isCompared
      ? ` ${theory ? 'Ratios' : 'Points'} of one value stand side by side.`
      : '',
    isCompared ? '' : ' Theory is 0, so there is no ratio.',
    captionNote(shown, quantity),
  ];
  const start = captionStart(
    { run, row, swept, partial },
    [...stimuli, ...rest],
    axes.map(({ name }) => name),
  );
  return `${start}${remarks.join('')}`;
}
