import { columnNames } from '#core';
import { modelParameters, parameterLabel } from '#experiment';
import type { SweepTable } from '#figure';
import type { Row, RunDirectory } from '#store';
import { captionNote } from '../sweep/notes.js';
import { isOfAll, type FigureChoice, type View } from './view.js';

/** What of a run a caption names. */
interface CaptionSource {
  readonly run: RunDirectory;
  /** A row that is shown. */
  readonly row: Row;
  readonly swept: readonly string[];
  /** Points in the table, where that is not all. */
  readonly partial: number | null;
}

/** The name of the run, what is shown of it, the parameters that all points shown share, and where the numbers are from. */
export function captionStart(
  { run, row, swept, partial }: CaptionSource,
  shown: readonly string[],
  varying: readonly string[],
): string {
  const fixed = [...new Set([...modelParameters, ...swept])]
    .filter((name) => name in row && !varying.includes(name))
    .map((name) => `${parameterLabel(name)}\u00a0=\u00a0${String(row[name])}`);
  const { name, seeds, meander, commit, points } = run.manifest;
  const finished = partial === null ? [] : [`${partial} of ${points} points`];
  const source = `${row.replicas} replicas, seed ${seeds.join(', ')}; Meander ${meander}${commit === null ? '' : `, commit ${commit}`}`;
  return `${name}: ${[...finished, ...shown, ...fixed].join(', ')}. Theory at leading order; ${source}.`;
}

/** The caption of a figure of a sweep: what is fixed, which probes, and where the numbers come from. */
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
