import { columnNames, InvalidInputError } from '#core';
import {
  lossQuantities,
  plainSymbol,
  probesTable,
  quantityLabel,
  quantityNames,
  shownQuantities,
  type QuantityName,
} from '#experiment';
import { drawFigure } from '#figure';
import { figureDocument } from '#figure/node';
import type { Row, RunDirectory } from '#store';
import { captionStart } from './caption.js';
import { drawnQuantity, type DrawnQuantity, type FigureChoice } from '../figure.js';
import { probesFar } from '../notes.js';

/**
 * The figure of one point, a run without a sweep or the point that --where leaves: quantities over the probes. Its name has no
 * suffix. Throws InvalidInputError for a loss, which is one number, and for a probe without a row.
 */
export function figureOfPoint(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  { quantity: given, probe, where = [], partial = null }: FigureChoice,
): { readonly name: string; readonly svg: string } {
  const quantity = given === undefined ? undefined : drawnQuantity(given);
  if (quantity !== undefined && !isOfProbe(quantity)) {
    throw new InvalidInputError(
      `--quantity ${quantity}: the ${lossQuantities[quantity].name} is one number where no parameter varies; ` +
        `meander show --columns ${quantity} prints it`,
    );
  }
  const shown = rows.filter((row) => probe === undefined || row.probe === probe);
  if (shown.length === 0) {
    throw new InvalidInputError(`--probe ${probe}: expected one of ${rows.map((row) => String(row.probe)).join(', ')}`);
  }
  const names = quantity === undefined ? defaultQuantities(shown) : [quantity];
  const table = probesTable(shown, names);
  const caption = [
    captionStart({ run, row: shown[0], swept, partial }, [], []),
    ...names.flatMap((name) => {
      const far = probesFar(shown, name);
      return far === null ? [] : [`${plainSymbol(name)} of ${far}.`];
    }),
  ].join(' ');
  const title = `${run.manifest.name}: ${names.map(quantityLabel).join(', ')} by probe`;
  const parts = [
    quantity ?? 'probes',
    ...(probe === undefined ? [] : [`probe-${probe}`]),
    ...where,
    ...(partial === null ? [] : ['partial']),
  ];
  const name = parts.join('-').replaceAll(/[^\w.-]+/g, '-');
  return { name, svg: drawFigure(table, figureDocument(), { width: 720, title, caption }) };
}

const isOfProbe = (name: DrawnQuantity): name is QuantityName => quantityNames.some((own) => own === name);

/** D first, then F, and the directed speed where the theory predicts one. */
function defaultQuantities(rows: readonly Row[]): QuantityName[] {
  const directed = rows.some((row) => Number(row[columnNames('directedSpeed').theory]) > 0);
  const shown: QuantityName[] = [...shownQuantities('charts')].reverse();
  return directed ? [...shown, 'directedSpeed'] : shown;
}
