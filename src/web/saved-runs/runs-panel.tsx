import type { ServedRun } from '#core';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { nameOf } from './run-view.js';
import type { RunSource } from './source.js';

interface RunsPanelProps {
  readonly source: RunSource;
  readonly opened: ServedRun | null;
  readonly open: (run: ServedRun) => void;
}

/** The list of runs, each with a button that opens it. */
export function RunsPanel({ source, opened, open }: RunsPanelProps): ComponentChildren {
  const { title, runs: found } = source;
  const id = useId();
  return (
    <section class="panel runs" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {found.runs.length === 0 && (
        <p class="range">This directory contains no runs: no report.json and no manifest.json.</p>
      )}
      {!found.whole && (
        <p class="range">This directory has more entries than were searched; serve one that is closer to the runs.</p>
      )}
      <ul>
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
