import { columnNames } from '#core';
import { pointOf } from '#execute';
import { PHASE, quantityLabel, theoryCurve } from '#experiment';
import { sweepGrid, type FigureOptions, type SweepTable } from '#figure';
import { figureDocument } from '#figure/node';
import type { Row, RunDirectory } from '#store';
import { captionOf } from './caption.js';
import { drawingOptions } from './input.js';
import { isOfAll, viewOf, type FigureChoice, type View } from './view.js';

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
): Promise<{ readonly name: string; readonly figure?: string; readonly title: string; readonly svg: string }[]> {
  const view = viewOf(run, await pointOf(run, 0), rows, swept, choice);
  const theory = await theoryBetween(run, view);
  const { axes, quantity, probes, figures } = view;
  const title = `${run.manifest.name}: ${quantityLabel(quantity)} over ${axes.map((axis) => axis.label).join(' and ')}`;
  const options: FigureOptions = {
    ...drawingOptions(choice),
    title,
    ...(choice.noCaption ? {} : { caption: captionOf(run, view, swept, choice, theory) }),
  };
  const document = figureDocument();
  const nameOf = isOfAll(quantity) ? () => 'all stimuli' : view.nameOf;
  const table: SweepTable = { ...view.table, theory, nameOf };
  const { probe, where = [], partial = null } = choice;
  const parts = [
    quantity,
    ...(probe === undefined ? [] : [`probe-${probes.shown.join('-')}`]),
    ...where,
    ...(partial === null ? [] : ['partial']),
  ];
  return figures.map((figure, k) => ({
    title,
    ...(k === 0 ? {} : { figure: figure.name }),
    name: [...parts, ...(k === 0 ? [] : [figure.name])].join('-').replaceAll(/[^\w.-]+/g, '-'),
    svg: figure.draw(table, document, options),
  }));
}

/** Rows of theory between the values of the one parameter that varies; undefined where there is no computing them. */
async function theoryBetween(
  run: RunDirectory,
  { axes, quantity, probes, table }: View,
): Promise<SweepTable['theory']> {
  if (axes.length !== 1) return undefined;
  const [{ name, values }] = axes;
  // There is nothing between two phases.
  if (name === PHASE) return undefined;
  const point = await pointOf(run, Number(table.rows[0].point));
  const along = await theoryCurve(point, run.manifest.configuration, name, sweepGrid(values, table.scales?.x));
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
