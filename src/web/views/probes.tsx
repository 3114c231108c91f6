import type { Estimate } from '#core';
import { quantityLabel, quantityOf, shownQuantities, type QuantityName } from '#experiment';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { marksLegend } from '../chart/place-legend.js';
import { DISTINCT_SERIES } from '../chart/marks.js';
import { pinnedLines, type Line } from '../chart/scales.js';
import { format } from '../format.js';
import type { LabPoint } from '../prediction/messages.js';
import { useStimuli } from '../stimulus/stimuli.js';
import type { Pinned } from './pin.js';
import { ProbeTable, type ProbesProps } from './probe-table.js';
import { View } from './view.js';

/** Half the length of the line that marks a prediction, where probes are 1 apart. */
const HALF_LENGTH = 0.32;

interface ProbesViewProps extends ProbesProps {
  readonly pinned: Pinned | null;
}

/** The quantities of every probe: charts, and a table. */
export function ProbesView({ pinned, ...props }: ProbesViewProps): ComponentChildren {
  const { point, estimates } = props;
  const { probes } = point;
  const { word, short: names, pictures } = useStimuli();
  const alike = alikeOf(probes.length);
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
            legend={marksLegend(pinned !== null)}
            pictures={pictures}
            x={{ label: word, scale: 'linear', domain: [-0.6, probes.length - 0.4], names, kind: 'probe' }}
            y={{
              label: quantityLabel(key),
              scale: 'linear',
              domain: [0, 1.25 * largest(point, pinned, estimates, key)],
            }}
            lines={[...linesOf(point, key), ...(pinned ? pinnedLines(linesOf(pinned.point, key)) : [])]}
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
      <Sources point={point} />
    </View>
  );
}

/** Probes that look alike: they share a path, so that a thousand of them cost the page no more than a few. */
const alikeOf = (count: number): { label: string; series: number; probe?: number; indices: number[] }[] =>
  Array.from({ length: Math.min(DISTINCT_SERIES, count) }, (_, series) => ({
    label: `${series}`,
    series,
    ...(count > DISTINCT_SERIES ? {} : { probe: series }),
    indices: Array.from(
      { length: Math.ceil((count - series) / DISTINCT_SERIES) },
      (__, k) => series + k * DISTINCT_SERIES,
    ),
  }));

/** A short line for each probe, with its band. */
function linesOf({ probes }: LabPoint, name: QuantityName): Line[] {
  const { theory, theoryError, learningRateError } = quantityOf(name);
  return alikeOf(probes.length).map(({ indices, ...group }) => {
    const [values, errors, standardErrors] = [
      indices.map((k) => theory(probes[k]) ?? NaN),
      indices.map((k) => (theory(probes[k]) ?? NaN) * learningRateError(probes[k].learningRateError)),
      indices.map((k) => theoryError?.(probes[k]) ?? 0),
    ];
    const ends = (numbers: readonly number[]): number[] => numbers.flatMap((value) => [value, value, value, NaN]);
    return {
      ...group,
      points: indices.flatMap((k, i): [number, number][] => [
        [k - HALF_LENGTH, values[i]],
        [k, values[i]],
        [k + HALF_LENGTH, values[i]],
        [NaN, NaN],
      ]),
      errors: ends(errors),
      standardErrors: ends(standardErrors),
    };
  });
}

/** Which noise makes D, where there is more than one. */
function Sources({ point: { probes } }: { readonly point: LabPoint }): ComponentChildren {
  const shares = probes.flatMap(({ diffusion, sources }) => (diffusion > 0 ? [sources.synaptic / diffusion] : []));
  const [least, most] = [Math.min(...shares), Math.max(...shares)].map((share) => `${format(100 * share, 2)}%`);
  if (!shares.some((share) => share > 0)) return null;
  return (
    <p class="numbers">
      In theory synaptic noise makes {least === most ? least : `${least} to ${most}`} of D, the noise of learning from
      samples the rest.
    </p>
  );
}

/** The largest value that the axis shows; estimates may lie outside, as early, noisy ones do. */
function largest(point: LabPoint, pinned: Pinned | null, estimates: Estimates | null, name: QuantityName): number {
  const { theory, simulation } = quantityOf(name);
  const largestOf = ({ probes }: LabPoint): number => Math.max(...probes.map((probe) => theory(probe) ?? 0));
  const predicted = Math.max(largestOf(point), pinned ? largestOf(pinned.point) : 0);
  const simulated = Math.max(0, ...(estimates?.probes.map((probe) => simulation(probe)?.value ?? 0) ?? []));
  return Math.max(predicted, Math.min(simulated, 3 * predicted)) || 1;
}
