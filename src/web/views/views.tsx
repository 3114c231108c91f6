import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { hasFrequency, type LabState } from '../lab/store.js';
import type { LabPoint } from '../prediction/messages.js';
import { ProvenanceProvider } from '../export/provenance.js';
import { StimuliProvider } from '../stimulus/provider.js';
import { SpaceView } from '../representation/view.js';
import { DisplacementView } from './displacement.js';
import { FrequencyView } from './frequency.js';
import { LossView } from './loss.js';
import { ProbesView } from './probes.js';
import { SimilarityView } from './similarity.js';

interface ViewsProps {
  readonly lab: Lab;
  readonly state: LabState;
  readonly point: LabPoint;
}

/** All views of a point and of its simulation. */
export function Views({ lab, state, point }: ViewsProps): ComponentChildren {
  const { snapshot, curve, simulatedRates } = state;
  const estimates = snapshot?.estimates ?? null;
  const selectedProbe = Math.min(state.selectedProbe, point.probes.length - 1);
  const available = hasFrequency(state);
  // Rendered only when what they show has changed: progress is reported more often.
  const probes = useMemo(
    () => (
      <ProbesView
        point={point}
        estimates={estimates}
        selectedProbe={selectedProbe}
        select={(probe) => {
          lab.selectedProbe = probe;
        }}
      />
    ),
    [lab, point, estimates, selectedProbe],
  );
  const timeCourses = useMemo(
    () => (
      <>
        <DisplacementView point={point} estimates={estimates} selectedProbe={selectedProbe} />
        <LossView point={point} estimates={estimates} />
      </>
    ),
    [point, estimates, selectedProbe],
  );
  const frequency = useMemo(
    () => (
      <FrequencyView
        curve={curve}
        simulatedRates={simulatedRates}
        available={available}
        choose={() => {
          lab.choosePreset('frequency');
        }}
      />
    ),
    [lab, curve, simulatedRates, available],
  );
  return (
    <ProvenanceProvider lab={lab}>
      <StimuliProvider point={point} areDigits={!state.userExperiment && state.parameters.preset === 'digits'}>
        <div class="views">
          {probes}
          <SpaceView lab={lab} point={point} snapshot={snapshot} selectedProbe={selectedProbe} />
          {timeCourses}
          {frequency}
          <SimilarityView point={point} estimates={estimates} selectedProbe={selectedProbe} snapshot={snapshot} />
        </div>
      </StimuliProvider>
    </ProvenanceProvider>
  );
}
