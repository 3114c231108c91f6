import type { Estimate } from '#core';
import { quantityLabel } from '#experiment';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { marksLegend } from '../chart/place-legend.js';
import type { LabPoint } from '../prediction/messages.js';
import { longestHalfLife } from './pace.js';
import type { StagePlayer } from './player.js';

interface StripsProps {
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  readonly selectedProbe: number;
  readonly player: Pick<StagePlayer, 'clock' | 'mover' | 'course' | 'count'>;
}

/** Half-lives that the axis of time shows from the start, and lags where no code turns. */
const HALF_LIVES = 2.5;
const LAGS = 400;
/** Codes whose courses can be told apart. */
const MAX_TOGETHER = 7;
const HEIGHT = 205;
/** The end of the axis of self-correlation, which is near 0 in the mean; that of one network may be below. */
const LOW = -0.15;

/** The end of the axis of time, steps: it doubles whenever the clock comes to it. */
function endOfAxis(point: LabPoint, clock: number): number {
  const life = longestHalfLife(point);
  let end = life === null ? LAGS * point.task.measurement.lag : HALF_LIVES * life;
  while (1.05 * clock > end) end *= 2;
  return end;
}

/** The loss, which stays, and the self-correlation, which falls, over one axis of time with one cursor. */
export function Strips({ point, estimates, selectedProbe, player }: StripsProps): ComponentChildren {
  const { clock, mover } = player;
  const end = endOfAxis(point, clock);
  const x = { label: 'steps', scale: 'linear', domain: [0, end] } as const;
  const courses = estimates?.courses;
  const { task } = point.loss;
  const measured = (values: readonly (Estimate | null)[] | undefined): [number, Estimate][] =>
    (courses?.steps ?? []).flatMap((step, i) => {
      const value = values?.[i];
      return value && step > 0 && step <= end ? [[step, value] as [number, Estimate]] : [];
    });
  const shown = point.probes.length > MAX_TOGETHER ? [selectedProbe] : point.probes.map((_, k) => k);
  const { steps, selfCorrelation, learningRateError } = point.turning;
  const within = steps.flatMap((step, index) => (step <= 1.5 * end ? [index] : []));
  const paths = selectedProbe < player.count ? pathsOf(player, selectedProbe) : [];
  const lowest = Math.min(...paths.flatMap(({ points }) => points.map(([, value]) => value)));
  return (
    <div class="strips">
      <Chart
        title="Loss over steps, which stays"
        height={HEIGHT - 40}
        x={{ ...x, label: '' }}
        y={{ label: quantityLabel('loss'), scale: 'linear', domain: [0, 1.5 * task] }}
        cursor={clock}
        lines={[{ label: 'theory', series: 4, points: [0, end].map((step) => [step, task]) }]}
        points={[{ label: 'simulation', series: 4, points: measured(courses?.taskLoss) }]}
      />
      <Chart
        title="Self-correlation of the codes over steps, which falls"
        height={HEIGHT + 20}
        x={{ ...x, label: mover === 'process' ? 'steps (cursor: effective process)' : 'steps' }}
        y={{ label: 'self-correlation', scale: 'linear', domain: [lowest < LOW ? -1.05 : LOW, 1.05] }}
        cursor={clock}
        legend={[...marksLegend(false), { label: 'the network of the picture', series: selectedProbe, mark: 'path' }]}
        paths={paths}
        lines={shown.map((k) => ({
          label: `${k}`,
          series: k,
          points: within.map((i) => [steps[i], selfCorrelation[i][k] ?? NaN]),
          errors: within.map((i) => learningRateError[i][k] ?? NaN),
        }))}
        points={shown.map((k) => ({
          label: `${k}`,
          series: k,
          points: measured(courses?.selfCorrelation.map((row) => row[k])),
        }))}
      />
    </div>
  );
}

function pathsOf(player: Pick<StagePlayer, 'course'>, series: number) {
  const { network, process } = player.course(series);
  return [
    { series, dashed: false, points: network },
    { series, dashed: true, points: process },
  ];
}
