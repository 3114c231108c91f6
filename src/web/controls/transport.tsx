import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { count, format } from '../format.js';
import type { Lab } from '../lab/lab.js';
import { isPending, type LabState } from '../lab/state.js';
import type { Phase } from '../simulation/snapshot.js';
import { nearestPace, paces, paceText, stepsPerSecond } from '../stage/pace.js';
import type { StagePlayer } from '../stage/player.js';

interface TransportProps {
  readonly lab: Lab;
  readonly state: LabState;
  readonly player: StagePlayer;
}

/** Start, pause, step, reset, the time-lapse, and how far the simulation has come: always in sight, and always of the same size. */
export function Transport({ lab, state, player }: TransportProps): ComponentChildren {
  const { snapshot, view, point } = state;
  const phase = snapshot?.phase ?? 'ready';
  const isRunning = phase === 'running' || phase === 'pausing';
  // `aria-disabled` instead of `disabled`, which would take the focus away from keyboard users.
  const canToggle = snapshot !== null && phase !== 'pausing' && phase !== 'failed';
  const canStep = phase === 'paused' || phase === 'ready';
  const toggle = (): void => {
    if (!canToggle) return;
    if (isRunning) lab.pause();
    else lab.start();
  };
  const step = (): void => {
    if (canStep) lab.step();
  };
  useShortcuts({
    ' ': toggle,
    '.': step,
    r: () => {
      lab.reset();
    },
  });
  const pace = stepsPerSecond(view.pace, point);
  const nearest = Number.isFinite(pace) ? nearestPace(pace) : paces[paces.length - 1];
  return (
    <div class="transport" role="group" aria-label="Simulation">
      <button type="button" class="main-button" aria-disabled={!canToggle} aria-keyshortcuts="Space" onClick={toggle}>
        {isRunning ? 'Pause' : 'Start'}
      </button>
      <button type="button" aria-disabled={!canStep} aria-keyshortcuts="." onClick={step}>
        Step
      </button>
      <button
        type="button"
        aria-keyshortcuts="R"
        onClick={() => {
          lab.reset();
        }}
      >
        Reset
      </button>
      <div class="time-lapse">
        <label for="pace">Time-lapse</label>
        <input
          id="pace"
          type="range"
          min={0}
          max={paces.length - 1}
          value={paces.indexOf(nearest)}
          aria-valuetext={paceText(pace)}
          onInput={(event) => {
            lab.look({ pace: paces[Number(event.currentTarget.value)] });
          }}
        />
        <select
          aria-label="Clock"
          value={typeof view.pace === 'number' ? 'own' : view.pace}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            if (chosen === 'network' || chosen === 'auto') lab.look({ pace: chosen });
            else lab.look({ pace: nearest });
          }}
        >
          <option value="auto">codes turn in seconds</option>
          <option value="network">as fast as they learn</option>
          <option value="own">as the slider says</option>
        </select>
        <span class="unit">{paceText(pace)}</span>
      </div>
      <dl class="readings">
        <dt>passed</dt>
        <dd>{point ? `${format(player.clock, 3)} steps` : '–'}</dd>
        <dt>turned by</dt>
        <dd>{angleOf(player, Math.min(view.selectedProbe, player.count - 1))}</dd>
        <dt>{player.mover === 'process' ? 'shown' : 'speed'}</dt>
        <dd>{player.mover === 'process' ? 'effective process' : speedOf(state)}</dd>
      </dl>
      <output class="status" data-phase={phase} data-samples={snapshot?.samples ?? 0} aria-live="off">
        {status(state)}
      </output>
      <span class="hidden" role="status">
        {announcements[phase]}
      </span>
    </div>
  );
}

/** Keys that mean the same anywhere on the page, unless a control takes them. */
function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      // Of these keys buttons and links take the space alone.
      const takers = `input, select, textarea${key === ' ' ? ', button, summary, a, [role=tab]' : ''}`;
      if (target instanceof Element && target.closest(takers)) return;
      const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
    };
  });
}

function angleOf(player: StagePlayer, probe: number): string {
  const angle = player.angles.at(probe) ?? null;
  return angle === null ? '–' : `${Math.round((angle * 180) / Math.PI)}°`;
}

const speedOf = ({ snapshot }: LabState): string =>
  snapshot?.phase === 'running' && snapshot.speed ? `${format(snapshot.speed / 1e6, 3)} M steps/s` : '–';

/** Announced by screen readers when the phase changes: the numbers change too often to be read out. */
const announcements: Readonly<Record<Phase, string>> = {
  ready: '',
  running: 'simulating',
  pausing: '',
  paused: 'paused',
  failed: 'stopped',
};

function status(state: LabState): string {
  const { snapshot, point } = state;
  if (isPending(state)) return 'computing the prediction …';
  if (!snapshot || !point) return 'no simulation';
  const { phase, samples, steps, burnIn } = snapshot;
  if (phase === 'failed') return 'stopped';
  if (samples === 0 && (steps > 0 || phase === 'running')) {
    const progress = `burning in, ${Math.floor((100 * steps) / Math.max(1, burnIn))}%`;
    return phase === 'running' || phase === 'pausing' ? progress : `${progress}, paused`;
  }
  if (phase === 'pausing') return 'pausing once all networks reach the same sample';
  const done = `${count(Math.max(0, steps - burnIn))} steps in each of ${point.task.replicas.length} networks`;
  if (snapshot.resting) return `${done}, at rest while the page is hidden`;
  const rested = snapshot.rested >= 1000 ? `, rested ${count(Math.round(snapshot.rested / 1000))} s while hidden` : '';
  return `${done}${rested}`;
}
