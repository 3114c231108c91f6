import type { Estimate } from '#core';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { seriesClass } from '../chart/marks.js';
import { format, formatEstimate } from '../format.js';
import type { LabPoint } from '../prediction/messages.js';

export interface ProbesProps {
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  /** From 0. */
  readonly selectedProbe: number;
  readonly select: (probe: number) => void;
}

/** D and F of every probe, and the choice of the probe that views of one probe show. */
export function ProbeTable({ point, estimates, selectedProbe, select }: ProbesProps): ComponentChildren {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of the probes">
      <table>
        <caption class="hidden">Theory and simulation for each probe, with standard errors</caption>
        <thead>
          <tr>
            <th scope="col">select</th>
            <th scope="col">D theory</th>
            <th scope="col">D simulation</th>
            <th scope="col">F theory</th>
            <th scope="col">F simulation</th>
          </tr>
        </thead>
        <tbody>
          {point.probes.map((probe, k) => (
            <tr key={k} data-probe={k}>
              <th scope="row">
                <label class={seriesClass(k)}>
                  <input
                    type="radio"
                    name="selected-probe"
                    checked={k === selectedProbe}
                    onChange={() => {
                      select(k);
                    }}
                  />{' '}
                  <span class="name">probe {k + 1}</span>
                </label>
              </th>
              <td>{format(probe.diffusion)}</td>
              <td>{simulated(estimates?.probes[k].diffusion)}</td>
              <td>{format(probe.fluctuation)}</td>
              <td>{simulated(estimates?.probes[k].fluctuation)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const simulated = (estimate: Estimate | undefined): string => (estimate ? formatEstimate(estimate) : '…');
