import { agreement, sameSign, type Check } from '#compare';
import type { RuleModel } from '#model';
import type { Judgement } from '../claim.js';
import type { DecayRate } from './closed-forms.js';
import { over, type RateAt } from './measured.js';
import { predictedRate, type Arrange, type Setting } from './setting.js';
import { exponentOf } from './slope.js';

/**
 * Deviation of the decay rate of one setting from the closed form that has to be seen: that of one that lacks a factor. The mean of all,
 * which is checked besides, tells a few percent.
 */
const TOLERANCE = 0.25;
const EXPONENT_TOLERANCE = 0.3;

/** Agreement of the simulation with the closed form in each setting. */
export const simulationChecks = (
  rates: readonly RateAt[],
  { exact }: DecayRate,
  name: (setting: Setting) => string,
): Check[] =>
  rates.map(({ setting, limit }) =>
    agreement(`decay rate, ${name(setting)}: simulation, η → 0 / closed form`, over(limit, exact(setting)), 1, {
      tolerance: TOLERANCE,
    }),
  );

/** The limits of D in all settings, of which the mean is checked. The theory equals the closed form to rounding. */
export const comparedRates = (rates: readonly RateAt[]): Pick<Judgement, 'compared' | 'nameOfMean'> => ({
  compared: rates.map(({ group }) => ({ group, rates: ['diffusion'] })),
  nameOfMean: () => `D of ${rates.length} settings together: simulation / theory, η → 0`,
});
/** How the decay rate depends on one number, in which the closed form is a power law times a known factor. */
interface PowerLaw {
  /** What the quantity is called. */
  readonly of: string;
  readonly x: (setting: Setting) => number;
  readonly exponent: number;
  /** Which settings differ in this. */
  readonly includes: (setting: Setting) => boolean;
}

/** The exponent that the simulation shows where everything else of the closed form is divided out. */
export function powerCheck(rates: readonly RateAt[], { exact }: DecayRate, law: PowerLaw): Check {
  const points = rates
    .filter(({ setting }) => law.includes(setting))
    .map(({ setting, limit }) => {
      const x = law.x(setting);
      return { x, y: over(limit, exact(setting) / x ** law.exponent) };
    });
  return agreement(`exponent of ${law.of} in the decay rate, simulation`, exponentOf(points), law.exponent, {
    tolerance: EXPONENT_TOLERANCE,
  });
}

/** Rounding of a prediction by the theory, relative. */
const ROUNDING = 1e-9;

/** Equality of theory and closed form in many settings, to rounding. */
export function closedFormCheck(
  model: RuleModel,
  { exact }: DecayRate,
  arrange: Arrange,
  settings: readonly Setting[],
): Check {
  const worst = settings
    .map((setting) => predictedRate(arrange(model, setting)) / exact(setting))
    .reduce((most, ratio) => (Math.abs(ratio - 1) > Math.abs(most - 1) ? ratio : most), 1);
  return agreement(
    `decay rate in ${settings.length} settings: theory / closed form, the one farthest from 1`,
    { value: worst, se: 0 },
    1,
    { predictedError: ROUNDING, tolerance: 4 * ROUNDING },
  );
}

/** Equality of theory and the published rate in its limit; `error` is what the setting is away from that. */
export function publishedCheck(
  model: RuleModel,
  { published }: DecayRate,
  arrange: Arrange,
  { setting, error, limit }: { readonly setting: Setting; readonly error: number; readonly limit: string },
): Check {
  const ratio = predictedRate(arrange(model, setting)) / published(setting);
  return agreement(`decay rate for ${limit}: theory / published rate`, { value: ratio, se: 0 }, 1, {
    predictedError: error,
    tolerance: 4 * error,
  });
}

/** Sign of ln of a simulated rate over another number, which is predicted not to be 0. */
export function aboveCheck(quantity: string, { limit, theory }: RateAt, other: number): Check {
  return sameSign(
    quantity,
    { value: Math.log(limit.value / other), se: limit.se / limit.value },
    Math.log(theory / other),
  );
}

/** The same for two rates. */
export function orderCheck(quantity: string, a: RateAt, b: RateAt): Check {
  return sameSign(
    quantity,
    {
      value: Math.log(a.limit.value / b.limit.value),
      se: Math.hypot(a.limit.se / a.limit.value, b.limit.se / b.limit.value),
    },
    Math.log(a.theory / b.theory),
  );
}
