import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { hasFrequency, type LabState } from '../lab/state.js';
import type { LabPoint } from '../prediction/messages.js';
import { DisplacementView } from './displacement.js';
import { FrequencyView } from './frequency.js';
import { LossView } from './loss.js';
import { PinBar, type Pinned } from './pin.js';
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
  const selectedProbe = Math.min(state.view.selectedProbe, point.probes.length - 1);
  const available = hasFrequency(state);
  const [pinned, setPinned] = useState<Pinned | null>(null);
  // Rendered only when what they show has changed: progress is reported more often.
  const probes = useMemo(
    () => (
      <ProbesView
        point={point}
        pinned={pinned}
        estimates={estimates}
        selectedProbe={selectedProbe}
        select={(probe) => {
          lab.look({ selectedProbe: probe });
        }}
      />
    ),
    [lab, point, pinned, estimates, selectedProbe],
  );
  const timeCourses = useMemo(
    () => (
      <>
        <DisplacementView point={point} pinned={pinned} estimates={estimates} selectedProbe={selectedProbe} />
        <LossView point={point} pinned={pinned} estimates={estimates} />
      </>
    ),
    [point, pinned, estimates, selectedProbe],
  );
  const frequency = useMemo(
    () => (
      <FrequencyView
        curve={curve}
        pinned={pinned}
        simulatedRates={simulatedRates}
        available={available}
        choose={() => {
          lab.choosePreset('frequency');
        }}
      />
    ),
    [lab, curve, pinned, point, simulatedRates, available],
  );
  return (
    <div class="views">
      <PinBar
        pinned={pinned}
        point={point}
        pin={() => {
          setPinned({ point, curve });
        }}
        unpin={() => {
          setPinned(null);
        }}
      />
      {probes}
      {timeCourses}
      {frequency}
      <SimilarityView
        point={point}
        pinned={pinned}
        estimates={estimates}
        selectedProbe={selectedProbe}
        snapshot={snapshot}
      />
    </div>
  );
}
