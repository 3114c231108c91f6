import { quantityLabel } from '#experiment';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { INK } from '../chart/marks.js';
import { marksLegend } from '../chart/place-legend.js';
import { stageHeight, textZoom } from '../layout.js';
import type { LabPoint } from '../prediction/messages.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { simulatedPoints } from '../views/time-axis.js';
import { longestHalfLife } from './pace.js';
import type { StagePlayer } from './player.js';

interface StripsProps {
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  readonly selectedProbe: number;
  readonly player: Pick<StagePlayer, 'clock' | 'mover' | 'course' | 'count'>;
  /** When the player was read, ms: another time, another picture. */
  readonly written: number;
}

/** Half-lives that the axis of time shows from the start, and lags where no code turns. */
const HALF_LIVES = 2.5;
const LAGS = 400;
/** Codes whose courses can be told apart. */
const MAX_TOGETHER = 10;
const HEIGHT = 205;
/** What both charts have besides their plots, px: legends. */
const BESIDES = 130;
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
  const { names } = useStimuli();
  const end = endOfAxis(point, clock);
  const x = { label: 'steps', scale: 'linear', domain: [0, end], kind: 'steps' } as const;
  const courses = estimates?.courses;
  const { task } = point.loss;
  const { lossError } = point;
  const lossSteps = [...new Set([0, ...(courses?.steps ?? []).filter((step) => step <= end), end])];
  const shown = point.probes.length > MAX_TOGETHER ? [selectedProbe] : point.probes.map((_, k) => k);
  const height = Math.max(HEIGHT, (stageHeight() / textZoom() - BESIDES) / 2);
  const paths = selectedProbe < player.count ? pathsOf(player, selectedProbe) : [];
  const lowest = Math.min(...paths.flatMap(({ points }) => points.map(([, value]) => value)));
  return (
    <div class="strips">
      <Chart
        title="Loss over steps, which stays"
        height={height - 40}
        x={{ ...x, label: '' }}
        y={{ label: quantityLabel('loss'), scale: 'linear', domain: [0, 1.5 * task] }}
        cursor={clock}
        lines={[
          {
            label: 'theory',
            series: INK,
            points: lossSteps.map((step) => [step, task]),
            ...(lossError !== null && { errors: lossSteps.map(() => lossError) }),
          },
        ]}
        points={[
          { label: 'simulation', series: INK, points: simulatedPoints(courses?.steps ?? [], courses?.taskLoss ?? []) },
        ]}
      />
      <Chart
        title="Self-correlation of the codes over steps, which falls"
        height={height + 20}
        x={{ ...x, label: mover === 'process' ? 'steps (cursor: effective process)' : 'steps' }}
        y={{ label: 'self-correlation', scale: 'linear', domain: [lowest < LOW ? -1.05 : LOW, 1.05] }}
        cursor={clock}
        legend={[...marksLegend(false), { label: 'the network of the picture', series: selectedProbe, mark: 'path' }]}
        paths={paths}
        lines={shown.map((k) => ({
          label: `${k}`,
          called: names[k],
          series: k,
          probe: k,
          ...turningLine(point, end, k),
        }))}
        points={shown.map((k) => ({
          label: `${k}`,
          series: k,
          probe: k,
          points: simulatedPoints(
            courses?.steps ?? [],
            (courses?.selfCorrelation ?? []).map((row) => row[k]),
          ),
        }))}
      />
    </div>
  );
}

/** The predicted self-correlation of a probe: dense, and at the steps of the samples. */
function turningLine({ turning, steps, courses }: LabPoint, end: number, probe: number) {
  const all = [
    ...turning.steps.map((step, i) => [step, turning.selfCorrelation[i], turning.learningRateError[i]] as const),
    ...steps.map(
      (step, i) => [step, courses.selfCorrelation[i], courses.learningRateError.selfCorrelation[i]] as const,
    ),
  ];
  const within = all.filter(([step]) => step <= 1.5 * end).sort(([a], [b]) => a - b);
  return {
    points: within.map(([step, values]): [number, number] => [step, values[probe] ?? NaN]),
    errors: within.map(([, , errors]) => errors[probe] ?? NaN),
  };
}

function pathsOf(player: Pick<StagePlayer, 'course'>, series: number) {
  const { network, process } = player.course(series);
  return [
    { series, dashed: false, points: network },
    { series, dashed: true, points: process },
  ];
}
