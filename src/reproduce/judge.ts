import type { Check } from '#compare';
import type { Evidence, Judgement } from './claim.js';
import { nameOfPooled, pooledChecks, pooledQuantities, pooledRatios, type PooledRatios } from './pooled.js';
import type { PreparedClaim } from './run-claim.js';

/** A judgement with the checks of the means, and the limits of which they are. */
export interface Judged extends Judgement {
  readonly pooled: PooledRatios;
}

/** Judges a claim by its own checks and by the means of the limits that it compares. */
export function judgeClaim({ claim }: Pick<PreparedClaim, 'claim'>, evidence: Evidence): Judged {
  const judgement = claim.judge(evidence);
  const pooled = pooledRatios(evidence, judgement.compared ?? []);
  const means = pooledChecks(pooled, judgement.nameOfMean ?? nameOfPooled);
  return { ...judgement, checks: [...judgement.checks, ...means], pooled };
}

/** The means over all claims that compare limits; none of a single claim, which has its own. */
export function checksTogether(judged: readonly Pick<Judged, 'pooled'>[]): Check[] {
  const comparing = judged.filter(({ pooled }) => pooledQuantities.some((quantity) => pooled[quantity].length > 0));
  if (comparing.length < 2) return [];
  const all = (quantity: keyof PooledRatios) => comparing.flatMap(({ pooled }) => pooled[quantity]);
  const pooled = {
    fluctuation: all('fluctuation'),
    diffusion: all('diffusion'),
    directedSpeed: all('directedSpeed'),
  };
  return pooledChecks(pooled, nameOfPooled);
}
