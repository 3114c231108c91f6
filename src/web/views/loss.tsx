import { MISSING } from '#core';
import { quantityLabel } from '#experiment';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { INK } from '../chart/marks.js';
import { marksLegend } from '../chart/place-legend.js';
import type { Line } from '../chart/scales.js';
import type { LabPoint } from '../prediction/messages.js';
import { format, formatEstimate, formatLike } from '../format.js';
import { simulatedPoints, timeDomain, withPinned, type TimeCourseProps } from './time-axis.js';
import { TimeCourseTable } from './time-course-table.js';
import { View } from './view.js';

/** The loss over steps, which stays at its minimum. */
export function LossView({ point, pinned, estimates }: Omit<TimeCourseProps, 'selectedProbe'>): ComponentChildren {
  const domain = timeDomain(point, estimates);
  const { task } = point.loss;
  const courses = estimates?.courses;
  const theoryOf = ({ loss, lossError, steps }: LabPoint): Line[] => {
    const [from, to] = domain;
    const shown = [from, ...steps.filter((step) => step > from && step < to), to];
    return [
      {
        label: 'theory',
        series: INK,
        points: shown.map((step) => [step, loss.task]),
        ...(lossError !== null && { errors: shown.map(() => lossError) }),
      },
    ];
  };
  return (
    <View
      id="loss"
      title="Loss"
      sentence="The network never stops learning, yet its loss stays flat at the value that theory predicts."
      docs="theory"
      data={() => (
        <TimeCourseTable
          caption={`Loss over steps, ${quantityLabel('loss')}`}
          point={point}
          estimates={estimates}
          last={domain[1]}
          courses={[{ name: '', theory: () => task, simulation: (index) => courses?.taskLoss[index] }]}
        />
      )}
    >
      <Chart
        title={`Task loss over steps: theory ${format(task)}, flat`}
        x={{ label: 'steps after burn-in', scale: 'log', domain, kind: 'steps' }}
        y={{
          label: quantityLabel('loss'),
          scale: 'linear',
          domain: [0, 1.5 * Math.max(task, pinned?.point.loss.task ?? 0)],
        }}
        legend={marksLegend(pinned !== null, point.lossError !== null)}
        lines={withPinned(pinned, point, theoryOf)}
        points={
          courses
            ? [{ label: 'simulation', series: INK, points: simulatedPoints(courses.steps, courses.taskLoss) }]
            : []
        }
      />
      <p class="numbers">
        <span>theory {estimates?.losses ? formatLike(task, estimates.losses.task.se) : format(task)}</span>
        <span>simulation {estimates?.losses ? formatEstimate(estimates.losses.task) : MISSING}</span>
      </p>
    </View>
  );
}
