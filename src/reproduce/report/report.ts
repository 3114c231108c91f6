import { isOneSided, MAX_Z, type Check } from '#compare';
import type { Claim, ClaimFigure, Judgement } from '../claim.js';
import type { Mode, PreparedClaim } from '../run-claim.js';

/** What fixes the results of a reproduction. */
export interface Setting {
  readonly mode: Mode;
  readonly seed: number;
  readonly version: string;
  /** Commit of the repository, if it runs from one. */
  readonly commit: string | null;
}

/** A claim with its verdict: it passes if all its checks do. */
export interface ClaimReport extends Pick<Claim, 'id' | 'title' | 'statement' | 'source' | 'preset'> {
  readonly passed: boolean;
  readonly replicas: number;
  /** Steps of all replicas at all points. */
  readonly steps: number;
  readonly checks: readonly Check[];
  /** With whole captions, that is, with replicas, seed and commit. */
  readonly figures: readonly Pick<ClaimFigure, 'name' | 'title' | 'caption'>[];
}

export interface ReproductionReport extends Setting {
  readonly rule: string;
  readonly passed: boolean;
  readonly claims: readonly ClaimReport[];
}

const RULE =
  `Fixed before anything is measured. Agreement: measured and predicted differ by at most ${MAX_Z} errors (z = difference / error) and by at ` +
  'most the stated tolerance, and the error is at most a third of it, so that such a difference would be seen. Sign: the measurement is ' +
  `${MAX_Z} standard errors away from zero on the predicted side (z = measured / error). Bound: it is ${MAX_Z} standard errors below (z = (measured − bound) / error). The error is the standard error of the ` +
  'simulation, from independent replicas, and the uncertainty of the prediction at finite learning rate in quadrature. A claim passes ' +
  'when all its quantities do. A true quantity fails by chance once in some thousands.';

export function claimReport(
  { claim, points }: PreparedClaim,
  { checks, figures }: Judgement,
  steps: number,
  setting: Setting,
): ClaimReport {
  const { id, title, statement, source, preset } = claim;
  const { replicas } = points[0].plan;
  const origin = `${replicas} replicas, seed ${setting.seed}; Meander ${setting.version}${setting.commit === null ? '' : `, commit ${setting.commit}`}.`;
  return {
    id,
    title,
    statement,
    source,
    preset,
    passed: checks.length > 0 && checks.every(({ passed }) => passed),
    replicas,
    steps,
    checks,
    figures: figures.map(({ name, title: heading, caption }) => ({
      name,
      title: heading,
      caption: `${caption} ${origin}`,
    })),
  };
}

export function reproductionReport(setting: Setting, claims: readonly ClaimReport[]): ReproductionReport {
  return { ...setting, rule: RULE, passed: claims.every(({ passed }) => passed), claims };
}

/** The check of a claim that is closest to failing: a failed one if there is any, else the one closest to its bound. */
export function closestToFailing(checks: readonly Check[]): Check {
  const strain = (check: Check): number => (isOneSided(check) ? MAX_Z / Math.abs(check.z) : Math.abs(check.z) / MAX_Z);
  return checks.reduce((worst, check) => {
    if (worst.passed !== check.passed) return worst.passed ? check : worst;
    return strain(check) > strain(worst) ? check : worst;
  });
}
