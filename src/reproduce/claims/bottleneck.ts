import type { Check } from '#compare';
import { describeModel, logarithmic } from '../caption.js';
import type { Claim, Evidence } from '../claim.js';
import {
  aboveCheck,
  closedFormCheck,
  powerCheck,
  publishedCheck,
  comparedRates,
  simulationChecks,
} from '../decay-rates/checks.js';
import { bottleneckRate } from '../decay-rates/closed-forms.js';
import { ratesOf, rateWhere } from '../decay-rates/measured.js';
import { linear, ratePanel, ratioPanel, type Cut } from '../decay-rates/panels.js';
import { describeSetting, withBottleneck, type Setting } from '../decay-rates/setting.js';

const DECAY = 0.05;
const VARIANCE = 0.3;

/** Claim 12. */
export const bottleneckClaim: Claim = {
  id: '12',
  title: 'Autoencoder with a bottleneck',
  statement:
    'A linear autoencoder whose p hidden units are fewer than its inputs drifts by the inputs that it leaves out: with p relevant variances 1 and n − p ' +
    'irrelevant ones l the self-correlation decays at the rate η³ l² (p − 1)(n − p) / 32 for vanishing weight decay γ and small l. That is the paper’s. ' +
    'Ours: the factor 1 / (1 − l²) for γ → 0, and a closed form for any γ and any l below 1.',
  source: 'Pashakhanloo, NeurIPS 2025 (arXiv 2510.21588), for γ → 0 and small l; the rest is ours',
  preset: '12-bottleneck.yaml',
  judge: (evidence) => {
    const rates = ratesOf(evidence);
    const strong = rateWhere(rates, ({ irrelevantVariance }) => irrelevantVariance === 0.5);
    return {
      checks: [
        ...simulationChecks(rates, bottleneckRate, (setting) => describeSetting(setting, ['weightDecay'], 'p')),
        powerCheck(rates, bottleneckRate, {
          of: 'l',
          x: ({ irrelevantVariance }) => irrelevantVariance,
          exponent: 2,
          includes: (setting) => isThree(setting) && setting.weightDecay === DECAY,
        }),
        powerCheck(rates, bottleneckRate, {
          of: 'n − p',
          x: ({ inputs, relevant }) => inputs - relevant,
          exponent: 1,
          includes: ({ relevant, irrelevantVariance, weightDecay }) =>
            relevant === 3 && irrelevantVariance === VARIANCE && weightDecay === DECAY,
        }),
        powerCheck(rates, bottleneckRate, {
          of: 'p − 1',
          x: ({ relevant }) => relevant - 1,
          exponent: 1,
          includes: ({ inputs, irrelevantVariance, weightDecay }) =>
            inputs === 6 && irrelevantVariance === VARIANCE && weightDecay === DECAY,
        }),
        aboveCheck(
          'ln of the decay rate at l = 0.5, γ = 0.05 over the published one, which holds for small l and γ',
          strong,
          bottleneckRate.published(strong.setting),
        ),
        ...theoryChecks(evidence),
      ],
      ...comparedRates(rates),
      figures: [
        {
          name: '12-bottleneck',
          title: 'Decay rate of the self-correlation in an autoencoder with a bottleneck',
          caption:
            'Decay rate of the self-correlation of a relevant stimulus, half of D / |h|², over η³: against the variance l of the inputs that are left out ' +
            '(n = 6, p = 3), against the number p of hidden units (n = 6, l = 0.3), both at γ = 0.05, and against weight decay γ (n = 6, p = 3, l = 0.3). Lines: ' +
            'closed form, and the published rate for small γ and l (dashed); points: simulation taken to η → 0. Last panel: their ratio in all settings. ' +
            `${describeModel(evidence.points[0].prepared.point.model, ['input', 'hiddenUnits', 'weightDecay', 'learningRate'])}.`,
          table: {
            kind: 'comparison',
            panels: [...cuts.map((cut) => ratePanel(cut, bottleneckRate, rates)), ratioPanel(bottleneckRate, rates)],
          },
        },
      ],
    };
  },
};

function theoryChecks({ points }: Evidence): Check[] {
  const { model } = points[0].prepared.point;
  const base: Setting = { inputs: 6, relevant: 3, irrelevantVariance: VARIANCE, weightDecay: DECAY, tau: 1 };
  const settings = [
    ...[0.001, 0.1, 0.3, 0.7].map((weightDecay) => ({ ...base, weightDecay })),
    ...[0.01, 0.1, 0.5, 0.9].map((irrelevantVariance) => ({ ...base, irrelevantVariance })),
    ...[4, 8, 20].map((inputs) => ({ ...base, inputs })),
    ...[2, 4, 5].map((relevant) => ({ ...base, relevant })),
  ];
  return [
    closedFormCheck(model, bottleneckRate, withBottleneck, settings),
    publishedCheck(model, bottleneckRate, withBottleneck, {
      setting: { ...base, irrelevantVariance: 0.01, weightDecay: 1e-5 },
      error: 2e-3,
      limit: 'γ → 0, then l → 0',
    }),
  ];
}

const isThree = ({ relevant, inputs }: Setting): boolean => relevant === 3 && inputs === 6;

const cuts: readonly Cut[] = [
  {
    x: { label: 'variance l of the inputs that are left out', scale: 'log' },
    of: ({ irrelevantVariance }) => irrelevantVariance,
    includes: (setting) => isThree(setting) && setting.weightDecay === DECAY,
    at: (setting, irrelevantVariance) => ({ ...setting, irrelevantVariance }),
    drawn: logarithmic(0.1, 0.7, 40),
  },
  {
    x: { label: 'hidden units p', scale: 'linear' },
    of: ({ relevant }) => relevant,
    includes: ({ inputs, irrelevantVariance, weightDecay }) =>
      inputs === 6 && irrelevantVariance === VARIANCE && weightDecay === DECAY,
    at: (setting, relevant) => ({ ...setting, relevant }),
    drawn: linear(1, 6, 21),
  },
  {
    x: { label: 'weight decay γ', scale: 'log' },
    of: ({ weightDecay }) => weightDecay,
    includes: (setting) => isThree(setting) && setting.irrelevantVariance === VARIANCE,
    at: (setting, weightDecay) => ({ ...setting, weightDecay }),
    drawn: logarithmic(0.02, 0.4, 40),
  },
];
