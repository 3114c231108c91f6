import type { Estimate } from '#core';
import { quantities } from '#experiment';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { cell, DataTable } from '../chart/data-table.js';
import { marksLegend } from '../chart/place-legend.js';
import { pinnedLines, type Line } from '../chart/scales.js';
import type { FrequencyCurve } from '../lab/state.js';
import type { Pinned } from './pin.js';
import { useStimuli } from '../stimulus/stimuli.js';
import { View } from './view.js';

const { symbol, unit } = quantities.relativeDiffusion;

interface FrequencyProps {
  readonly curve: FrequencyCurve | null;
  readonly pinned: Pinned | null;
  /** Simulated rates: frequency -> D/|h|^2 of each probe. */
  readonly simulatedRates: ReadonlyMap<number, readonly (Estimate | null)[]>;
  /** Whether the input has a frequency. */
  readonly available: boolean;
  readonly choose: () => void;
}

/** D/|h|^2 of every probe over the frequency of the first. */
export function FrequencyView(props: FrequencyProps): ComponentChildren {
  const { curve, pinned, simulatedRates, available, choose } = props;
  const { names } = useStimuli();
  const frequent = names.at(0) ?? '';
  const probes = names.map((_, k) => k);
  const linesOf = (of: FrequencyCurve | null): Line[] =>
    probes.map((k) => ({
      label: `${k}`,
      name: names[k],
      series: k,
      probe: k,
      points: (of?.frequencies ?? []).map((f, i): [number, number] => [f, of?.rates[i].at(k) ?? NaN]),
    }));
  return (
    <View
      id="frequency"
      wide={!available}
      title="Drift rate against frequency"
      sentence="Move f: the more often a probe is presented, the more slowly it drifts, up to an f of about 0.2 and while label noise is small (σ² below about 4γ²). For larger f or σ² this need not hold."
      docs="claims-map"
      empty={!available}
      data={() => <RatesTable curve={curve} simulatedRates={simulatedRates} probes={probes} />}
    >
      {available ? (
        <>
          <Chart
            title={`Drift rate of each probe against the frequency of the ${frequent}`}
            x={{ label: `frequency f of the ${frequent}`, scale: 'linear', domain: [0, 0.92], kind: 'frequency' }}
            y={{ label: `${symbol} (${unit})`, scale: 'log' }}
            legend={marksLegend(pinned !== null, false)}
            lines={[...linesOf(curve), ...(pinned ? pinnedLines(linesOf(pinned.curve)) : [])]}
            points={probes.map((k) => ({
              label: `${k}`,
              series: k,
              probe: k,
              points: [...simulatedRates].flatMap(([f, measured]): [number, Estimate][] => {
                const rate = measured[k];
                return rate ? [[f, rate]] : [];
              }),
            }))}
          />
          <p class="key">
            A line ends where weight decay suppresses the representation of its stimulus. All have a gap where a mode is
            just at that threshold, where the theory makes no prediction.
          </p>
        </>
      ) : (
        <p class="empty">
          This view needs an input with a frequency.{' '}
          <button type="button" onClick={choose}>
            Use stimulus and background
          </button>
        </p>
      )}
    </View>
  );
}

interface RatesTableProps extends Pick<FrequencyProps, 'curve' | 'simulatedRates'> {
  readonly probes: readonly number[];
}

/** The numbers of the picture, at the frequencies of the line and those simulated. */
function RatesTable({ curve, simulatedRates, probes }: RatesTableProps): ComponentChildren {
  const predicted = new Map(curve?.frequencies.map((f, i) => [keyOf(f), curve.rates[i]]));
  const simulated = new Map([...simulatedRates].map(([f, rates]) => [keyOf(f), rates]));
  const frequencies = [...new Set([...predicted.keys(), ...simulated.keys()])].sort();
  return (
    <DataTable
      caption="D/|h|² of each probe (rad² per step)"
      columns={[
        { label: 'f', cells: frequencies },
        ...probes.flatMap((k) => [
          { label: `${k + 1}, theory`, cells: frequencies.map((f) => cell(predicted.get(f)?.[k])) },
          { label: `${k + 1}, simulation ± s.e.`, cells: frequencies.map((f) => cell(simulated.get(f)?.[k])) },
        ]),
      ]}
    />
  );
}

/** A frequency as the key by which theory and simulation are matched and sorted. */
const keyOf = (f: number): string => f.toFixed(3);
