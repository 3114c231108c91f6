import { modelParameters, parameterLabel } from '#experiment';
import type { Row, RunDirectory } from '#store';

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
