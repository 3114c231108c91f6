import type { ComponentChildren } from 'preact';
import type { Lab } from '../lab/lab.js';
import type { LabState } from '../lab/state.js';

/** Errors, what a long prediction takes, and remarks: below the transport, which is always in sight. */
export function Messages({ lab, state }: { readonly lab: Lab; readonly state: LabState }): ComponentChildren {
  const { message, note, query } = state;
  return (
    <div class="messages">
      {message && (
        <p class="message" role="alert">
          {message}{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              lab.closeMessage();
            }}
          >
            Close
          </button>
        </p>
      )}
      {query.kind === 'pending' && query.text && (
        <p class="message note" role="status">
          {query.text}{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              lab.cancelPrediction();
            }}
          >
            Cancel
          </button>
        </p>
      )}
      {note && (
        <p class="message note" role="status">
          {note}{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              lab.closeNote();
            }}
          >
            Close
          </button>
        </p>
      )}
    </div>
  );
}
