import type { Estimate } from '#core';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { Chart } from '../chart/chart.js';
import { theoryAndSimulation } from '../chart/legend.js';
import { DIFFERENT } from '../chart/marks.js';
import { format, formatEstimate } from '../format.js';
import type { LabPoint } from '../prediction/messages.js';
import { View } from './view.js';

interface ProbesProps {
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  readonly selectedProbe: number;
  readonly follow: (probe: number) => void;
}

const quantities = [
  { key: 'diffusion', label: 'D (activation² per step)', name: 'Diffusion D' },
  { key: 'fluctuation', label: 'F (activation²)', name: 'Fluctuation F' },
] as const;

/** Half the length of the line that marks a prediction, in places of stimuli. */
const HALF = 0.32;

/** View d. */
export function ProbesView({ point, estimates, selectedProbe, follow }: ProbesProps): ComponentChildren {
  const { probes } = point;
  const names = probes.map((_, k) => `${k + 1}`);
  // What looks alike is drawn in one go, so that a thousand stimuli take no more of the page than some.
  const alike = Array.from({ length: Math.min(DIFFERENT, probes.length) }, (_, series) => ({
    label: `${series}`,
    series,
    stimuli: names.flatMap((__, k) => (k % DIFFERENT === series ? [k] : [])),
  }));
  return (
    <View
      id="probes"
      title="Drift and fluctuation of each stimulus"
      sentence="Each stimulus diffuses at its own rate D along the manifold and trembles by F around it. Points lie mostly above their lines because the theory is the leading order in the learning rate: they close in on them as it falls."
      docs="finite-learning-rate"
      wide
    >
      <div class="pair">
        {quantities.map(({ key, label, name }) => (
          <Chart
            key={key}
            title={`${name} of each stimulus`}
            height={220}
            legend={theoryAndSimulation}
            x={{ label: 'stimulus', scale: 'linear', domain: [-0.6, probes.length - 0.4], names }}
            y={{ label, scale: 'linear', domain: [0, 1.25 * largest(point, estimates, key)] }}
            lines={alike.map(({ stimuli, ...group }) => ({
              ...group,
              points: stimuli.flatMap((k): [number, number][] => [
                [k - HALF, probes[k][key]],
                [k + HALF, probes[k][key]],
                [NaN, NaN],
              ]),
            }))}
            points={
              estimates
                ? alike.map(({ stimuli, ...group }) => ({
                    ...group,
                    points: stimuli.map((k): [number, Estimate] => [k, estimates.probes[k][key]]),
                  }))
                : []
            }
          />
        ))}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of the stimuli">
        <table>
          <caption class="hidden">Theory and simulation for each stimulus, with standard errors</caption>
          <thead>
            <tr>
              <th scope="col">follow</th>
              <th scope="col">D theory</th>
              <th scope="col">D simulation</th>
              <th scope="col">F theory</th>
              <th scope="col">F simulation</th>
            </tr>
          </thead>
          <tbody>
            {probes.map((probe, k) => (
              <tr key={k} data-probe={k}>
                <th scope="row">
                  <label class={`series-${k % 7}`}>
                    <input
                      type="radio"
                      name="selected-probe"
                      checked={k === selectedProbe}
                      onChange={() => {
                        follow(k);
                      }}
                    />{' '}
                    <span class="name">stimulus {k + 1}</span>
                  </label>
                </th>
                <td>{format(probe.diffusion)}</td>
                <td>{measured(estimates?.probes[k].diffusion)}</td>
                <td>{format(probe.fluctuation)}</td>
                <td>{measured(estimates?.probes[k].fluctuation)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </View>
  );
}

const measured = (estimate: Estimate | undefined): string => (estimate ? formatEstimate(estimate) : '…');

/** The largest number to show; bars of estimates that are still wild may leave the picture. */
function largest(point: LabPoint, estimates: Estimates | null, key: 'diffusion' | 'fluctuation'): number {
  const predictions = Math.max(...point.probes.map((probe) => probe[key]));
  const seen = Math.max(0, ...(estimates?.probes.map((probe) => probe[key].value) ?? []));
  return Math.max(predictions, Math.min(seen, 3 * predictions)) || 1;
}
