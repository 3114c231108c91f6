import { formatExact } from '#core';
import type { ComponentChildren } from 'preact';
import type { FrequencyCurve } from '../lab/state.js';
import type { LabPoint } from '../prediction/messages.js';

/** The theory that stays in the charts while parameters change. */
export interface Pinned {
  readonly point: LabPoint;
  readonly curve: FrequencyCurve | null;
}

interface PinBarProps {
  readonly pinned: Pinned | null;
  readonly point: LabPoint;
  readonly pin: () => void;
  readonly unpin: () => void;
}

/** The buttons that keep the present lines of the theory as faint ones, and what has changed since. */
export function PinBar({ pinned, point, pin, unpin }: PinBarProps): ComponentChildren {
  return (
    <div class="pin" role="group" aria-label="Pinned theory">
      <button type="button" onClick={pin}>
        Pin
      </button>
      {/* Not taken away, so that it keeps the focus. */}
      <button
        type="button"
        aria-disabled={pinned === null}
        onClick={() => {
          if (pinned) unpin();
        }}
      >
        Unpin
      </button>
      <p class="key">
        {pinned
          ? `Faint lines: ${changes(pinned.point, point) || 'the theory for the present parameters'}`
          : 'Pin keeps the present theory as faint lines while you change parameters.'}
      </p>
    </div>
  );
}

/** The parameters that differ, as they were and as they are. */
function changes(before: LabPoint, now: LabPoint): string {
  const keys = [...new Set([...Object.keys(before.parameters), ...Object.keys(now.parameters)])];
  const texts = keys.flatMap((key) => {
    const [old, present] = [before, now].map(({ parameters }) => textOf(parameters[key]));
    return old === present ? [] : [`${key} ${old}, now ${present}`];
  });
  return [...(before.name === now.name ? [] : [`${before.name}, now ${now.name}`]), ...texts].join('; ');
}

const textOf = (value: unknown): string =>
  value === undefined ? 'none' : typeof value === 'number' ? formatExact(value, 'typeset') : JSON.stringify(value);
