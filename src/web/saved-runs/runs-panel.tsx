import type { ServedRun, ServedRuns } from '#core';
import type { ComponentChildren, RefObject } from 'preact';
import { nameOf } from './run-view.js';

interface RunsPanelProps {
  readonly found: ServedRuns;
  readonly opened: ServedRun | null;
  readonly list: RefObject<HTMLUListElement | null>;
  readonly open: (run: ServedRun) => void;
}

/** The list of runs, each with a button that opens it. */
export function RunsPanel({ found, opened, list, open }: RunsPanelProps): ComponentChildren {
  return (
    <section class="panel runs" aria-labelledby="runs-title">
      <h2 id="runs-title">Runs</h2>
      {found.runs.length === 0 && (
        <p class="range">This directory contains no runs: no report.json and no manifest.json.</p>
      )}
      {!found.whole && (
        <p class="range">This directory has more entries than were searched; serve one that is closer to the runs.</p>
      )}
      <ul ref={list}>
        {found.runs.map((run) => (
          <li key={run.path}>
            <button
              type="button"
              aria-pressed={opened === run}
              onClick={() => {
                open(run);
              }}
            >
              {nameOf(run)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
