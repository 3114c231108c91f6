import type { ComponentChildren } from 'preact';
import { count, format } from '../format.js';
import type { Lab } from '../lab/lab.js';
import type { LabState } from '../lab/store.js';
import { maxSampleRates } from '../lab/url-state.js';
import type { Phase } from '../simulation/snapshot.js';

/** Start, pause, step, reset, speed, and the progress of the simulation. */
export function Transport({ lab, state }: { readonly lab: Lab; readonly state: LabState }): ComponentChildren {
  const { snapshot, maxSampleRate } = state;
  const phase = snapshot?.phase ?? 'ready';
  const isRunning = phase === 'running' || phase === 'pausing';
  // `aria-disabled` instead of `disabled`, which would take the focus away from keyboard users.
  const canToggle = snapshot !== null && phase !== 'pausing' && phase !== 'failed';
  const canStep = phase === 'paused' || phase === 'ready';
  return (
    <div class="transport" role="group" aria-label="Simulation">
      <button
        type="button"
        class="main-button"
        aria-disabled={!canToggle}
        onClick={() => {
          if (!canToggle) return;
          if (isRunning) lab.pause();
          else lab.start();
        }}
      >
        {isRunning ? 'Pause' : 'Start'}
      </button>
      <button
        type="button"
        aria-disabled={!canStep}
        onClick={() => {
          if (canStep) lab.step();
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
        value={`${maxSampleRate}`}
        onChange={(event) => {
          lab.maxSampleRate = Number(event.currentTarget.value);
        }}
      >
        {[...maxSampleRates].map(([value, name]) => (
          <option key={value} value={`${value}`}>
            {name}
          </option>
        ))}
      </select>
      <output class="status" data-phase={phase} data-samples={snapshot?.samples ?? 0} aria-live="off">
        {status(state)}
      </output>
      <span class="hidden" role="status">
        {announcements[phase]}
      </span>
    </div>
  );
}

/** Announced by screen readers when the phase changes: the numbers change too often to be read out. */
const announcements: Readonly<Record<Phase, string>> = {
  ready: '',
  running: 'simulating',
  pausing: '',
  paused: 'paused',
  failed: 'stopped',
};

function status({ snapshot, point, pending }: LabState): string {
  if (pending) return 'computing the prediction …';
  if (!snapshot || !point) return 'no simulation';
  const { phase, samples, steps, burnIn, speed } = snapshot;
  if (phase === 'failed') return 'stopped';
  if (samples === 0 && (steps > 0 || phase === 'running')) {
    const progress = `burning in, ${Math.floor((100 * steps) / Math.max(1, burnIn))}%`;
    return phase === 'running' || phase === 'pausing' ? progress : `${progress}, paused`;
  }
  if (phase === 'pausing') return 'pausing once all networks reach the same sample';
  const done = `${count(Math.max(0, steps - burnIn))} steps in each of ${point.task.replicas.length} networks`;
  if (snapshot.resting) return `${done}, at rest while the page is hidden`;
  const rested = snapshot.rested >= 1000 ? `, rested ${count(Math.round(snapshot.rested / 1000))} s while hidden` : '';
  const rate = phase === 'running' && speed ? `, ${format(speed / 1e6)} million steps per second in total` : '';
  return `${done}${rate}${rested}`;
}
