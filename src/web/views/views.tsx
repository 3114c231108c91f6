import type { ComponentChildren } from 'preact';
import { useCallback } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { hasFrequency, type LabState } from '../lab/state.js';
import type { LabPoint } from '../prediction/messages.js';
import { useSparingly } from '../stage/use-sparingly.js';
import { DisplacementView } from './displacement.js';
import { FrequencyView } from './frequency.js';
import { LossView } from './loss.js';
import { memo } from '../memo.js';
import { PinBar, type Pinned } from './pin.js';
import { ProbesView } from './probes.js';
import { SimilarityView } from './similarity.js';

const Probes = memo(ProbesView);
const Displacement = memo(DisplacementView);
const Loss = memo(LossView);
const Frequency = memo(FrequencyView);

interface ViewsProps {
  readonly lab: Lab;
  readonly state: LabState;
  readonly point: LabPoint;
  readonly pinned: Pinned | null;
  readonly pin: (pinned: Pinned | null) => void;
  /** The id of the view that is shown alone; null for all. */
  readonly only: string | null;
}

/** The views of a point and of its simulation. */
export function Views({ lab, state, point, pinned, pin, only }: ViewsProps): ComponentChildren {
  const { curve } = state;
  const { snapshot, simulatedRates } = useSparingly(state);
  const estimates = snapshot?.estimates ?? null;
  const selectedProbe = Math.min(state.view.selectedProbe, point.probes.length - 1);
  const available = hasFrequency(state);
  const select = useCallback(
    (probe: number) => {
      lab.look({ selectedProbe: probe });
    },
    [lab],
  );
  const choose = useCallback(() => {
    lab.choosePreset('frequency');
  }, [lab]);
  const shown = { point, pinned, estimates, selectedProbe };
  const views = {
    probes: <Probes {...shown} select={select} />,
    displacement: <Displacement {...shown} />,
    loss: <Loss point={point} pinned={pinned} estimates={estimates} />,
    frequency: (
      <Frequency curve={curve} pinned={pinned} simulatedRates={simulatedRates} available={available} choose={choose} />
    ),
    similarity: <SimilarityView {...shown} snapshot={snapshot} />,
  };
  return only === null ? (
    <div class="views">
      <PinBar
        pinned={pinned}
        point={point}
        pin={() => {
          pin({ point, curve });
        }}
        unpin={() => {
          pin(null);
        }}
      />
      {Object.values(views)}
    </div>
  ) : (
    <div class="views alone">{new Map<string, ComponentChildren>(Object.entries(views)).get(only)}</div>
  );
}
