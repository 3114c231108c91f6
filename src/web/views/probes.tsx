import type { Estimate } from '#core';
import { quantityLabel, quantityOf, shownQuantities, type QuantityName } from '#experiment';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { theoryWithError } from '../chart/legend.js';
import { DISTINCT_SERIES } from '../chart/marks.js';
import type { LabPoint } from '../prediction/messages.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { ProbeTable, type ProbesProps } from './probe-table.js';
import { View } from './view.js';

/** Half the length of the line that marks a prediction, where probes are 1 apart. */
const HALF_LENGTH = 0.32;

/** The quantities of every probe: charts, and a table. */
export function ProbesView(props: ProbesProps): ComponentChildren {
  const { point, estimates } = props;
  const { probes } = point;
  const { word, short: names, pictures } = useStimuli();
  // Probes that look alike share a path, so that a thousand of them cost the page no more than a few.
  const alike = Array.from({ length: Math.min(DISTINCT_SERIES, probes.length) }, (_, series) => ({
    label: `${series}`,
    series,
    indices: names.flatMap((__, k) => (k % DISTINCT_SERIES === series ? [k] : [])),
  }));
  return (
    <View
      id="probes"
      title="Drift and fluctuation of each probe"
      sentence="Each probe diffuses along the manifold at its own rate D, and fluctuates around it with variance F. D/|h|² compares probes of different length; t½ is how many steps take half of a probe's correlation with itself. The theory is leading order in the learning rate: points lie mostly above their lines, within the band of what it may put them off, and approach them as it falls."
      docs="finite-learning-rate"
      wide
    >
      <div class="pair">
        {shownQuantities('charts').map((key) => (
          <Chart
            key={key}
            title={`${quantityLabel(key)} of each probe`}
            height={220}
            legend={theoryWithError}
            x={{ label: word, scale: 'linear', domain: [-0.6, probes.length - 0.4], names, pictures }}
            y={{ label: quantityLabel(key), scale: 'linear', domain: [0, 1.25 * largest(point, estimates, key)] }}
            lines={alike.map(({ indices, ...group }) => ({
              ...group,
              errors: indices.flatMap((k) => {
                const { theory, learningRateError } = quantityOf(key);
                const error = (theory(probes[k]) ?? NaN) * learningRateError(probes[k].learningRateError);
                return [error, error, NaN];
              }),
              points: indices.flatMap((k): [number, number][] => {
                const value = quantityOf(key).theory(probes[k]) ?? NaN;
                return [
                  [k - HALF_LENGTH, value],
                  [k + HALF_LENGTH, value],
                  [NaN, NaN],
                ];
              }),
            }))}
            points={
              estimates
                ? alike.map(({ indices, ...group }) => ({
                    ...group,
                    points: indices.flatMap((k): [number, Estimate][] => {
                      const estimate = quantityOf(key).simulation(estimates.probes[k]);
                      return estimate ? [[k, estimate]] : [];
                    }),
                  }))
                : []
            }
          />
        ))}
      </div>
      <ProbeTable {...props} />
    </View>
  );
}

/** The largest value that the axis shows; early, noisy estimates may lie outside. */
function largest(point: LabPoint, estimates: Estimates | null, name: QuantityName): number {
  const { theory, simulation } = quantityOf(name);
  const predicted = Math.max(...point.probes.map((probe) => theory(probe) ?? 0));
  const simulated = Math.max(0, ...(estimates?.probes.map((probe) => simulation(probe)?.value ?? 0) ?? []));
  return Math.max(predicted, Math.min(simulated, 3 * predicted)) || 1;
}
