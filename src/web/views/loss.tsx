import { quantityLabel } from '#experiment';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { theoryAndSimulation } from '../chart/legend.js';
import { format, formatEstimate, formatLike } from '../format.js';
import { simulatedPoints, timeDomain, type TimeCourseProps } from './time-axis.js';
import { TimeCourseTable } from './time-course-table.js';
import { View } from './view.js';

/** The loss over steps, which stays at its minimum. */
export function LossView({ point, estimates }: Omit<TimeCourseProps, 'selectedProbe'>): ComponentChildren {
  const domain = timeDomain(point, estimates);
  const { task } = point.loss;
  const courses = estimates?.courses;
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
        x={{ label: 'steps after burn-in', scale: 'log', domain }}
        y={{ label: quantityLabel('loss'), scale: 'linear', domain: [0, 1.5 * task] }}
        legend={theoryAndSimulation}
        lines={[{ label: 'theory', series: 0, points: domain.map((step) => [step, task]) }]}
        points={
          courses ? [{ label: 'simulation', series: 0, points: simulatedPoints(courses.steps, courses.taskLoss) }] : []
        }
      />
      <p class="numbers">
        theory {estimates?.losses ? formatLike(task, estimates.losses.task.se) : format(task)}
        {estimates?.losses ? `, simulation ${formatEstimate(estimates.losses.task)}` : ''}
      </p>
    </View>
  );
}
