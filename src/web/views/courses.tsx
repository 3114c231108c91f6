// The views of time courses: loss, displacement, self-correlation.
import type { Estimate } from '#core';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { Chart, type Points } from '../chart/chart.js';
import { stimuliLegend, theoryAndSimulation } from '../chart/legend.js';
import { format, formatEstimate } from '../format.js';
import type { LabPoint } from '../prediction/messages.js';
import { CourseTable } from './course-table.js';
import { View } from './view.js';

export interface CourseProps {
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  /** The stimulus that views of one stimulus show. */
  readonly selectedProbe: number;
}

/** Decades of time that an axis shows ahead of the simulation. */
const AHEAD = 3;

/** Steps from the lag to what was seen, three tenfolds of the lag at least. */
function timeDomain(point: LabPoint, estimates: Estimates | null): [number, number] {
  const { lag } = point.task.measurement;
  const last = estimates?.courses.steps.at(-1) ?? 0;
  return [0.8 * lag, Math.max(1.3 * last, lag * 10 ** AHEAD)];
}

/** Measured values over time, those after the first sample. */
const over = (steps: readonly number[], values: readonly (Estimate | null)[]): [number, Estimate][] =>
  steps.flatMap((step, k) => {
    const value = values[k];
    return step > 0 && value ? [[step, value] as [number, Estimate]] : [];
  });

const predicted = (
  { steps }: LabPoint,
  [, last]: readonly [number, number],
  value: (time: number) => number,
): [number, number][] =>
  steps.flatMap((step, time) => (step > 0 && step < 3 * last ? [[step, value(time)] as [number, number]] : []));

/** View b. */
export function LossView({ point, estimates }: CourseProps): ComponentChildren {
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
        <CourseTable
          caption="Loss over steps (output²)"
          point={point}
          estimates={estimates}
          last={domain[1]}
          courses={[{ name: '', theory: () => task, simulation: (time) => courses?.taskLoss[time] }]}
        />
      )}
    >
      <Chart
        title={`Loss over steps: theory ${format(task, 4)}, flat`}
        x={{ label: 'steps after burn-in', scale: 'log', domain }}
        y={{ label: 'loss (output²)', scale: 'linear', domain: [0, 1.5 * task] }}
        legend={theoryAndSimulation}
        lines={[{ label: 'theory', series: 0, points: domain.map((step) => [step, task]) }]}
        points={courses ? [{ label: 'simulation', series: 0, points: over(courses.steps, courses.taskLoss) }] : []}
      />
      <p class="numbers">
        theory {format(task, 5)}
        {estimates ? `, simulation ${formatEstimate(estimates.taskLoss)}` : ''}
      </p>
    </View>
  );
}

/** View c. */
export function DisplacementView({ point, estimates, selectedProbe }: CourseProps): ComponentChildren {
  const domain = timeDomain(point, estimates);
  const { squaredDisplacement, projectedSquaredDisplacement } = point.courses;
  const courses = estimates?.courses;
  const seen = (label: string, series: number, table: readonly (readonly Estimate[])[], hollow: boolean): Points => ({
    label,
    series,
    hollow,
    points: over(
      courses?.steps ?? [],
      table.map((row) => row[selectedProbe]),
    ),
  });
  return (
    <View
      id="displacement"
      title={`Mean squared displacement of stimulus ${selectedProbe + 1}`}
      sentence="Raw displacement starts on the plateau of the fluctuation; projected onto the manifold, it grows with the drift from the first lag on."
      docs="measuring-drift"
      data={() => (
        <CourseTable
          caption={`Squared displacement of stimulus ${selectedProbe + 1} over steps (activation²)`}
          point={point}
          estimates={estimates}
          last={domain[1]}
          courses={[
            {
              name: 'raw, ',
              theory: (time) => squaredDisplacement[time][selectedProbe],
              simulation: (time) => courses?.squaredDisplacement[time]?.[selectedProbe],
            },
            {
              name: 'projected, ',
              theory: (time) => projectedSquaredDisplacement[time][selectedProbe],
              simulation: (time) => courses?.projectedSquaredDisplacement[time]?.[selectedProbe],
            },
          ]}
        />
      )}
    >
      <Chart
        title={`Mean squared displacement of stimulus ${selectedProbe + 1} over steps, raw and projected`}
        x={{ label: 'steps after burn-in', scale: 'log', domain }}
        y={{ label: 'squared displacement (activation²)', scale: 'log' }}
        legend={[
          { label: 'raw, theory', series: 1, mark: 'dashed' },
          { label: 'raw, simulation ± 2 s.e.', series: 1, mark: 'hollow' },
          { label: 'projected, theory', series: 0, mark: 'line' },
          { label: 'projected, simulation ± 2 s.e.', series: 0, mark: 'dot' },
        ]}
        lines={[
          {
            label: 'raw, theory',
            series: 1,
            dashed: true,
            points: predicted(point, domain, (time) => squaredDisplacement[time][selectedProbe]),
          },
          {
            label: 'projected, theory',
            series: 0,
            points: predicted(point, domain, (time) => projectedSquaredDisplacement[time][selectedProbe]),
          },
        ]}
        points={
          courses
            ? [
                seen('raw', 1, courses.squaredDisplacement, true),
                seen('projected', 0, courses.projectedSquaredDisplacement, false),
              ]
            : []
        }
      />
    </View>
  );
}

/** Steps until theory says that a stimulus has lost most of its correlation with itself: what is to come. */
function lossOfCorrelation({ steps, courses: { selfCorrelation } }: LabPoint): number {
  const lost = selfCorrelation.findIndex((row) => row.some((value) => value !== null && value < 0.2));
  return steps[lost < 0 ? steps.length - 1 : lost];
}

/** The steps that the chart of self-correlations shows. */
function correlationDomain(point: LabPoint, estimates: Estimates | null): [number, number] {
  const [from, to] = timeDomain(point, estimates);
  return [from, Math.max(to, lossOfCorrelation(point))];
}

/** More stimuli than that fill a chart, and its legend, with what nobody can tell apart. */
const MAX_TOGETHER = 12;

/** The second part of view e: every stimulus, or of many the selected one. */
export function CorrelationChart({ point, estimates, selectedProbe }: CourseProps): ComponentChildren {
  const domain = correlationDomain(point, estimates);
  const courses = estimates?.courses;
  const count = point.probes.length;
  const shown = count > MAX_TOGETHER ? [selectedProbe] : point.probes.map((_, k) => k);
  return (
    <div>
      <Chart
        title={`Self-correlation of ${count > MAX_TOGETHER ? `stimulus ${selectedProbe + 1}` : 'each stimulus'} over steps`}
        legend={stimuliLegend(shown)}
        x={{ label: 'steps after burn-in', scale: 'log', domain }}
        y={{ label: 'self-correlation', scale: 'linear', domain: [-0.1, 1.05] }}
        lines={shown.map((k) => ({
          label: `${k}`,
          series: k,
          points: predicted(point, domain, (time) => point.courses.selfCorrelation[time][k] ?? NaN),
        }))}
        points={
          courses
            ? shown.map((k) => ({
                label: `${k}`,
                series: k,
                points: over(
                  courses.steps,
                  courses.selfCorrelation.map((row) => row[k]),
                ),
              }))
            : []
        }
      />
      {count > MAX_TOGETHER && (
        <p class="key">One of {count} stimuli: the selected one. The table of the stimuli chooses another.</p>
      )}
    </div>
  );
}

/** The numbers of that part for the selected stimulus. */
export function CorrelationTable({ point, estimates, selectedProbe }: CourseProps): ComponentChildren {
  return (
    <CourseTable
      caption={`Self-correlation of stimulus ${selectedProbe + 1} over steps`}
      point={point}
      estimates={estimates}
      last={correlationDomain(point, estimates)[1]}
      courses={[
        {
          name: '',
          theory: (time) => point.courses.selfCorrelation[time][selectedProbe],
          simulation: (time) => estimates?.courses.selfCorrelation[time]?.[selectedProbe],
        },
      ]}
    />
  );
}
