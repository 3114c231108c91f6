import type { Estimate } from '#core';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { learningRateBand } from '../chart/legend.js';
import type { Points } from '../chart/scales.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { ProbeName } from '../stimulus/stimulus.js';
import { predictedLine, simulatedPoints, timeDomain, type TimeCourseProps } from './time-axis.js';
import { TimeCourseTable } from './time-course-table.js';
import { View } from './view.js';

/** The mean squared displacement of one probe over steps, raw and projected onto the manifold. */
export function DisplacementView({ point, estimates, selectedProbe }: TimeCourseProps): ComponentChildren {
  const name = useStimuli().names[selectedProbe];
  const domain = timeDomain(point, estimates);
  const { squaredDisplacement, projectedSquaredDisplacement } = point.courses;
  const courses = estimates?.courses;
  const ofProbe = (
    label: string,
    series: number,
    table: readonly (readonly Estimate[])[],
    hollow: boolean,
  ): Points => ({
    label,
    series,
    hollow,
    points: simulatedPoints(
      courses?.steps ?? [],
      table.map((row) => row[selectedProbe]),
    ),
  });
  return (
    <View
      id="displacement"
      title={`Mean squared displacement of ${name}`}
      heading={
        <>
          Mean squared displacement of <ProbeName probe={selectedProbe} />
        </>
      }
      sentence="Raw displacement starts on the plateau of the fluctuation, 2F. Projected onto the manifold, it grows with the drift from the first lag on."
      docs="measuring-drift"
      data={() => (
        <TimeCourseTable
          caption={`Squared displacement of ${name} over steps (activation²)`}
          point={point}
          estimates={estimates}
          last={domain[1]}
          courses={[
            {
              name: 'raw, ',
              theory: (index) => squaredDisplacement[index][selectedProbe],
              simulation: (index) => courses?.squaredDisplacement[index]?.[selectedProbe],
            },
            {
              name: 'projected, ',
              theory: (index) => projectedSquaredDisplacement[index][selectedProbe],
              simulation: (index) => courses?.projectedSquaredDisplacement[index]?.[selectedProbe],
            },
          ]}
        />
      )}
    >
      <Chart
        title={`Mean squared displacement of ${name} over steps, raw and projected`}
        x={{ label: 'steps after burn-in', scale: 'log', domain }}
        y={{ label: 'squared displacement (activation²)', scale: 'log' }}
        legend={[
          { label: 'raw, theory', series: 1, mark: 'dashed' },
          { label: 'raw, simulation ± 2 s.e.', series: 1, mark: 'hollow' },
          { label: 'projected, theory', series: 0, mark: 'line' },
          { label: 'projected, simulation ± 2 s.e.', series: 0, mark: 'dot' },
          learningRateBand,
        ]}
        lines={[
          {
            label: 'raw, theory',
            series: 1,
            dashed: true,
            ...predictedLine(point, domain, (course, index) => course.squaredDisplacement[index][selectedProbe]),
          },
          {
            label: 'projected, theory',
            series: 0,
            ...predictedLine(
              point,
              domain,
              (course, index) => course.projectedSquaredDisplacement[index][selectedProbe],
            ),
          },
        ]}
        points={
          courses
            ? [
                ofProbe('raw', 1, courses.squaredDisplacement, true),
                ofProbe('projected', 0, courses.projectedSquaredDisplacement, false),
              ]
            : []
        }
      />
    </View>
  );
}
