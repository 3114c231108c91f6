import { pointOf } from '#execute';
import { extrapolationOf, groupsOfRows, snapshotExpectedRatios, type TablePoint } from '#experiment';
import type { Row, RunDirectory } from '#store';
import { extrapolationTable } from '../tables/extrapolation.js';

/** What `meander run` says of the limit eta -> 0, of the rows that are left; no more lines of probes than the table has rows. */
export async function limitTables(
  run: RunDirectory,
  rows: readonly Row[],
  limit: number,
  width: number | undefined,
): Promise<string> {
  const { probeNumbers, groups } = groupsOfRows(rows);
  const shown = groups.slice(0, Math.max(1, Math.floor(limit / probeNumbers.length)));
  const tables: string[] = [];
  for (const group of shown) tables.push(`\n${await limitTable(run, group, probeNumbers, width)}`);
  const rest = groups.length - shown.length;
  if (rest > 0) {
    const all = groups.length * probeNumbers.length;
    tables.push(`and ${rest} more tables of the limit eta -> 0; --limit ${all} shows them\n`);
  }
  return tables.join('');
}

async function limitTable(
  run: RunDirectory,
  group: readonly TablePoint[],
  probeNumbers: readonly number[],
  width: number | undefined,
): Promise<string> {
  const snapshots = await Promise.all(group.map(({ index }) => pointOf(run, index)));
  const expected = snapshots.map((snapshot) => {
    const ratios = snapshotExpectedRatios(snapshot, run.manifest.report ?? 'automatic');
    return ratios && probeNumbers.map((number) => ratios[number - 1]);
  });
  return extrapolationTable(extrapolationOf(group, expected), width, probeNumbers);
}
