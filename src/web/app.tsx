import { formatCounted } from '#core';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Messages } from './controls/messages.js';
import { ParameterPanel } from './controls/parameter-panel.js';
import { Tabs } from './controls/tabs.js';
import { ThemeSwitch } from './controls/theme-switch.js';
import { Transport } from './controls/transport.js';
import { ProvenanceProvider } from './export/provenance.js';
import { ExportPanel } from './export/export-panel.js';
import { count } from './format.js';
import { Lab } from './lab/lab.js';
import { initialState, isPending, type LabState } from './lab/state.js';
import { tabs } from './lab/url-state.js';
import { isPresenting } from './layout.js';
import { useRecordings } from './recordings/use-recordings.js';
import { useRuns } from './saved-runs/use-runs.js';
import { StagePlayer } from './stage/player.js';
import { Stage } from './stage/stage.js';
import { StimuliProvider } from './stimulus/provider.js';
import { Tour, TourButton } from './tour/tour.js';
import type { Pinned } from './views/pin.js';
import { Views } from './views/views.js';

/** The page. */
export function App({ hash }: { readonly hash: string }): ComponentChildren {
  const [state, setState] = useState(initialState);
  const [lab] = useState(() => new Lab(setState));
  const [player] = useState(() => new StagePlayer());
  useEffect(() => {
    void lab.open(hash, !matchMedia('(prefers-reduced-motion: reduce)').matches);
  }, [lab]);
  const recordings = useRecordings(lab);
  const runs = useRuns(lab);
  // Kept while another tab is shown, or while parameters have no prediction.
  const [pinned, pin] = useState<Pinned | null>(null);
  const { tab, tourStep } = state.view;
  // In a talk the stage is alone, but for the view that a step of the tour was asked for.
  const [asked, ask] = useState<{ readonly view: string; readonly tourStep: number | null } | null>(null);
  const only = isPresenting && asked?.tourStep === tourStep ? asked.view : null;
  const show = (view: string): void => {
    ask({ view, tourStep });
  };
  const isPredicted = state.point !== null;
  useEffect(() => {
    if (asked) document.getElementById(asked.view)?.scrollIntoView({ block: 'center' });
  }, [asked, isPredicted]);
  const views = (): ComponentChildren =>
    state.point && <Views lab={lab} state={state} point={state.point} pinned={pinned} pin={pin} only={only} />;
  // What the user opens in a talk is shown, too.
  const opened = tab === 'recordings' ? recordings.opened : tab === 'runs' ? runs.opened : only !== null && views();
  const inTalk = isPresenting && opened;
  return (
    <>
      <header class="top">
        <div>
          <h1>Meander</h1>
          <p>A network that never stops learning, and a theory that predicts how it drifts.</p>
        </div>
        <div class="actions">
          <TourButton lab={lab} />
          <a class="button" href={`${isPresenting ? location.pathname : '?present'}#${lab.hash}`}>
            {isPresenting ? 'Whole page' : 'Present'}
          </a>
          <ThemeSwitch />
        </div>
      </header>
      <div class="bar" role="region" aria-label="Clock and messages">
        <Transport lab={lab} state={state} player={player} />
        <Messages lab={lab} state={state} />
      </div>
      <ProvenanceProvider lab={lab}>
        <StimuliProvider point={state.point} areDigits={!state.userExperiment && state.parameters.preset === 'digits'}>
          <div class="scene">
            {tourStep !== null && <Tour lab={lab} state={state} show={show} />}
            <Stage lab={lab} state={state} player={player} />
          </div>
          {!isPresenting && (
            <div class="columns">
              <aside aria-label="Parameters">
                {runs.points}
                <ParameterPanel lab={lab} state={state} />
                <ExportPanel lab={lab} state={state} />
              </aside>
              <main aria-busy={isPending(state)}>
                <Summary state={state} />
                <Tabs
                  label="Below the stage"
                  names={tabs}
                  chosen={tab}
                  choose={(chosen) => {
                    lab.look({ tab: chosen });
                  }}
                >
                  {tab === 'recordings' && recordings.button}
                  {/* An analysis goes on, and stays, while another tab is shown. */}
                  <div hidden={tab !== 'recordings'}>{recordings.opened}</div>
                  {tab === 'runs' && (
                    <>
                      {runs.list}
                      {runs.opened}
                    </>
                  )}
                  {tab === 'measured' && views()}
                </Tabs>
              </main>
            </div>
          )}
          {inTalk && <main aria-busy={isPending(state)}>{inTalk}</main>}
        </StimuliProvider>
      </ProvenanceProvider>
    </>
  );
}

/** What is simulated, in one line, or why nothing is. */
function Summary({ state: { point, query } }: { readonly state: LabState }): ComponentChildren {
  if (!point) {
    return (
      <p class="summary" role="status">
        {query.kind === 'refused' ? 'No prediction for these parameters.' : 'Computing the prediction …'}
      </p>
    );
  }
  return (
    <p class="summary">
      {point.name}: {formatCounted(point.singularValues.length, 'learned mode')}, relaxation time{' '}
      {count(point.relaxationTime)} steps, a sample every {count(point.task.measurement.lag)} steps
    </p>
  );
}
