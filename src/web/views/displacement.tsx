import type { Estimate } from '#core';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { sameColour } from '../chart/marks.js';
import { marksLegend } from '../chart/place-legend.js';
import type { Line, Points } from '../chart/scales.js';
import type { LabPoint } from '../prediction/messages.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { ProbeName } from '../stimulus/stimulus.js';
import { predictedLine, simulatedPoints, timeDomain, withPinned, type TimeCourseProps } from './time-axis.js';
import { TimeCourseTable } from './time-course-table.js';
import { View } from './view.js';

/** The mean squared displacement of one probe over steps, raw and projected onto the manifold. */
export function DisplacementView({ point, pinned, estimates, selectedProbe }: TimeCourseProps): ComponentChildren {
  const name = useStimuli().names[selectedProbe];
  // Both are of one probe.
  const rawSeries = sameColour(selectedProbe);
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
  const theoryOf = (of: LabPoint): Line[] => [
    {
      label: 'raw',
      name: 'raw',
      series: rawSeries,
      dashed: true,
      ...predictedLine(of, domain, (course, index) => course.squaredDisplacement[index][selectedProbe]),
    },
    {
      label: 'projected',
      name: 'projected',
      series: selectedProbe,
      ...predictedLine(of, domain, (course, index) => course.projectedSquaredDisplacement[index][selectedProbe]),
    },
  ];
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
        x={{ label: 'steps after burn-in', scale: 'log', domain, kind: 'steps' }}
        y={{ label: 'squared displacement (activation²)', scale: 'log' }}
        legend={marksLegend(pinned !== null)}
        lines={withPinned(pinned, point, theoryOf)}
        points={
          courses
            ? [
                ofProbe('raw', rawSeries, courses.squaredDisplacement, true),
                ofProbe('projected', selectedProbe, courses.projectedSquaredDisplacement, false),
              ]
            : []
        }
      />
    </View>
  );
}
