import type { ComponentChildren } from 'preact';
import { count, format } from './format.js';
import type { Lab, LabState } from './lab.js';
import { paces } from './parameters.js';

/** Start, pause, step, reset, speed, and how far the simulation is. */
export function Transport({ lab, state }: { readonly lab: Lab; readonly state: LabState }): ComponentChildren {
  const { sight, pace } = state;
  const phase = sight?.phase ?? 'ready';
  const runs = phase === 'running' || phase === 'pausing';
  return (
    <div class="transport" role="group" aria-label="Simulation">
      <button
        type="button"
        class="main-button"
        disabled={!sight || phase === 'pausing' || phase === 'failed'}
        onClick={() => {
          if (runs) lab.pause();
          else lab.start();
        }}
      >
        {runs ? 'Pause' : 'Start'}
      </button>
      <button
        type="button"
        disabled={phase !== 'paused' && phase !== 'ready'}
        onClick={() => {
          lab.step();
        }}
      >
        Step
      </button>
      <button
        type="button"
        onClick={() => {
          lab.reset();
        }}
      >
        Reset
      </button>
      <label class="hidden" for="pace">
        Speed
      </label>
      <select
        id="pace"
        value={`${pace}`}
        onChange={(event) => {
          lab.pace = Number(event.currentTarget.value);
        }}
      >
        {[...paces].map(([value, name]) => (
          <option key={value} value={`${value}`}>
            {name}
          </option>
        ))}
      </select>
      <output class="status" data-phase={phase} data-samples={sight?.samples ?? 0} aria-live="off">
        {status(state)}
      </output>
    </div>
  );
}

function status({ sight, point }: LabState): string {
  if (!sight || !point) return 'no simulation';
  const { phase, samples, steps, burnIn, speed } = sight;
  if (phase === 'failed') return 'stopped';
  if (samples === 0 && (steps > 0 || phase === 'running')) {
    const part = `burning in, ${Math.floor((100 * steps) / Math.max(1, burnIn))}%`;
    return phase === 'running' ? part : `${part}, paused`;
  }
  if (phase === 'pausing') return 'pausing: all networks go on to the same sample';
  const made = `${count(Math.max(0, steps - burnIn))} steps in each of ${point.task.replicas.length} networks`;
  return phase === 'running' && speed ? `${made}, ${format(speed / 1e6)} million a second` : made;
}
