import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { marksLegend } from '../chart/place-legend.js';
import type { Line } from '../chart/scales.js';
import type { LabPoint } from '../prediction/messages.js';
import { predictedLine, simulatedPoints, timeDomain, withPinned, type TimeCourseProps } from './time-axis.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { TimeCourseTable } from './time-course-table.js';

/** Below this a probe has lost most of its correlation with itself. */
const LOST = 0.2;

/** Steps until theory predicts that the first probe has lost its correlation, or the last step of the prediction. */
function decorrelationTime({ steps, courses: { selfCorrelation } }: LabPoint): number {
  const lost = selfCorrelation.findIndex((row) => row.some((value) => value !== null && value < LOST));
  return steps.at(lost) ?? NaN;
}

/** An axis that reaches far enough to show what is still to come, steps. */
function correlationDomain(point: LabPoint, estimates: Estimates | null): [number, number] {
  const [from, to] = timeDomain(point, estimates);
  return [from, Math.max(to, decorrelationTime(point))];
}

/** Probes that can be told apart in one chart and its legend, and those whose whole names it has room for. */
const MAX_TOGETHER = 12;
const MAX_NAMED = 6;

/** The self-correlation over steps of every probe, or of many the selected one. */
export function CorrelationChart({ point, pinned, estimates, selectedProbe }: TimeCourseProps): ComponentChildren {
  const { names, short } = useStimuli();
  const domain = correlationDomain(point, estimates);
  const courses = estimates?.courses;
  const count = point.probes.length;
  const shown = count > MAX_TOGETHER ? [selectedProbe] : point.probes.map((_, k) => k);
  const theoryOf = (of: LabPoint): Line[] =>
    shown.map((k) => ({
      label: `${k}`,
      name: (shown.length > MAX_NAMED ? short : names)[k],
      series: k,
      probe: k,
      ...predictedLine(of, domain, ({ selfCorrelation }, index) => selfCorrelation[index][k]),
    }));
  return (
    <div>
      <Chart
        title={`Self-correlation of ${count > MAX_TOGETHER ? names[selectedProbe] : 'each probe'} over steps`}
        legend={marksLegend(pinned !== null)}
        x={{ label: 'steps after burn-in', scale: 'log', domain, kind: 'steps' }}
        y={{ label: 'self-correlation', scale: 'linear', domain: [-0.1, 1.05] }}
        lines={withPinned(pinned, point, theoryOf)}
        points={
          courses
            ? shown.map((k) => ({
                label: `${k}`,
                series: k,
                probe: k,
                points: simulatedPoints(
                  courses.steps,
                  courses.selfCorrelation.map((row) => row[k]),
                ),
              }))
            : []
        }
      />
      {count > MAX_TOGETHER && (
        <p class="key">The selected one of {count} probes; the table of the probes selects another.</p>
      )}
    </div>
  );
}

/** The numbers of that chart for the selected probe. */
export function CorrelationTable({
  point,
  estimates,
  selectedProbe,
}: Omit<TimeCourseProps, 'pinned'>): ComponentChildren {
  const { names } = useStimuli();
  return (
    <TimeCourseTable
      caption={`Self-correlation of ${names[selectedProbe]} over steps`}
      point={point}
      estimates={estimates}
      last={correlationDomain(point, estimates)[1]}
      courses={[
        {
          name: '',
          theory: (index) => point.courses.selfCorrelation[index][selectedProbe],
          simulation: (index) => estimates?.courses.selfCorrelation[index]?.[selectedProbe],
        },
      ]}
    />
  );
}
