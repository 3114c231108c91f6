import { exceedsF } from '#compare';
import type { Findings } from '../findings.js';
import { jackknifeError, type Jackknifed } from '../codes/jackknife.js';

/** Two-sided probability of a value as far from 0, by Student's t of the blocks' jackknife; 1 where there is no error. */
export function probabilityOfZero(statistic: Jackknifed): number {
  const se = jackknifeError(statistic);
  if (!(se > 0) || !Number.isFinite(statistic.value)) return 1;
  return exceedsF((statistic.value / se) ** 2, 1, statistic.without.length - 1);
}

const DIRECTED_BELOW = 0.05;

/** Whether controls count with directed drift: where the law finds any, not by chance. */
export const isDirected = ({ law, population: { quadratic } }: Pick<Findings, 'law' | 'population'>): boolean =>
  law.directed && quadratic.value > 0 && probabilityOfZero(quadratic) < DIRECTED_BELOW;

/** A control fails where what should be 0 is not, at this probability: a clean recording fails one in a thousand. */
export const FAILS_BELOW = 0.001;
