import { below, type Check } from '#compare';
import type { Panel } from '#figure';
import { logarithmic } from '../caption.js';
import { exponentCheck } from '../checks.js';
import type { Claim, Evidence } from '../claim.js';
import {
  aboveCheck,
  closedFormCheck,
  comparedRates,
  orderCheck,
  powerCheck,
  publishedCheck,
  simulationChecks,
} from '../decay-rates/checks.js';
import { ojaRate } from '../decay-rates/closed-forms.js';
import { ratesOf, rateWhere, type RateAt } from '../decay-rates/measured.js';
import { linear, ratePanel, ratioPanel } from '../decay-rates/panels.js';
import { describeSetting, settingOf, withOutputs, type Setting } from '../decay-rates/setting.js';
import { weightedMean } from '../decay-rates/slope.js';
import { rateOf } from '../learning-rates.js';

/** Claim 9. */
export const ojaClaim: Claim = {
  id: '9',
  title: "Oja's rule",
  statement:
    'Inputs that Oja’s rule learns to ignore make the others drift. With k relevant variances 1 and n − k irrelevant ones l the self-correlation ' +
    'decays at the rate η³ l² (k − 1)(n − k) / 8: largest near k = (n + 1) / 2, and none at k = n. That is the paper’s, for small l. Ours: the ' +
    'factor 1 / (1 − l), with which it holds for any l below 1.',
  source: 'Pashakhanloo, NeurIPS 2025 (arXiv 2510.21588); the factor 1 / (1 − l) is ours',
  preset: '9-oja.yaml',
  judge: (evidence) => {
    const rates = ratesOf(evidence);
    return {
      checks: [
        ...simulationChecks(rates, ojaRate, describeSetting),
        ...slopes(rates),
        rateExponent(rates),
        ...shapeChecks(rates),
        nothingLeft(evidence, rates),
        ...theoryChecks(evidence),
      ],
      ...comparedRates(rates),
      figures: [
        {
          name: '9-oja',
          title: 'Decay rate of the self-correlation under Oja’s rule',
          caption:
            'Decay rate of the self-correlation of a relevant stimulus, half of D / |h|², over η³: against the variance l of the irrelevant inputs (n = 5, ' +
            'k = 3), their number n − k (k = 3, l = 0.3), and the number k of outputs (n = 7, l = 0.3). Lines: closed form with the factor 1 / (1 − l), ' +
            'and the published rate for small l (dashed); points: simulation taken to η → 0. Last panel: their ratio in all settings.',
          table: { kind: 'comparison', panels: panels(rates) },
        },
      ],
    };
  },
};

const isBase = ({ inputs, relevant }: Setting): boolean => inputs === 5 && relevant === 3;
const isThreeOutputs = ({ relevant, irrelevantVariance }: Setting): boolean =>
  relevant === 3 && irrelevantVariance === 0.3;
const isSevenInputs = ({ inputs }: Setting): boolean => inputs === 7;

const slopes = (rates: readonly RateAt[]): Check[] => [
  powerCheck(rates, ojaRate, {
    of: 'l',
    x: ({ irrelevantVariance }) => irrelevantVariance,
    exponent: 2,
    includes: isBase,
  }),
  powerCheck(rates, ojaRate, {
    of: 'n − k',
    x: ({ inputs, relevant }) => inputs - relevant,
    exponent: 1,
    includes: isThreeOutputs,
  }),
  powerCheck(rates, ojaRate, { of: 'k − 1', x: ({ relevant }) => relevant - 1, exponent: 1, includes: isSevenInputs }),
];

/** The exponent of eta, of D over the closed form in all settings together. */
function rateExponent(rates: readonly RateAt[]): Check {
  const points = rates[0].points.map((point, i) => {
    const ratios = rates.flatMap(({ points: own }) => own[i].report.probes[0].ratio.diffusion ?? []);
    const x = rateOf(point.report);
    const { value, se } = weightedMean(ratios);
    return { x, y: { value: value * x ** 3, se: se * x ** 3 } };
  });
  return exponentCheck('exponent of η in D of all settings together, simulation', points, 3, 0.4);
}

function shapeChecks(rates: readonly RateAt[]): Check[] {
  const at = (k: number): RateAt => rateWhere(rates, (setting) => isSevenInputs(setting) && setting.relevant === k);
  const strong = rateWhere(rates, ({ irrelevantVariance }) => irrelevantVariance === 0.5);
  return [
    orderCheck('ln of the decay rate at k = (n + 1) / 2 = 4 over that at k = 2', at(4), at(2)),
    orderCheck('ln of the decay rate at k = (n + 1) / 2 = 4 over that at k = 6', at(4), at(6)),
    aboveCheck(
      'ln of the decay rate at l = 0.5 over the published one, which holds for small l',
      strong,
      ojaRate.published(strong.setting),
    ),
  ];
}

/** Share of the slowest drift with irrelevant inputs that is left at most without them. */
const NOTHING = 0.001;

/** D at k = n over that at the slowest of the other settings of as many inputs, at the same learning rate. */
function nothingLeft({ points }: Evidence, rates: readonly RateAt[]): Check {
  const full = points.filter(({ prepared }) => {
    const { inputs, relevant } = settingOf(prepared.point.model);
    return inputs === relevant;
  });
  const [{ report }] = full;
  const reference = rateWhere(rates, ({ inputs, relevant }) => inputs === 7 && relevant === 6);
  const unit = 2 * reference.theory * rateOf(report) ** 3;
  const { value, se } = report.probes[0].simulation.diffusion;
  return below('D at k = n = 7 over that at k = 6', { value: value / unit, se: se / unit }, NOTHING);
}

function theoryChecks({ points }: Evidence): Check[] {
  const { model } = points[0].prepared.point;
  const base: Setting = { inputs: 5, relevant: 3, irrelevantVariance: 0.3, weightDecay: 0, tau: 1 };
  const settings = [
    ...[0.01, 0.05, 0.2, 0.4, 0.7, 0.9].map((irrelevantVariance) => ({ ...base, irrelevantVariance })),
    ...[4, 6, 7].map((inputs) => ({ ...base, inputs })),
    ...[2, 4, 5].map((relevant) => ({ ...base, inputs: 6, relevant })),
  ];
  return [
    closedFormCheck(model, ojaRate, withOutputs, settings),
    publishedCheck(model, ojaRate, withOutputs, {
      setting: { ...base, irrelevantVariance: 1e-4 },
      error: 1e-4,
      limit: 'l → 0',
    }),
  ];
}

function panels(rates: readonly RateAt[]): Panel[] {
  return [
    ratePanel(
      {
        x: { label: 'variance l of the irrelevant inputs', scale: 'log' },
        of: ({ irrelevantVariance }) => irrelevantVariance,
        includes: isBase,
        at: (setting, irrelevantVariance) => ({ ...setting, irrelevantVariance }),
        drawn: logarithmic(0.07, 0.7, 40),
      },
      ojaRate,
      rates,
    ),
    ratePanel(
      {
        x: { label: 'irrelevant inputs n − k', scale: 'linear' },
        of: ({ inputs, relevant }) => inputs - relevant,
        includes: isThreeOutputs,
        at: (setting, irrelevant) => ({ ...setting, inputs: setting.relevant + irrelevant }),
        drawn: linear(0, 5, 6),
      },
      ojaRate,
      rates,
    ),
    ratePanel(
      {
        x: { label: 'outputs k', scale: 'linear' },
        of: ({ relevant }) => relevant,
        includes: isSevenInputs,
        at: (setting, relevant) => ({ ...setting, relevant }),
        drawn: linear(1, 7, 25),
      },
      ojaRate,
      rates,
    ),
    ratioPanel(ojaRate, rates),
  ];
}
