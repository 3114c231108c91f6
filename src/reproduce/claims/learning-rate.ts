import { nextOrderRatios, quantities, quantityLabel } from '#experiment';
import type { Check } from '#compare';
import { equalityLine, type Panel } from '#figure';
import { describeModel } from '../caption.js';
import type { Claim, Evidence } from '../claim.js';
import { exponentCheck, limitChecks } from '../checks.js';
import { rateOf } from '../learning-rates.js';
import { scalingRates } from '../scaling-panels.js';

const EXPONENTS = { fluctuation: 1, diffusion: 3 };
/** Largest deviation of a measured exponent. */
const TOLERANCES = { fluctuation: 0.03, diffusion: 0.05 };

/** Claim 3a. */
export const learningRateClaim: Claim = {
  id: '3a',
  title: 'Learning rate',
  statement: 'F is proportional to the learning rate η, D to its cube.',
  source: 'Pashakhanloo & Koulakov, ICML 2023',
  preset: '3a-learning-rate.yaml',
  judge: (evidence) => {
    const { points, extrapolations } = evidence;
    const names = points[0].prepared.point.probes.map((probe) => `unit stimulus along axis ${probe.indexOf(1) + 1}`);
    return {
      checks: [
        ...exponents(evidence, names),
        ...limitChecks(extrapolations[0], '', {
          rates: scalingRates,
          chosen: names.map((_, k) => k),
          name: (k) => names[k],
        }),
      ],
      compared: [{ group: extrapolations[0], rates: scalingRates }],
      figures: [
        {
          name: '3a-learning-rate',
          title: 'F and D against the learning rate',
          caption:
            'Fluctuation F and diffusion D of two unit stimuli against the learning rate η on logarithmic axes: theory at leading ' +
            'order, with slopes 1 and 3 (lines), and simulation (points); in the last panel simulation / theory of ' +
            `the first, 1 + c η, which tends to 1. Slopes are fitted by ln y = ln a + s ln η + ln (1 + c η) + d η², with c from theory. ` +
            `${describeModel(points[0].prepared.point.model, ['learningRate'])}.`,
          table: { kind: 'comparison', panels: panels(evidence, names) },
        },
      ],
    };
  },
};

function exponents({ points }: Evidence, names: readonly string[]): Check[] {
  return names.flatMap((name, k) =>
    scalingRates.map((quantity) =>
      exponentCheck(
        `exponent of η in ${quantities[quantity].symbol} of ${name}`,
        points.map(({ report, prepared }) => ({
          x: rateOf(report),
          y: report.probes[k].simulation[quantity],
          nextOrder: nextOrderRatios(prepared)?.[k][quantity] ?? null,
        })),
        EXPONENTS[quantity],
        TOLERANCES[quantity],
      ),
    ),
  );
}

function panels({ points }: Evidence, names: readonly string[]): Panel[] {
  const x = { label: 'learning rate η', scale: 'log' } as const;
  const value = (quantity: (typeof scalingRates)[number]): Panel => ({
    x,
    y: { label: quantityLabel(quantity), scale: 'log' },
    theory: names.map((name, k) => ({
      series: name,
      points: points.map(({ report }) => ({ x: rateOf(report), y: report.probes[k][quantity] })),
    })),
    simulation: names.map((name, k) => ({
      series: name,
      points: points.map(({ report }) => {
        const { value: y, se } = report.probes[k].simulation[quantity];
        return { x: rateOf(report), y, se };
      }),
    })),
  });
  return [
    value('fluctuation'),
    value('diffusion'),
    {
      x,
      y: { label: 'simulation / theory', scale: 'linear' },
      theory: [],
      simulation: scalingRates.map((quantity) => ({
        series: `${quantities[quantity].symbol}, ${names[0]}`,
        points: points.flatMap(({ report }) => {
          const ratio = report.probes[0].ratio[quantity];
          return ratio ? [{ x: rateOf(report), y: ratio.value, se: ratio.se }] : [];
        }),
      })),
      referenceLine: equalityLine,
    },
  ];
}
