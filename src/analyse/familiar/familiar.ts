import type { Codes } from '../codes/codes.js';
import type { GapGroup, PairSums } from '../pairs/pair-sums.js';
import type { FamiliarMeasure } from '../report.js';
import { codingSubspaceShare } from './coding-subspace.js';
import { decodingAccuracy } from './decoding.js';
import { measures } from './measures.js';
import { finiteMean, halves, sessionView } from './views.js';

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The measures in common use, as published, by gap, each beside its value between halves of one session. */
export function familiarMeasures(codes: Codes, { pairs }: PairSums, groups: readonly GapGroup[]): FamiliarMeasure[] {
  const views = Array.from({ length: codes.sessions }, (_, s) => sessionView(codes, s));
  const within = Array.from({ length: codes.sessions }, (_, s) => halves(codes, s));
  const table = measures.map(({ name, label, reference, of }) => {
    const values = pairs.map(({ sessions: [a, b] }) => of(views[a], views[b]));
    const ceiling = finiteMean(within.map((parts) => (parts ? of(...parts) : NaN)));
    return { name, label, reference, points: byGap(groups, values, numberOrNull(ceiling)), values, ceiling };
  });
  const result: FamiliarMeasure[] = table.map(({ name, label, reference, points }) => ({
    name,
    label,
    reference,
    points,
  }));
  const correlations = table.find(({ name }) => name === 'populationVectorCorrelation');
  if (correlations)
    result.push(driftIndex(groups, correlations.values, within.length > 0 ? correlations.ceiling : NaN));
  result.push({
    name: 'codingSubspaceShare',
    label: 'share of displacement in the coding subspace',
    reference: 'rule2020',
    points: byGap(groups, codingSubspaceShare(codes, pairs), null),
  });
  const { between, withinSession } = decodingAccuracy(pairs, views, within);
  result.push({
    name: 'decodingAccuracy',
    label: 'nearest-mean decoding across sessions',
    reference: 'ziv2013',
    points: byGap(groups, between, numberOrNull(withinSession)),
  });
  return result;
}

/** (ws - bs)/(ws + bs) of population vector correlations within a session (halves) and between sessions. */
function driftIndex(groups: readonly GapGroup[], between: readonly number[], within: number): FamiliarMeasure {
  const values = between.map((value) => (within - value) / (within + value));
  return {
    name: 'representationalDriftIndex',
    label: 'representational drift index',
    reference: 'marks2021',
    points: byGap(groups, values, Number.isFinite(within) ? 0 : null),
  };
}

/** Means by gap; the error is over pairs, which share sessions: of this recording only. */
function byGap(
  groups: readonly GapGroup[],
  values: readonly number[],
  ceiling: number | null,
): FamiliarMeasure['points'] {
  return groups.map(({ gap, pairs }) => {
    const own = pairs.map((p) => values[p]).filter(Number.isFinite);
    const mean = finiteMean(own);
    const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      gap,
      value: numberOrNull(mean),
      se: own.length > 1 ? Math.sqrt(squares / (own.length - 1) / own.length) : null,
      ceiling,
    };
  });
}
