import type { Check } from '#compare';
import type { Panel } from '#figure';
import { describeModel, logarithmic } from '../caption.js';
import type { Claim, Evidence } from '../claim.js';
import { closedFormCheck, powerCheck, publishedCheck, comparedRates, simulationChecks } from '../decay-rates/checks.js';
import { supervisedRate } from '../decay-rates/closed-forms.js';
import { ratesOf, type RateAt } from '../decay-rates/measured.js';
import { linear, ratePanel, ratioPanel, type Cut } from '../decay-rates/panels.js';
import { describeSetting, withTarget, type Setting } from '../decay-rates/setting.js';

const DECAY = 0.2;
const VARIANCE = 2;

/** Claim 11. */
export const supervisedClaim: Claim = {
  id: '11',
  title: 'Supervised network',
  statement:
    'A two-layer network that learns a target of rank k drifts by what the target leaves out, too: with k relevant variances 1 and n − k irrelevant ones ' +
    'l the self-correlation decays at the rate η³ γ⁴ (k − 1)(k + 2 + (n − k) l / 2) / 16. That is the paper’s, for small weight decay γ. Ours: for ' +
    'any γ it is η³ γ⁴ (k − 1) [(k + 2) / (1 − γ) + (n − k) l² / (2 (l + γ (1 − l)))] / 16.',
  source: 'Pashakhanloo, NeurIPS 2025 (arXiv 2510.21588); the dependence on γ beyond γ⁴ is ours',
  preset: '11-supervised.yaml',
  judge: (evidence) => {
    const rates = ratesOf(evidence);
    return {
      checks: [
        ...simulationChecks(rates, supervisedRate, (setting) => describeSetting(setting, ['weightDecay'])),
        powerCheck(rates, supervisedRate, {
          of: 'γ',
          x: ({ weightDecay }) => weightDecay,
          exponent: 4,
          includes: ({ inputs, relevant, irrelevantVariance }) =>
            inputs === 6 && relevant === 3 && irrelevantVariance === VARIANCE,
        }),
        powerCheck(rates, supervisedRate, {
          of: 'k + 2 + (n − k) l / 2',
          x: ({ inputs: n, relevant: k, irrelevantVariance: l }) => k + 2 + ((n - k) * l) / 2,
          exponent: 1,
          includes: ({ relevant, weightDecay }) => relevant === 3 && weightDecay === DECAY,
        }),
        ...theoryChecks(evidence),
      ],
      ...comparedRates(rates),
      figures: [
        {
          name: '11-supervised',
          title: 'Decay rate of the self-correlation in a supervised network',
          caption:
            'Decay rate of the self-correlation of a relevant stimulus, half of D / |h|², over η³, for a target of rank k = 3: against weight decay γ ' +
            '(n = 6, l = 2), the number n − k of irrelevant inputs (γ = 0.2, l = 2), and their variance l (n = 6, γ = 0.2). Lines: closed form, and the ' +
            'published rate for small γ (dashed); points: simulation taken to η → 0. Last panel: their ratio in all settings. ' +
            `${describeModel(evidence.points[0].prepared.point.model, ['input', 'weightDecay', 'learningRate'])}.`,
          table: {
            kind: 'comparison',
            panels: cuts.map((cut) => ratePanel(cut, supervisedRate, rates)).concat(last(rates)),
          },
        },
      ],
    };
  },
};

const last = (rates: readonly RateAt[]): Panel => ratioPanel(supervisedRate, rates);

function theoryChecks({ points }: Evidence): Check[] {
  const { model } = points[0].prepared.point;
  const base: Setting = { inputs: 6, relevant: 3, irrelevantVariance: VARIANCE, weightDecay: DECAY, tau: 1 };
  const settings = [
    ...[0.001, 0.05, 0.4, 0.7].map((weightDecay) => ({ ...base, weightDecay })),
    ...[0.01, 0.3, 1, 6].map((irrelevantVariance) => ({ ...base, irrelevantVariance })),
    ...[3, 4, 20].map((inputs) => ({ ...base, inputs })),
    ...[2, 4, 5].map((relevant) => ({ ...base, relevant })),
  ];
  return [
    closedFormCheck(model, supervisedRate, withTarget, settings),
    publishedCheck(model, supervisedRate, withTarget, {
      setting: { ...base, weightDecay: 1e-4 },
      error: 1e-4,
      limit: 'γ → 0',
    }),
  ];
}

const isThree = ({ relevant, inputs }: Setting): boolean => relevant === 3 && inputs === 6;

const cuts: readonly Cut[] = [
  {
    x: { label: 'weight decay γ', scale: 'log' },
    of: ({ weightDecay }) => weightDecay,
    includes: (setting) => isThree(setting) && setting.irrelevantVariance === VARIANCE,
    at: (setting, weightDecay) => ({ ...setting, weightDecay }),
    drawn: logarithmic(0.07, 0.6, 40),
  },
  {
    x: { label: 'irrelevant inputs n − k', scale: 'linear' },
    of: ({ inputs, relevant }) => inputs - relevant,
    includes: ({ relevant, weightDecay, irrelevantVariance: l, inputs }) =>
      relevant === 3 && weightDecay === DECAY && (l === VARIANCE || inputs === relevant),
    at: (setting, irrelevant) => ({
      ...setting,
      irrelevantVariance: VARIANCE,
      inputs: setting.relevant + irrelevant,
    }),
    drawn: linear(0, 7, 8),
  },
  {
    x: { label: 'variance l of the irrelevant inputs', scale: 'linear' },
    of: ({ irrelevantVariance }) => irrelevantVariance,
    includes: (setting) => isThree(setting) && setting.weightDecay === DECAY,
    at: (setting, irrelevantVariance) => ({ ...setting, irrelevantVariance }),
    drawn: linear(0.02, 6, 60),
  },
];
