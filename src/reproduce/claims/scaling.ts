import { DIGITS, formatNumber } from '#core';
import { parameterLabel, predictionOf } from '#experiment';
import type { Axis } from '#figure';
import { identity } from '#linalg';
import { gaussianPart, inputDistribution, twoLayerModel, type Model } from '#model';
import { describeModel, logarithmic } from '../caption.js';
import type { Claim, Evidence } from '../claim.js';
import { limitChecks } from '../checks.js';
import { rateOf } from '../learning-rates.js';
import { scalingPanels, scalingRates } from '../scaling-panels.js';

const source = 'Pashakhanloo & Koulakov, ICML 2023';
const shown =
  'divided by their powers of the learning rate η: theory at leading order (line) and simulation at three learning rates ' +
  '(points); in the last panel simulation / theory extrapolated to η → 0.';

/** F and D of a unit stimulus with isotropic input, as functions of one parameter of the model. */
interface Scaling extends Pick<Claim, 'id' | 'title' | 'statement' | 'preset'> {
  readonly axis: Axis;
  /** Value of the parameter of a point. */
  readonly x: (parameters: Record<string, unknown>) => number;
  /** The model with another value. */
  readonly at: (model: Model, x: number) => Model;
  /** Values at which the theory is drawn, from the smallest and the largest simulated one. */
  readonly drawn: (least: number, largest: number) => number[];
  /** What varies in the figure. */
  readonly varied: 'weightDecay' | 'labelNoiseVariance' | 'input' | 'hiddenUnits';
}

const smooth = (least: number, largest: number): number[] => logarithmic(least, largest, 40);

const scalings: readonly Scaling[] = [
  {
    id: '3b',
    title: 'Weight decay',
    statement: 'Without label noise, F and D depend on weight decay as the theory says.',
    preset: '3b-weight-decay.yaml',
    axis: { label: parameterLabel('weightDecay'), scale: 'log' },
    x: ({ weightDecay }) => weightDecay as number,
    at: (model, weightDecay) => ({ ...model, weightDecay }),
    drawn: smooth,
    varied: 'weightDecay',
  },
  {
    id: '3c',
    title: 'Label noise',
    statement: 'F and D depend on the variance of label noise as the theory says.',
    preset: '3c-label-noise.yaml',
    axis: { label: 'label noise variance σ²', scale: 'log' },
    x: ({ labelNoiseVariance }) => labelNoiseVariance as number,
    at: (model, labelNoiseVariance) => ({ ...model, labelNoiseVariance }),
    drawn: smooth,
    varied: 'labelNoiseVariance',
  },
  {
    id: '3d',
    title: 'Input dimension',
    statement: 'F and D depend on the dimension of the input as the theory says.',
    preset: '3d-input-dimension.yaml',
    axis: { label: 'input dimension n', scale: 'linear' },
    x: (parameters) => (parameters['model.input.0.covariance'] as number[]).length,
    at: (model, n) => ({
      ...model,
      target: identity(n),
      input: inputDistribution(n, [gaussianPart(1, identity(n))], []),
    }),
    drawn: (least, largest) => Array.from({ length: largest - least + 1 }, (_, k) => least + k),
    varied: 'input',
  },
  {
    id: '3f',
    title: 'Hidden size',
    statement: 'F and D do not depend on the number of hidden units, all of which are simulated here.',
    preset: '3f-hidden-size.yaml',
    axis: { label: parameterLabel('hiddenUnits'), scale: 'log' },
    x: ({ hiddenUnits }) => hiddenUnits as number,
    at: (model, hiddenUnits) => ({ ...model, hiddenUnits }),
    drawn: (least, largest) => [least, largest],
    varied: 'hiddenUnits',
  },
];

/** Claims 3b, 3c, 3d and 3f. */
export const scalingClaims: readonly Claim[] = scalings.map((scaling) => ({
  ...scaling,
  source,
  judge: (evidence) => ({
    checks: evidence.extrapolations.flatMap((group) =>
      limitChecks(group, `${scaling.axis.label} = ${scaling.x(group.parameters)}`, {
        rates: scalingRates,
        chosen: [0],
        name: () => 'a unit stimulus',
      }),
    ),
    compared: evidence.extrapolations.map((group) => ({ group, rates: scalingRates })),
    figures: [
      {
        name: scaling.preset.replace('.yaml', ''),
        title: `F and D against ${scaling.axis.label}`,
        caption:
          `Fluctuation F and diffusion D of a unit stimulus against ${scaling.axis.label}, ${shown} ` +
          `${describeModel(evidence.points[0].prepared.point.model, [scaling.varied, 'learningRate'])}.`,
        table: { kind: 'comparison', panels: panels(scaling, evidence) },
      },
    ],
  }),
}));

function panels({ axis, x, at, drawn }: Scaling, { points, extrapolations }: Evidence) {
  const values = points.map(({ report }) => x(report.parameters));
  const { simulation, ...point } = points[0].prepared.point;
  const model = twoLayerModel(point.model);
  const theory = drawn(Math.min(...values), Math.max(...values)).map((value) => {
    const changed = at(model, value);
    const unit = Float64Array.from({ length: changed.target.cols }, (_, i) => (i === 0 ? 1 : 0));
    return {
      x: value,
      learningRate: model.learningRate,
      probe: predictionOf({ model: changed, probes: [unit], simulation }).probes[0],
    };
  });
  return scalingPanels(
    axis,
    theory,
    points.map(({ report }) => ({ x: x(report.parameters), learningRate: rateOf(report), probe: report.probes[0] })),
    extrapolations.map(({ parameters, probes }) => ({ x: x(parameters), probe: probes[0] })),
  );
}

/** Claim 3e: unit stimuli along the modes of one spectrum. */
export const spectrumClaim: Claim = {
  id: '3e',
  title: 'Input spectrum',
  statement: 'Across the modes of a spectrum of input variances, F and D are those of the theory.',
  source,
  preset: '3e-spectrum.yaml',
  judge: ({ points, extrapolations: [group] }) => {
    const { model, probes } = points[0].prepared.point;
    const variance = (k: number): number => model.input.gaussians[0].covariance.data[k * (probes.length + 1)];
    const axis: Axis = { label: 'input variance along the stimulus', scale: 'log' };
    const learningRate = rateOf(points[0].report);
    return {
      checks: limitChecks(group, '', {
        rates: scalingRates,
        chosen: probes.map((_, k) => k),
        name: (k) => `the mode of variance ${formatNumber(variance(k), DIGITS.label)}`,
      }),
      compared: [{ group, rates: scalingRates }],
      figures: [
        {
          name: '3e-spectrum',
          title: 'F and D across a spectrum',
          caption:
            `Fluctuation F and diffusion D of unit stimuli along the modes of a spectrum, ${shown} ` +
            `${describeModel(model, ['learningRate'])}.`,
          table: {
            kind: 'comparison',
            panels: scalingPanels(
              axis,
              points[0].report.probes.map((probe, k) => ({ x: variance(k), learningRate, probe })),
              points.flatMap(({ report }) =>
                report.probes.map((probe, k) => ({ x: variance(k), learningRate: rateOf(report), probe })),
              ),
              group.probes.map((probe, k) => ({ x: variance(k), probe })),
            ),
          },
        },
      ],
    };
  },
};
