import type { Estimate } from '#core';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { stimuliLegend } from '../chart/legend.js';
import { View } from './view.js';

/** D/|h|^2 of every stimulus over the frequency of the first: the theory, and what was simulated on the way. */
export interface FrequencyCurve {
  readonly frequencies: readonly number[];
  /** [frequency][probe], rad^2 per step; empty where the theory makes no prediction. */
  readonly rates: readonly (readonly number[])[];
}

interface FrequencyProps {
  readonly curve: FrequencyCurve | null;
  /** Simulated so far: frequency -> D/|h|^2 of each probe. */
  readonly seen: ReadonlyMap<number, readonly Estimate[]>;
  readonly applies: boolean;
  readonly choose: () => void;
}

/** View f. */
export function FrequencyView({ curve, seen, applies, choose }: FrequencyProps): ComponentChildren {
  const probes = Math.max(0, ...(curve?.rates ?? []).map(({ length }) => length));
  return (
    <View
      id="frequency"
      title="Drift rate against frequency"
      sentence="Move f: a stimulus that is presented more often turns more slowly than the others."
      docs="claims-map"
    >
      {applies ? (
        <>
          <Chart
            title="Drift rate of each stimulus against the frequency of stimulus 1"
            x={{ label: 'frequency f of stimulus 1', scale: 'linear', domain: [0, 0.92] }}
            y={{ label: 'D/|h|² (rad² per step)', scale: 'log' }}
            legend={stimuliLegend(probes)}
            lines={Array.from({ length: probes }, (_, k) => ({
              label: `${k}`,
              series: k,
              points: (curve?.frequencies ?? []).map((f, i): [number, number] => [f, curve?.rates[i].at(k) ?? NaN]),
            }))}
            points={Array.from({ length: probes }, (_, k) => ({
              label: `${k}`,
              series: k,
              points: [...seen].map(([f, rates]): [number, Estimate] => [f, rates[k]]),
            }))}
          />
        </>
      ) : (
        <p class="empty">
          This needs an input with a frequency.{' '}
          <button type="button" onClick={choose}>
            Take stimulus and background
          </button>
        </p>
      )}
    </View>
  );
}
