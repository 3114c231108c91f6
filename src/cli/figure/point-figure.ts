import { columnNames, InvalidInputError } from '#core';
import {
  lossQuantities,
  probesTable,
  quantityLabel,
  quantityNames,
  shownQuantities,
  type PointSnapshot,
  type QuantityName,
} from '#experiment';
import { drawFigure, type ProbesTable } from '#figure';
import { figureDocument } from '#figure/node';
import type { Row, RunDirectory } from '#store';
import { captionStart } from './caption.js';
import { drawingOptions } from './input.js';
import { assertLogQuantity, drawnQuantity, probesIn, scalesOf, type DrawnQuantity, type FigureChoice } from './view.js';
import { farCaption } from '../sweep/notes.js';

/**
 * The figure of one point, a run without a sweep or the point that --where leaves: quantities over the probes. Its name has no
 * suffix. Throws InvalidInputError for a loss, which is one number, and for a probe without a row.
 */
export function figureOfPoint(
  run: RunDirectory,
  { theory }: Pick<PointSnapshot, 'theory'>,
  rows: readonly Row[],
  swept: readonly string[],
  { quantity: given, probe, where = [], partial = null, ...look }: FigureChoice,
): { readonly name: string; readonly title: string; readonly svg: string } {
  const quantity = given === undefined ? undefined : drawnQuantity(given);
  if (quantity !== undefined && !isOfProbe(quantity)) {
    throw new InvalidInputError(
      `--quantity ${quantity}: the ${lossQuantities[quantity].name} is one number where no parameter varies; ` +
        `meander show --columns ${quantity} prints it`,
    );
  }
  const all = probesIn(rows, probe);
  const isShown = new Set(probe ?? all);
  const shown = rows.filter((row) => isShown.has(Number(row.probe)));
  const names = quantity === undefined ? defaultQuantities(shown) : [quantity];
  const table = tableOf(shown, names, look);
  const labels = [...isShown].flatMap((number) => {
    const label = theory.probes.at(number - 1)?.label;
    return label === undefined ? [] : [`probe\u00a0${number}\u00a0=\u00a0${label}`];
  });
  const caption = [captionStart({ run, row: shown[0], swept, partial }, labels, []), ...farCaption(shown, names)].join(
    ' ',
  );
  const title = `${run.manifest.name}: ${names.map(quantityLabel).join(', ')} by probe`;
  const parts = [
    quantity ?? 'probes',
    ...(probe === undefined ? [] : [`probe-${probe.join('-')}`]),
    ...where,
    ...(partial === null ? [] : ['partial']),
  ];
  const name = parts.join('-').replaceAll(/[^\w.-]+/g, '-');
  const options = { ...drawingOptions(look), title, ...(look.noCaption ? {} : { caption }) };
  return { name, title, svg: drawFigure(table, figureDocument(), options) };
}

/** What is drawn, with the labels and scales that are asked for. Throws InvalidInputError for those that it cannot have. */
function tableOf(
  rows: readonly Row[],
  names: readonly QuantityName[],
  { xLabel, yLabel, log }: FigureChoice,
): ProbesTable {
  const scales = scalesOf(log);
  if (scales?.x === 'log') {
    throw new InvalidInputError(`--log ${log}: the x axis has the numbers of the probes; expected y or none`);
  }
  if (yLabel !== undefined && names.length > 1) {
    throw new InvalidInputError('--y-label: there is an axis for each quantity; choose one by --quantity');
  }
  const table = probesTable(rows, names);
  if (scales?.y === 'log') for (const name of names) assertLogQuantity(quantityLabel(name), rows, name);
  return {
    ...table,
    quantities: table.quantities.map((quantity) => ({ ...quantity, label: yLabel ?? quantity.label })),
    scales,
    ...(xLabel === undefined ? {} : { xLabel }),
  };
}

const isOfProbe = (name: DrawnQuantity): name is QuantityName => quantityNames.some((own) => own === name);

/** D first, then the other quantities of charts, and the directed speed where the theory predicts one. */
function defaultQuantities(rows: readonly Row[]): QuantityName[] {
  const directed = rows.some((row) => Number(row[columnNames('directedSpeed').theory]) > 0);
  const others = shownQuantities('charts').filter((name) => name !== 'diffusion');
  return ['diffusion', ...others, ...(directed ? (['directedSpeed'] as const) : [])];
}
