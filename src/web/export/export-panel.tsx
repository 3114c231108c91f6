import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { commandLine } from '../lab/experiment-file.js';
import type { Lab } from '../lab/lab.js';
import type { LabState } from '../lab/store.js';
import { toHash } from '../lab/url-state.js';
import { isWide } from '../layout.js';
import { arraysOf } from './arrays.js';
import { probesTable } from './csv.js';
import { download } from './download.js';
import { npz } from './npz.js';

const NO_LINK =
  'Nothing copied: a link holds the parameters of the inputs in the list, and no file of yours. Copy the experiment file, and keep your data beside it.';
const NOT_REPEATED =
  'These networks went on from the weights that they had before a change; the file begins anew, so its numbers agree within their errors only. Reset gives numbers that it repeats.';

/** Copies and downloads of what the page shows. */
export function ExportPanel({ lab, state }: { readonly lab: Lab; readonly state: LabState }): ComponentChildren {
  const [copied, setCopied] = useState('');
  const { snapshot, userExperiment, parameters, continued, pending } = state;
  // While the theory of a change is computed, what is seen is not what is set.
  const point = pending ? null : state.point;
  const copy = (what: string, text: string): void => {
    // A page that came over plain HTTP has no clipboard.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const written = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => {
        setCopied(`${what} copied.${what !== 'link' && continued ? ` ${NOT_REPEATED}` : ''}`);
      },
      () => {
        setCopied(`The browser does not let the page copy; the ${what} is downloaded instead.`);
        download('lab.txt', text, 'text/plain');
      },
    );
  };
  const link = (): string => `${location.origin}${location.pathname}#${toHash(parameters, state)}`;
  return (
    <details class="panel" open={isWide}>
      <summary>
        <h2>Take with you</h2>
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
            if (userExperiment) setCopied(NO_LINK);
            else copy('link', link());
          }}
        >
          Copy link
        </button>
        <button
          type="button"
          disabled={!point || !snapshot?.estimates}
          onClick={() => {
            if (point && snapshot?.estimates) download('lab.csv', probesTable(point, snapshot.estimates), 'text/csv');
          }}
        >
          Download CSV
        </button>
        <button
          type="button"
          disabled={!point || !snapshot?.estimates}
          onClick={() => {
            if (!point || !snapshot?.estimates) return;
            download('lab.npz', npz(arraysOf(point, snapshot.estimates, snapshot)), 'application/zip');
          }}
        >
          Download NPZ
        </button>
        <p class="range" role="status">
          {copied}
        </p>
      </div>
    </details>
  );
}
