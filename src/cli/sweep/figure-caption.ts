import { columnNames } from '#core';
import type { SweepTable } from '#figure';
import type { RunDirectory } from '#store';
import { isOfAll, type FigureChoice, type View } from './figure-view.js';
import { captionStart } from './figures/caption.js';
import { captionNote } from './notes.js';

/** The caption of a figure: what is fixed, which probes, and where the numbers come from. */
export function captionOf(
  run: RunDirectory,
  { axes, quantity, probes: { shown: probes, all }, nameOf, table: { rows: shown } }: View,
  swept: readonly string[],
  { partial = null, probe }: FigureChoice,
  theory: SweepTable['theory'],
): string {
  const [row] = shown;
  const stimuli = probes.length === 1 && !isOfAll(quantity) ? [`${nameOf(probes[0])} = ${String(row.stimulus)}`] : [];
  const which = probe === undefined ? `the first ${probes.length}` : `probes ${probes.join(', ')}`;
  const rest =
    probes.length > 1 && probes.length < all ? [`${which} of ${all}${probe === undefined ? ' probes' : ''}`] : [];
  const isCompared = shown.some((one) => one[columnNames(quantity).ratio] !== null);
  const remarks = [
    axes.length === 1 && !theory ? ' Rings: theory at the swept values only.' : '',
    axes.length === 1 && probes.length > 1 && isCompared
      ? ` ${theory ? 'Ratios' : 'Points'} of one value stand side by side.`
      : '',
    isCompared ? '' : ' Theory is 0, so there is no ratio.',
    captionNote(shown, quantity),
  ];
  const varying = axes.map(({ name }) => name);
  return `${captionStart({ run, row, swept, partial }, [...stimuli, ...rest], varying)}${remarks.join('')}`;
}
