import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { commandLine } from '../lab/experiment-file.js';
import type { Lab } from '../lab/lab.js';
import type { LabState } from '../lab/store.js';
import { toHash } from '../lab/url-state.js';
import { isWide } from '../layout.js';
import type { arraysOf } from './arrays.js';
import { csvOf } from './csv.js';
import { download } from './download.js';
import { rowsOfPage } from './rows.js';

const NO_LINK =
  'No link copied: a link holds parameters, but not your file. Copy the experiment file instead, and keep your data next to it.';
const NOT_REPRODUCED =
  'These networks continued from the weights that they had before a change. The file starts afresh, so its numbers agree only within their errors. Press Reset for numbers that it reproduces.';

/** Downloads all arrays; the code of archives is loaded for that. */
async function downloadArrays(...shown: Parameters<typeof arraysOf>): Promise<void> {
  const [{ arraysOf }, { npz }] = await Promise.all([import('./arrays.js'), import('./npz.js')]);
  download('lab.npz', npz(arraysOf(...shown)), 'application/zip');
}

/** Copies and downloads of what the page shows. */
export function ExportPanel({ lab, state }: { readonly lab: Lab; readonly state: LabState }): ComponentChildren {
  const [status, setStatus] = useState('');
  const { snapshot, userExperiment, parameters, continued, pending } = state;
  // While the prediction for a change is computed, what is shown does not match the parameters.
  const point = pending ? null : state.point;
  const copy = (what: string, text: string): void => {
    // There is no clipboard without HTTPS, except on this machine.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const written = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => {
        setStatus(`Copied the ${what}.${what !== 'link' && continued ? ` ${NOT_REPRODUCED}` : ''}`);
      },
      () => {
        setStatus(`The browser does not allow copying, so the ${what} was downloaded instead.`);
        download('lab.txt', text, 'text/plain');
      },
    );
  };
  const link = (): string => `${location.origin}${location.pathname}#${toHash(parameters, state)}`;
  return (
    <details class="panel" open={isWide}>
      <summary>
        <h2>Export</h2>
      </summary>
      <div class="export">
        <button
          type="button"
          disabled={!point}
          onClick={() => {
            copy('experiment file', lab.experimentFile());
          }}
        >
          Copy as experiment file
        </button>
        <button
          type="button"
          disabled={!point}
          onClick={() => {
            copy('command line', commandLine(lab.experimentFile()));
          }}
        >
          Copy as command line
        </button>
        <button
          type="button"
          disabled={!point}
          onClick={() => {
            if (userExperiment) setStatus(NO_LINK);
            else copy('link', link());
          }}
        >
          Copy link
        </button>
        <button
          type="button"
          disabled={!point || !snapshot?.estimates}
          onClick={() => {
            if (point && snapshot?.estimates)
              download('lab.csv', csvOf(rowsOfPage(point, snapshot.estimates)), 'text/csv');
          }}
        >
          Download CSV
        </button>
        <button
          type="button"
          disabled={!point || !snapshot?.estimates}
          onClick={() => {
            if (point && snapshot?.estimates) void downloadArrays(point, snapshot.estimates, snapshot);
          }}
        >
          Download NPZ
        </button>
        <p class="range" role="status">
          {status}
        </p>
      </div>
    </details>
  );
}
