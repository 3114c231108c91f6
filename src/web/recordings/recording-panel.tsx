import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { DeclarationForm } from './declaration-form.js';
import { forgetRecording, type KeptRecording } from './kept.js';
import type { NamedFile } from './messages.js';
import { ReportView } from './report-view.js';
import { useAnalysis } from './use-analysis.js';

export interface PanelProps {
  readonly lab: Lab;
  /** Those that were dropped; none where the user has yet to choose. */
  readonly files: readonly NamedFile[];
  /** What was opened before a reload; null where it is new. */
  readonly kept: KeptRecording | null;
  readonly fail: (error: unknown) => void;
  readonly close: () => void;
}

const ACCEPTED = '.npy,.npz,.csv,.tsv,.parquet,.mat,.h5,.hdf5,.nwb,.nc,.zip';

/** A recording of the user: what it is, and the report of its analysis. Takes the focus when it appears, but not after a reload. */
export function RecordingPanel({ lab, files, kept: before, fail, close }: PanelProps): ComponentChildren {
  const heading = useRef<HTMLHeadingElement>(null);
  const { opened, step, shown, status, kept, choose, restore, analyse, cancel } = useAnalysis(lab, fail);
  useEffect(() => {
    if (before) {
      restore(before);
      return;
    }
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('section')?.scrollIntoView();
    if (files.length > 0) choose(files);
  }, [files, before]);
  return (
    <section class="view run recording" aria-labelledby="recording-title">
      <header>
        <h2 id="recording-title" tabIndex={-1} ref={heading}>
          Recording
        </h2>
        <button
          type="button"
          onClick={() => {
            void forgetRecording();
            close();
          }}
        >
          Close
        </button>
      </header>
      <div class="field plain">
        <label for="recording-files">Files of recordings</label>
        <input
          id="recording-files"
          type="file"
          multiple
          accept={ACCEPTED}
          aria-describedby="recording-files-hint"
          onChange={(event) => {
            const chosen = Array.from(event.currentTarget.files ?? [], (file) => ({ path: file.name, file }));
            event.currentTarget.value = '';
            if (chosen.length > 0) choose(chosen);
          }}
        />
        <span class="range" id="recording-files-hint">
          One for each animal, or one for each session of one animal (.npy, .npz, .csv, .parquet, .mat, .h5, .nwb,
          .zarr.zip). They stay on this machine. You can also drop them anywhere on the page.
        </span>
      </div>
      {kept && <p class="range">{kept}</p>}
      {opened && (
        <DeclarationForm
          key={opened.number}
          contents={opened.contents}
          declared={opened.declared}
          hasReport={shown !== null || step !== null}
          analyse={analyse}
        />
      )}
      {step && (
        <div class="running">
          <progress aria-label="Progress of the analysis" value={step.done} max={step.all} />
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        </div>
      )}
      <p class="range" role="status">
        {step ? `${step.text} …` : status}
      </p>
      {shown && <ReportView shown={shown} fail={fail} />}
    </section>
  );
}
