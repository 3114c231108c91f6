import type { Estimate } from '#core';
import type { ExtrapolationRecord } from '#experiment';
import { angularRate, angularRateLimit } from '../angular-rate.js';
import type { Evidence, PointEvidence } from '../claim.js';
import { pointsOf } from '../learning-rates.js';
import { settingOf, type Setting } from './setting.js';

/** The decay rate of one setting over eta^3: predicted, and simulated at eta -> 0. */
export interface RateAt {
  readonly setting: Setting;
  readonly group: ExtrapolationRecord;
  readonly points: readonly PointEvidence[];
  readonly theory: number;
  /** The error includes what a curvature in eta would change. */
  readonly limit: Estimate;
}

/** The decay rates of all settings that drift, of the first probe. */
export const ratesOf = ({ points, extrapolations }: Evidence): RateAt[] =>
  extrapolations.flatMap((group) => {
    if (!group.probes[0].diffusion) return [];
    const own = pointsOf(group, points);
    const setting = settingOf(own[0].prepared.point.model);
    const theory = angularRate(own[0].report, 0) / 2;
    return [{ setting, group, points: own, theory, limit: angularRateLimit(theory, group, 0) }];
  });

/** The rate of a setting that the preset has. */
export function rateWhere(rates: readonly RateAt[], is: (setting: Setting) => boolean): RateAt {
  const found = rates.find(({ setting }) => is(setting));
  if (!found) throw new RangeError('the preset lacks a setting of the claim');
  return found;
}

/** A limit over a number. */
export const over = ({ value, se }: Estimate, by: number): Estimate => ({ value: value / by, se: se / by });
