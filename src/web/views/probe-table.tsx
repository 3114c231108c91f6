import { MISSING } from '#core';
import { quantityOf, shownQuantities, type QuantityName } from '#experiment';
import type { Estimates, ProbeEstimates } from '#measure';
import type { ProbePrediction } from '#theory';
import type { ComponentChildren } from 'preact';
import { cell } from '../chart/data-table.js';
import { setHover } from '../chart/readout/hover.js';
import { comparedHeads } from '../compared-heads.js';
import type { LabPoint } from '../prediction/messages.js';
import { ProbeName } from '../stimulus/stimulus.js';

export interface ProbesProps {
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  /** From 0. */
  readonly selectedProbe: number;
  readonly select: (probe: number) => void;
}

/** Theory and simulation of every probe, and the choice of the probe that views of one probe show. */
export function ProbeTable({ point, estimates, selectedProbe, select }: ProbesProps): ComponentChildren {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Table of the probes">
      <table>
        <caption class="hidden">Theory and simulation for each probe, with standard errors</caption>
        <thead>
          <tr>
            <th scope="col">select</th>
            {comparedHeads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {point.probes.map((probe, k) => (
            <tr
              key={k}
              data-probe={k}
              onPointerEnter={() => {
                setHover({ source: null, series: null, probe: k, kind: 'probe', at: k });
              }}
              onPointerLeave={() => {
                setHover(null);
              }}
            >
              <th scope="row">
                <label>
                  <input
                    type="radio"
                    name="selected-probe"
                    checked={k === selectedProbe}
                    onChange={() => {
                      select(k);
                    }}
                  />{' '}
                  <ProbeName probe={k} />
                </label>
              </th>
              {shownQuantities('tables').map((name) => (
                <ComparedCells key={name} name={name} probe={probe} measured={estimates?.probes[k] ?? null} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ComparedProps {
  readonly name: QuantityName;
  readonly probe: ProbePrediction;
  readonly measured: ProbeEstimates | null;
}

/** A quantity of a probe: its theory and, once there are estimates, its simulation. */
function ComparedCells({ name, probe, measured }: ComparedProps): ComponentChildren {
  const { theory, theoryError, simulation } = quantityOf(name);
  const value = theory(probe);
  return (
    <>
      <td>{cell(value === null ? null : { value, se: theoryError?.(probe) ?? 0 })}</td>
      <td class="estimate">{measured ? cell(simulation(measured)) : MISSING}</td>
    </>
  );
}
