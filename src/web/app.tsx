import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { count } from './format.js';
import { Lab, type LabState } from './lab/lab.js';
import { LeavePanel } from './export/panel.js';
import { ParameterPanel } from './parameter-panel.js';
import { useRuns } from './saved-runs/panel.js';
import { Tour } from './tour.js';
import { Transport } from './transport.js';
import { DisplacementView, LossView } from './views/courses.js';
import { FrequencyView } from './views/frequency.js';
import { ProbesView } from './views/probes.js';
import { SimilarityView } from './views/similarity.js';
import { SpaceView } from './representation/view.js';

/** The page. */
export function App({ hash }: { readonly hash: string }): ComponentChildren {
  const [state, setState] = useState<LabState | null>(null);
  const [lab] = useState(() => new Lab(setState));
  useEffect(() => {
    void lab.open(hash, !matchMedia('(prefers-reduced-motion: reduce)').matches);
    dropFiles(lab);
  }, [lab]);
  const runs = useRuns(lab);
  const { point, pending, snapshot, message, note, userExperiment, parameters, selectedProbe } = state ?? lab.state;
  const estimates = snapshot?.estimates ?? null;
  const probe = Math.min(selectedProbe, (point?.probes.length ?? 1) - 1);
  const curve = state?.curve ?? null;
  const simulatedRates = state?.simulatedRates ?? lab.state.simulatedRates;
  const applies = !userExperiment && parameters.preset === 'frequency';
  // Drawn anew only when what they show has changed: progress is told more often.
  const probes = useMemo(
    () =>
      point && (
        <ProbesView
          point={point}
          estimates={estimates}
          selectedProbe={probe}
          follow={(chosen) => {
            lab.selectedProbe = chosen;
          }}
        />
      ),
    [lab, point, estimates, probe],
  );
  const courses = useMemo(
    () =>
      point && (
        <>
          <DisplacementView point={point} estimates={estimates} selectedProbe={probe} />
          <LossView point={point} estimates={estimates} selectedProbe={probe} />
        </>
      ),
    [point, estimates, probe],
  );
  const frequencies = useMemo(
    () => (
      <FrequencyView
        curve={curve}
        simulatedRates={simulatedRates}
        applies={applies}
        choose={() => {
          lab.choose('frequency');
        }}
      />
    ),
    [lab, curve, simulatedRates, applies],
  );
  return (
    <>
      <header class="top">
        <div>
          <h1>Meander</h1>
          <p>A network that never stops learning, and the theory of where it drifts.</p>
        </div>
        <Transport lab={lab} state={state ?? lab.state} />
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
      {note && (
        <p class="message note" role="status">
          {note}
        </p>
      )}
      <div class="columns">
        <aside aria-label="Parameters">
          <ParameterPanel lab={lab} state={state ?? lab.state} />
          <LeavePanel lab={lab} state={state ?? lab.state} />
          {runs.list}
        </aside>
        <main aria-busy={pending}>
          {point ? (
            <>
              <p class="summary">
                {point.name}: {point.singularValues.length} learned modes, relaxation time {count(point.relaxationTime)}{' '}
                steps, a sample every {count(point.task.measurement.lag)} steps
              </p>
              <div class="views">
                {probes}
                <SpaceView lab={lab} point={point} snapshot={snapshot} selectedProbe={probe} />
                {courses}
                {frequencies}
                <SimilarityView point={point} estimates={estimates} selectedProbe={probe} snapshot={snapshot} />
              </div>
            </>
          ) : (
            <p class="summary" role="status">
              {message ? 'No prediction for these parameters.' : 'Computing the theory …'}
            </p>
          )}
          {runs.opened}
        </main>
      </div>
    </>
  );
}

/** Files dropped anywhere on the page are for the lab. */
function dropFiles(lab: Lab): void {
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (files.length > 0) void lab.loadFiles(files);
  });
}
