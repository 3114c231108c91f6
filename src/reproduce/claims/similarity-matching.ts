import type { Check } from '#compare';
import type { Panel } from '#figure';
import { logarithmic } from '../caption.js';
import type { Claim, Evidence } from '../claim.js';
import {
  aboveCheck,
  closedFormCheck,
  powerCheck,
  publishedCheck,
  comparedRates,
  simulationChecks,
} from '../decay-rates/checks.js';
import { similarityMatchingRate } from '../decay-rates/closed-forms.js';
import { ratesOf, rateWhere, type RateAt } from '../decay-rates/measured.js';
import { ratePanel, ratioPanel } from '../decay-rates/panels.js';
import { describeSetting, withOutputs, type Setting } from '../decay-rates/setting.js';

/** Claim 10. */
export const similarityMatchingClaim: Claim = {
  id: '10',
  title: 'Similarity matching',
  statement:
    'Similarity matching drifts by the inputs that it ignores at the rate of Oja’s rule, η³ l² (k − 1)(n − k) / 8 for small l: the paper’s. Ours: that ' +
    'holds for lateral weights as fast as the others, τ = 1, with the factor 1 / (1 − l). For any other τ there is a part of ' +
    '(k − 1)(k + 2)(1 − τ)² (2 τ + 9) / (216 τ) η³ more, which does not vanish with l.',
  source: 'Pashakhanloo, NeurIPS 2025 (arXiv 2510.21588), at τ = 1; the rest is ours',
  preset: '10-similarity-matching.yaml',
  judge: (evidence) => {
    const rates = ratesOf(evidence);
    return {
      checks: [
        ...simulationChecks(rates, similarityMatchingRate, (setting) => describeSetting(setting, ['tau'])),
        powerCheck(rates, similarityMatchingRate, {
          of: 'l at τ = 1',
          x: ({ irrelevantVariance }) => irrelevantVariance,
          exponent: 2,
          includes: (setting) => setting.tau === 1 && setting.relevant === 3,
        }),
        ...[0.5, 2].map((tau) => excessCheck(rates, tau)),
        ...theoryChecks(evidence),
      ],
      ...comparedRates(rates),
      figures: [
        {
          name: '10-similarity-matching',
          title: 'Decay rate of the self-correlation under similarity matching',
          caption:
            'Decay rate of the self-correlation of a relevant stimulus, half of D / |h|², over η³, for n = 5 inputs and k = 3 outputs: against the variance ' +
            'l of the irrelevant inputs at τ = 1 and τ = 2, and against the time constant τ of the lateral weights at l = 0.1. Lines: closed form, ' +
            'and the published rate (dashed); points: simulation taken to η → 0. Last panel: their ratio in all settings.',
          table: { kind: 'comparison', panels: panels(rates) },
        },
      ],
    };
  },
};

const isAt = (tau: number) => (setting: Setting) => setting.tau === tau && setting.relevant === 3;

/** Sign of ln of the rate over the published one, where little irrelevant variance is left and tau is not 1. */
function excessCheck(rates: readonly RateAt[], tau: number): Check {
  const rate = rateWhere(rates, (setting) => isAt(tau)(setting) && setting.irrelevantVariance === 0.1);
  return aboveCheck(
    `ln of the decay rate at τ = ${tau}, l = 0.1 over the published one`,
    rate,
    similarityMatchingRate.published(rate.setting),
  );
}

function theoryChecks({ points }: Evidence): Check[] {
  const { model } = points[0].prepared.point;
  const base: Setting = { inputs: 5, relevant: 3, irrelevantVariance: 0.3, weightDecay: 0, tau: 1 };
  const settings = [
    ...[0.05, 0.7].map((irrelevantVariance) => ({ ...base, irrelevantVariance })),
    ...[0.25, 0.5, 0.8, 1.5, 3].map((tau) => ({ ...base, tau })),
    ...[0.5, 2].flatMap((tau) => [1, 2, 4].map((relevant) => ({ ...base, tau, relevant: relevant + 1, inputs: 6 }))),
  ];
  return [
    closedFormCheck(model, similarityMatchingRate, withOutputs, settings),
    publishedCheck(model, similarityMatchingRate, withOutputs, {
      setting: { ...base, irrelevantVariance: 1e-4 },
      error: 1e-4,
      limit: 'l → 0 at τ = 1',
    }),
  ];
}

function panels(rates: readonly RateAt[]): Panel[] {
  const alongVariance = (tau: number): Panel =>
    ratePanel(
      {
        title: `τ = ${tau}`,
        x: { label: 'variance l of the irrelevant inputs', scale: 'log' },
        of: ({ irrelevantVariance }) => irrelevantVariance,
        includes: isAt(tau),
        at: (setting, irrelevantVariance) => ({ ...setting, irrelevantVariance }),
        drawn: logarithmic(0.05, 0.6, 40),
      },
      similarityMatchingRate,
      rates,
    );
  return [
    alongVariance(1),
    alongVariance(2),
    ratePanel(
      {
        title: 'l = 0.1',
        x: { label: 'time constant τ of the lateral weights', scale: 'log' },
        of: ({ tau }) => tau,
        includes: ({ relevant, irrelevantVariance }) => relevant === 3 && irrelevantVariance === 0.1,
        at: (setting, tau) => ({ ...setting, tau }),
        drawn: logarithmic(0.4, 2.5, 81),
      },
      similarityMatchingRate,
      rates,
    ),
    ratioPanel(similarityMatchingRate, rates),
  ];
}
