import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { presetDataUrls } from '../lab/import.js';
import type { Lab } from '../lab/lab.js';
import { experimentOf, isPending, type LabState } from '../lab/state.js';
import { isWide } from '../layout.js';
import type { arraysOf } from './arrays.js';
import { commandLine, programOf } from './command-line.js';
import { csvOf } from './csv.js';
import { download } from './download.js';
import { fileName } from './names.js';
import { linkOf, provenanceOf } from './provenance.js';
import { rowsFrom, rowsOfPage } from './rows.js';

declare const MEANDER_VERSION: string;

const OWN_FILE =
  ' It opens your file in this browser, which keeps it; for others, copy the experiment file and pass your data on with it.';
const NOT_REPRODUCED =
  'These networks continued from the weights that they had before a change. The file starts afresh, so its numbers agree only within their errors. Press Reset for numbers that it reproduces.';

/** Downloads all arrays; the code of archives is loaded for that. */
async function downloadArrays(name: string, ...shown: Parameters<typeof arraysOf>): Promise<void> {
  const [{ arraysOf }, { npz }] = await Promise.all([import('./arrays.js'), import('./npz.js')]);
  download(`${name}.npz`, npz(arraysOf(...shown)), 'application/zip');
}

/** Copies and downloads of what the page shows. */
export function ExportPanel({ lab, state }: { readonly lab: Lab; readonly state: LabState }): ComponentChildren {
  const [status, setStatus] = useState('');
  const { snapshot, userExperiment, parameters, continued } = state;
  // While the prediction for a change is computed, what is shown does not match the parameters.
  const point = isPending(state) ? null : state.point;
  const name = point ? fileName(point.name, point.task.seed) : 'lab';
  const copy = (what: string, text: string): void => {
    // There is no clipboard without HTTPS, except on this machine.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const written = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => {
        setStatus(`Copied the ${what}.${what === 'link' ? linked : continued ? ` ${NOT_REPRODUCED}` : ''}`);
      },
      () => {
        setStatus(`The browser does not allow copying, so the ${what} was downloaded instead.`);
        download(`${name}.txt`, text, 'text/plain');
      },
    );
  };
  const linked = userExperiment ? OWN_FILE : '';
  const command = (): string =>
    commandLine({
      experiment: experimentOf(state),
      text: lab.experimentFile(),
      file: `${name}.yaml`,
      program: programOf(document, MEANDER_VERSION),
      downloads: userExperiment ? {} : presetDataUrls(parameters.preset),
    });
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
            copy('command line', command());
          }}
        >
          Copy as command line
        </button>
        <button
          type="button"
          disabled={!point}
          onClick={() => {
            copy('link', linkOf(lab));
          }}
        >
          Copy link
        </button>
        <button
          type="button"
          disabled={!point || !snapshot?.estimates}
          onClick={() => {
            const from = provenanceOf(lab);
            if (point && snapshot?.estimates && from)
              download(`${name}.csv`, csvOf(rowsFrom(rowsOfPage(point, snapshot.estimates), from)), 'text/csv');
          }}
        >
          Download CSV
        </button>
        <button
          type="button"
          disabled={!point || !snapshot?.estimates}
          onClick={() => {
            const from = provenanceOf(lab);
            if (point && snapshot?.estimates && from)
              void downloadArrays(name, point, snapshot.estimates, snapshot, from);
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
