import { DIGITS, formatNumber, formatCount } from '#core';
import { agreement } from '#compare';
import type { Panel } from '#figure';
import { describeModel } from '../caption.js';
import type { Claim, PointEvidence, Trajectory } from '../claim.js';
import { selfCorrelationChecks, selfCorrelationPanel } from '../time-courses/self-correlation.js';
import { decayRateCheck } from '../time-courses/decay-rate.js';
import { laterTimes, settledIndex, timeAxis } from '../time-courses/time-axis.js';
import { relativeChange } from '../time-courses/window-means.js';

/** Number of windows that count as the beginning of the run. */
const EARLY = 8;

/** Claim 5. */
export const similarityClaim: Claim = {
  id: '5',
  title: 'Stable similarity',
  statement: 'The similarity hᵢ·hⱼ of any two stimuli stays put while the representation of each of them turns.',
  source: 'Pashakhanloo & Koulakov, ICML 2023',
  preset: '5-similarity.yaml',
  nextOrder: true,
  judge: ({ points }) => {
    const [point] = points;
    const { prepared, report } = point;
    const trajectory = ends(point.trajectory);
    const { courses, probes } = report;
    const names = probes.map((_, k) => `${k + 1}`);
    const settled = settledIndex(point);
    const changes = courses.similarityChange.slice(settled).map((change) => change ?? { value: NaN, se: NaN });
    return {
      checks: [
        agreement(
          'deviation of the similarity matrix from its beginning: relative growth to the end of the run',
          relativeChange({ steps: courses.steps.slice(settled), means: changes }, EARLY),
          0,
          { tolerance: 0.25 },
        ),
        ...[0, 3].flatMap((k) => selfCorrelationChecks(point, k, `probe ${k + 1}`)),
        decayRateCheck(points),
      ],
      figures: [
        {
          name: '5-similarity',
          title: 'Similarity matrices at three times',
          caption:
            `Similarity hᵢ·hⱼ of six stimuli in one network, at the beginning, in the middle and at the end of ` +
            `${formatCount(trajectory.steps[trajectory.steps.length - 1])} steps. ${describeModel(prepared.point.model)}.`,
          table: {
            kind: 'similarity',
            matrices: trajectory.steps.map((step, i) => ({
              title: `step ${formatCount(step)}`,
              values: similarityOf(trajectory.hidden[i]),
            })),
            names,
          },
        },
        {
          name: '5-turning',
          title: 'Similarity against self-correlation',
          caption:
            'First panel: change of the similarity matrix from its beginning, in units of its norm (points): fluctuation that does not grow. Second panel: ' +
            'self-correlation of two of the stimuli, simulated (points) and predicted (lines; with the next order of the learning rate in ' +
            `D). ${describeModel(prepared.point.model)}.`,
          table: { kind: 'comparison', panels: panels(point) },
        },
      ],
    };
  },
};

/** The beginning, the middle and the end of a trajectory. */
function ends({ steps, hidden }: Trajectory): Trajectory {
  const last = steps.length - 1;
  const chosen = [0, Math.floor(last / 2), last];
  return { steps: chosen.map((t) => steps[t]), hidden: chosen.map((t) => hidden[t]) };
}

const similarityOf = (hidden: readonly (readonly number[])[]): number[][] =>
  hidden.map((a) => hidden.map((b) => a.reduce((sum, value, unit) => sum + value * b[unit], 0)));

function panels(point: PointEvidence): Panel[] {
  const { steps, similarityChange } = point.report.courses;
  const later = laterTimes(point);
  const chosen = [0, 3];
  const name = (k: number): string =>
    `probe ${k + 1}, |h|² = ${formatNumber(point.report.probes[k].squaredNorm, DIGITS.label)}`;
  return [
    {
      title: 'the similarity stays',
      x: timeAxis,
      y: { label: 'relative change of the similarity matrix', scale: 'linear', domain: [0, 0.5] },
      theory: [],
      simulation: [
        {
          series: 'similarity matrix',
          points: later.flatMap((i) => {
            const change = similarityChange[i];
            return change ? [{ x: steps[i], y: change.value, se: change.se }] : [];
          }),
        },
      ],
    },
    selfCorrelationPanel(point, 'each probe turns', chosen, name),
  ];
}
