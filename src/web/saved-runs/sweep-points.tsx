import type { ComponentChildren } from 'preact';
import type { UserSweep } from '../lab/state.js';

interface SweepPointsProps {
  readonly sweep: UserSweep;
  /** Opens a point, from 0. */
  readonly open: (pointIndex: number) => void;
}

/** All points of a file of the user, and the choice of the one that is shown. */
export function SweepPoints({ sweep: { points, pointIndex, isProtocol }, open }: SweepPointsProps): ComponentChildren {
  return (
    <section class="panel field plain" aria-labelledby="sweep-title">
      <h2 id="sweep-title">{isProtocol ? 'Protocol' : 'Sweep'}</h2>
      <label for="sweep-point">{isProtocol ? 'Phase' : 'Point'}</label>
      <select
        id="sweep-point"
        value={`${pointIndex}`}
        onChange={(event) => {
          open(Number(event.currentTarget.value));
        }}
      >
        {points.map((sets, k) => (
          <option key={k} value={`${k}`}>
            {k + 1}: {isProtocol ? sets.replace(/^phase /, '') : sets}
          </option>
        ))}
      </select>
      {isProtocol && (
        <span class="range">
          The networks learn on from phase to phase, after a transient that counts in nothing. Reset starts them afresh
          in the phase that is shown.
        </span>
      )}
    </section>
  );
}
