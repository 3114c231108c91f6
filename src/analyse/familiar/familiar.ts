import type { Codes } from '../codes/codes.js';
import type { GapGroup, PairSums } from '../pairs/pair-sums.js';
import type { FamiliarMeasure } from '../report.js';
import { codingSubspace } from './coding-subspace.js';
import { decodingAccuracy } from './decoding.js';
import { measures } from './measures.js';
import { areParted, finiteMean, halvesOf, isComplete, sharedWith, type Halves, type View } from './views.js';

/** Pairs of sessions that are decoded at most, spread evenly: each costs stimuli² x neurons. */
const MAX_DECODED = 60;

type Measure = (a: View, b: View) => number;

/** By pair of sessions: the measure, and what trial noise alone makes of it. */
interface Compared {
  readonly values: readonly number[];
  readonly ceilings: readonly number[];
}

/**
 * The measures in common use, by gap, each beside its ceiling. Both are of half of the trials: the value of a pair of sessions a, b compares
 * a half of a with the other half of b, and its ceiling, the mean over a and b, the halves of one session, over the neurons recorded in
 * both. So the two have one distribution where nothing changes from session to session, whatever the measure, the number of trials
 * and the noise. Corrections of the ceiling to all trials (Spearman-Brown, 2r/(1 + r)) are of correlations alone, and biased for
 * those over few stimuli. Without trials to part the value is of whole sessions, and there is no ceiling.
 */
export function familiarMeasures(codes: Codes, { pairs }: PairSums, groups: readonly GapGroup[]): FamiliarMeasure[] {
  const halves = Array.from({ length: codes.sessions }, (_, s) => halvesOf(codes, s));
  const compare = comparison(pairs, halves, areParted(codes));
  const row = (name: string, label: string, reference: string, compared: Compared): FamiliarMeasure => ({
    name,
    label,
    reference,
    points: byGap(groups, compared),
  });
  const table = measures.map((measure) => ({ ...measure, compared: compare(measure.of) }));
  const vectors = table.filter(({ name }) => name === 'populationVectorCorrelation');
  return [
    ...table.map(({ name, label, reference, compared }) => row(name, label, reference, compared)),
    ...vectors.map(({ compared }) =>
      row('representationalDriftIndex', 'representational drift index', 'marks2021', driftIndex(compared)),
    ),
    row(
      'codingSubspaceShare',
      'share of displacement in the coding subspace',
      'rule2020',
      compare(codingSubspace(codes, halves), { isOfAllNeurons: true }),
    ),
    row(
      'decodingAccuracy',
      'nearest-mean decoding across sessions',
      'ziv2013',
      compare(decodingAccuracy, { stride: Math.max(1, Math.ceil(pairs.length / MAX_DECODED)), isOneWay: true }),
    ),
  ];
}

interface ComparisonOptions {
  /** Only every so many pairs. */
  readonly stride?: number;
  /** Whether the second session is compared with the first alone, and not the first with the second. */
  readonly isOneWay?: boolean;
  /** Whether the measure picks its neurons itself, the same for all sessions. */
  readonly isOfAllNeurons?: boolean;
}

function comparison(
  pairs: PairSums['pairs'],
  halves: readonly Halves[],
  parted: boolean,
): (measure: Measure, options?: ComparisonOptions) => Compared {
  const complete = halves.map(isComplete);
  return (measure, { stride = 1, isOneWay = false, isOfAllNeurons = false } = {}) => {
    const within = halves.map((own, s) => (parted && (isOfAllNeurons || complete[s]) ? measure(...own) : NaN));
    const ceiling = (own: number, other: number): number => {
      if (isOfAllNeurons || (complete[own] && complete[other])) return within[own];
      const [first, second] = halves[own];
      return measure(sharedWith(first, halves[other]), second);
    };
    const compared = pairs.map(({ sessions: [a, b] }, p) => {
      if (p % stride !== 0) return { value: NaN, ceiling: NaN };
      const values = [measure(halves[a][0], halves[b][1])];
      if (parted && !isOneWay) values.push(measure(halves[a][1], halves[b][0]));
      return { value: finiteMean(values), ceiling: parted ? finiteMean([ceiling(a, b), ceiling(b, a)]) : NaN };
    });
    return { values: compared.map(({ value }) => value), ceilings: compared.map((own) => own.ceiling) };
  };
}

/** (ws - bs)/(ws + bs) of population vector correlations within a session (halves) and between sessions; 0 where they are alike. */
const driftIndex = ({ values, ceilings }: Compared): Compared => ({
  values: values.map((between, p) => (ceilings[p] - between) / (ceilings[p] + between)),
  ceilings: ceilings.map((within) => 0 * within),
});

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Means by gap; the error is over pairs, which share sessions: of this recording only. */
function byGap(groups: readonly GapGroup[], { values, ceilings }: Compared): FamiliarMeasure['points'] {
  return groups.map(({ gap, pairs }) => {
    const own = pairs.map((p) => values[p]).filter(Number.isFinite);
    const mean = finiteMean(own);
    const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      gap,
      value: numberOrNull(mean),
      se: own.length > 1 ? Math.sqrt(squares / (own.length - 1) / own.length) : null,
      ceiling: numberOrNull(finiteMean(pairs.map((p) => ceilings[p]))),
    };
  });
}
