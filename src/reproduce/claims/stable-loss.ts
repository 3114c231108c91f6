import { DIGITS, formatCount, formatNumber } from '#core';
import { agreement, type Check } from '#compare';
import { quantityLabel } from '#experiment';
import type { Panel } from '#figure';
import { describeModel } from '../caption.js';
import type { Claim, PointEvidence } from '../claim.js';
import { inPrincipalDirections, thinned } from '../principal-directions.js';
import { selfCorrelationChecks, selfCorrelationPanel } from '../time-courses/self-correlation.js';
import { decayRateCheck } from '../time-courses/decay-rate.js';
import { laterTimes, settledIndex, timeAxis } from '../time-courses/time-axis.js';
import { relativeChange } from '../time-courses/window-means.js';

/** Number of windows that count as the beginning of the run. */
const EARLY = 12;

/** Times of a trajectory that are drawn. */
const DRAWN = 500;

/** Claim 1. */
export const stableLossClaim: Claim = {
  id: '1',
  title: 'Stable loss, drifting representations',
  statement:
    'The loss stays at its minimum while the representation of every stimulus loses all correlation with itself.',
  source: 'Pashakhanloo & Koulakov, ICML 2023',
  preset: '1-stable-loss.yaml',
  nextOrder: true,
  judge: ({ points }) => {
    const [point] = points;
    const { model } = point.prepared.point;
    const names = point.report.probes.map((_, k) => `probe ${k + 1}`);
    return {
      checks: [
        ...lossChecks(point),
        ...names.flatMap((name, k) => selfCorrelationChecks(point, k, name)),
        decayRateCheck(points),
      ],
      figures: [
        {
          name: '1-stable-loss',
          title: 'Loss and self-correlation over time',
          caption:
            'First panel: loss of the task, means over growing windows of time (points), and its predicted value (line). Second panel: ' +
            'self-correlation of the representation of three stimuli, simulated (points) and predicted (lines; with the next order of ' +
            `the learning rate in D). ${describeModel(model)}.`,
          table: { kind: 'comparison', panels: panels(point, names) },
        },
        {
          name: '1-trajectories',
          title: 'Stimuli on the minimum-loss manifold',
          caption:
            'Representations of three stimuli in one network, over the same time, in their three principal directions. The manifold of ' +
            `minimum loss is a sphere for each stimulus; the three turn together. ${describeModel(model)}.`,
          table: {
            kind: 'trajectories',
            trajectories: inPrincipalDirections(thinned(point.trajectory, DRAWN), names),
            axes: ['direction 1', 'direction 2', 'direction 3'],
          },
        },
      ],
    };
  },
};

function lossChecks(point: PointEvidence): Check[] {
  const { courses, probes, regularizedLoss, regularizedLossWithoutLabelNoise: floor } = point.report;
  const { steps } = courses;
  const excess = regularizedLoss.theory - floor;
  // The relative corrections of the excess are about those of F, because the fluctuation causes it.
  const corrections = probes.map(({ fluctuation, nextOrder }) => (nextOrder?.fluctuation ?? NaN) / fluctuation - 1);
  const relative = corrections.reduce((sum, correction) => sum + correction / corrections.length, 0);
  const range = Math.max(...corrections) - Math.min(...corrections);
  const settled = settledIndex(point);
  return [
    agreement(
      `loss: relative change from the first ${formatCount(steps[settled + EARLY])} steps to the last ${formatCount(steps[steps.length - 1] - steps[steps.length - 2])}`,
      relativeChange({ steps: steps.slice(settled), means: courses.taskLoss.slice(settled) }, EARLY),
      0,
      { tolerance: 0.004 },
    ),
    agreement(
      'regularised loss above its minimum, simulation / theory',
      {
        value: (regularizedLoss.simulation.value - floor) / excess,
        se: regularizedLoss.simulation.se / excess,
      },
      1 + relative,
      { predictedError: Math.hypot(range, relative * relative), tolerance: 0.1 },
    ),
  ];
}

function panels(point: PointEvidence, names: readonly string[]): Panel[] {
  const { steps, taskLoss } = point.report.courses;
  const later = laterTimes(point);
  const last = steps[steps.length - 1];
  const level = point.report.loss.theory;
  return [
    {
      title: 'the loss stays',
      x: timeAxis,
      y: { label: quantityLabel('loss'), scale: 'linear', domain: [0, 1.4 * level] },
      theory: [
        {
          series: `loss, theory: ${formatNumber(level, DIGITS.label)}`,
          points: [
            { x: steps[later[0]], y: level },
            { x: last, y: level },
          ],
        },
      ],
      simulation: [
        {
          series: 'loss, simulation',
          points: later.map((i) => ({ x: steps[i], y: taskLoss[i].value, se: taskLoss[i].se })),
        },
      ],
    },
    selfCorrelationPanel(
      point,
      'the representations do not',
      names.map((_, k) => k),
      (k) => names[k],
    ),
  ];
}
