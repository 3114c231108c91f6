import type { Codes } from '../codes/codes.js';
import { combine, type Jackknifed } from '../codes/jackknife.js';
import type { Findings } from '../findings.js';
import { lawSums } from '../law/law-sums.js';
import { motionStatistics } from '../law/motion.js';
import { overPairs, pairSums } from '../pairs/pair-sums.js';

/** What happens between the parts of one session, averaged over sessions. */
export interface WithinSession {
  /** Squared displacement between two parts over ‖h‖², noise removed. */
  readonly displacement: Jackknifed;
  /** D (per part) and F over the four parts of a session, over ‖h‖²; null where trials make only two parts. */
  readonly diffusion: Jackknifed | null;
  readonly fluctuation: Jackknifed | null;
}

/** Parts of a session taken as sessions: nothing should move. Null without trials to part. */
export function withinSession({ codes, blocks, population }: Findings): WithinSession | null {
  const { parts, sessions } = codes;
  if (!parts) return null;
  const each = Array.from({ length: sessions }, (_, s) => partsAsSessions(codes, parts, s));
  const displacements = each.map((own) => {
    const pairs = pairSums(own, blocks);
    return overPairs(
      blocks.count,
      pairs.pairs.map((_, p) => p),
      (pair, without) => pairs.displacement(pair, without),
    );
  });
  const displacement = combine(
    [population.strength, ...displacements],
    (strength, ...values) => finite(values) / strength,
  );
  if (parts.count < 4) return { displacement, diffusion: null, fluctuation: null };
  const [first, ...others] = each;
  const law = lawSums(first, null, false);
  for (const own of others) {
    const { sums } = lawSums(own, null, false);
    for (let k = 0; k < sums.length; k++) law.sums[k] += sums[k];
  }
  const motion = motionStatistics(law, blocks);
  const relative = (own: Jackknifed): Jackknifed =>
    combine([own, population.strength], (value, strength) => value / strength);
  return { displacement, diffusion: relative(motion.diffusion), fluctuation: relative(motion.fluctuation) };
}

const finite = (values: readonly number[]): number => {
  const own = values.filter(Number.isFinite);
  return own.reduce((sum, value) => sum + value, 0) / own.length;
};

function partsAsSessions(codes: Codes, { count, mean, noise }: NonNullable<Codes['parts']>, session: number): Codes {
  const size = count * codes.stimuli * codes.neurons;
  return {
    ...codes,
    sessions: count,
    times: Array.from({ length: count }, (_, p) => p),
    mean: mean.subarray(session * size, (session + 1) * size),
    noise: noise.subarray(session * size, (session + 1) * size),
    groups: null,
    parts: null,
  };
}
