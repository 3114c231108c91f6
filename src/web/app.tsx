import { formatCounted } from '#core';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ParameterPanel } from './controls/parameter-panel.js';
import { Transport } from './controls/transport.js';
import { ExportPanel } from './export/export-panel.js';
import { count } from './format.js';
import { Lab } from './lab/lab.js';
import { initialState } from './lab/store.js';
import { useRecordings } from './recordings/use-recordings.js';
import { useRuns } from './saved-runs/use-runs.js';
import { Tour } from './tour/tour.js';
import { Views } from './views/views.js';

/** The page. */
export function App({ hash }: { readonly hash: string }): ComponentChildren {
  const [state, setState] = useState(initialState);
  const [lab] = useState(() => new Lab(setState));
  useEffect(() => {
    void lab.open(hash, !matchMedia('(prefers-reduced-motion: reduce)').matches);
  }, [lab]);
  const recordings = useRecordings(lab);
  const runs = useRuns(lab);
  const { point, pending, message, progress, note } = state;
  return (
    <>
      <header class="top">
        <div>
          <h1>Meander</h1>
          <p>A network that never stops learning, and a theory that predicts how it drifts.</p>
        </div>
        <Transport lab={lab} state={state} />
        <Tour lab={lab} />
      </header>
      {message && (
        <p class="message" role="alert">
          {message}{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              lab.setMessage(null);
            }}
          >
            Close
          </button>
        </p>
      )}
      {pending && progress && (
        <p class="message note" role="status">
          {progress}{' '}
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
          {note}
        </p>
      )}
      <div class="columns">
        <aside aria-label="Parameters">
          <ParameterPanel lab={lab} state={state} />
          <ExportPanel lab={lab} state={state} />
          {recordings.button}
          {runs.list}
        </aside>
        <main aria-busy={pending}>
          {recordings.opened}
          {point ? (
            <>
              <p class="summary">
                {point.name}: {formatCounted(point.singularValues.length, 'learned mode')}, relaxation time{' '}
                {count(point.relaxationTime)} steps, a sample every {count(point.task.measurement.lag)} steps
              </p>
              <Views lab={lab} state={state} point={point} />
            </>
          ) : (
            <p class="summary" role="status">
              {message ? 'No prediction for these parameters.' : 'Computing the prediction …'}
            </p>
          )}
          {runs.opened}
        </main>
      </div>
    </>
  );
}
