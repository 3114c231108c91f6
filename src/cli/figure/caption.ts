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
  /** Whether there is a theory of what is shown; there is unless given. */
  readonly isPredicted?: boolean;
}

/** The name of the run, what is shown of it, the parameters that all points shown share, and where the numbers are from. */
export function captionStart(
  { run, row, swept, partial, isPredicted = true }: CaptionSource,
  shown: readonly string[],
  varying: readonly string[],
): string {
  const fixed = [...new Set([...modelParameters, ...swept])]
    .filter((name) => name in row && !varying.includes(name))
    .map((name) => `${parameterLabel(name)}\u00a0=\u00a0${String(row[name])}`);
  const { name, seeds, meander, commit, points } = run.manifest;
  const finished = partial === null ? [] : [`${partial} of ${points} points`];
  const source = `${row.replicas} replicas, seed ${seeds.join(', ')}; Meander ${meander}${commit === null ? '' : `, commit ${commit}`}`;
  return `${name}: ${[...finished, ...shown, ...fixed].join(', ')}. ${isPredicted ? 'Theory at leading order' : 'Measured, not predicted'}; ${source}.`;
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
  const isPredicted = shown.some((one) => one[columnNames(quantity).theory] !== null);
  const remarks = [
    axes.length === 1 && !theory && isPredicted ? ' Rings: theory at the swept values only.' : '',
    axes.length === 1 && probes.length > 1 && isCompared
      ? ` ${theory ? 'Ratios' : 'Points'} of one value stand side by side.`
      : '',
    isCompared || !isPredicted ? '' : ' Theory is 0, so there is no ratio.',
    captionNote(shown, quantity),
  ];
  const varying = axes.map(({ name }) => name);
  const source = { run, row, swept, partial, isPredicted };
  return `${captionStart(source, [...stimuli, ...rest], varying)}${remarks.join('')}`;
}
