import { MAX_POOLED_Z, MAX_Z, MIN_Z, strainOf, type Check } from '#compare';
import { reflectionNote } from '#experiment';
import type { Claim, ClaimFigure, Evidence, Judgement } from '../claim.js';
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
  /** What happened in its simulations that no check is about; absent where nothing did. */
  readonly note?: string;
  /** With whole captions, that is, with replicas, seed and commit. */
  readonly figures: readonly Pick<ClaimFigure, 'name' | 'title' | 'caption'>[];
}

export interface ReproductionReport extends Setting {
  readonly rule: string;
  readonly passed: boolean;
  readonly claims: readonly ClaimReport[];
  /** The means over all claims. */
  readonly together: readonly Check[];
}

const RULE =
  `Fixed before anything is measured. Agreement: measured and predicted differ by at most ${MAX_Z} errors (z = difference / error), the mean of ` +
  `many by at most ${MAX_POOLED_Z}, and the error is at most the stated one, so that a difference would be seen. Sign: the measurement is ` +
  `${MIN_Z} standard errors away from zero on the predicted side (z = measured / error). Bound: it is ${MIN_Z} standard errors below (z = (measured − bound) / error). ` +
  `Mean z²: at most ${MAX_POOLED_Z} standard deviations above what is expected. The error is the standard error of the simulation, from independent replicas, ` +
  'and the uncertainty of the prediction at finite learning rate in quadrature; means take account of the covariance between probes of one simulation. ' +
  'A claim passes when all its quantities do.';

export function claimReport(
  { claim, points }: PreparedClaim,
  { checks, figures }: Judgement,
  { points: evidence }: Pick<Evidence, 'points'>,
  setting: Setting,
): ClaimReport {
  const { id, title, statement, source, preset } = claim;
  const { replicas } = points[0].plan;
  const reports = evidence.map(({ report }) => report);
  const note = reflectionNote(reports);
  const origin = `${replicas} replicas, seed ${setting.seed}; Meander ${setting.version}${setting.commit === null ? '' : `, commit ${setting.commit}`}.`;
  return {
    id,
    title,
    statement,
    source,
    preset,
    passed: checks.length > 0 && checks.every(({ passed }) => passed),
    replicas,
    steps: reports.reduce((sum, report) => sum + report.steps, 0),
    checks,
    ...(note !== null && { note }),
    figures: figures.map(({ name, title: heading, caption }) => ({
      name,
      title: heading,
      caption: `${caption} ${origin}`,
    })),
  };
}

/** `together`: the checks of all claims together, see `checksTogether`. */
export function reproductionReport(
  setting: Setting,
  claims: readonly ClaimReport[],
  together: readonly Check[] = [],
): ReproductionReport {
  const passed = claims.every((claim) => claim.passed) && together.every((check) => check.passed);
  return { ...setting, rule: RULE, passed, claims, together };
}

/** The check of a claim that is closest to failing: a failed one if there is any, else the one closest to its bound. */
export function closestToFailing(checks: readonly Check[]): Check {
  return checks.reduce((worst, check) => {
    if (worst.passed !== check.passed) return worst.passed ? check : worst;
    return strainOf(check) > strainOf(worst) ? check : worst;
  });
}
