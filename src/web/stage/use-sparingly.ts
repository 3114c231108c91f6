import { useRef } from 'preact/hooks';
import type { LabState } from '../lab/state.js';
import { stepsPerSecond } from './pace.js';

/** Milliseconds between two times that charts are drawn where networks learn as fast as they can: each takes from their time. */
export const SPARING_MS = 1000;

type Measured = Pick<LabState, 'snapshot' | 'simulatedRates'>;

/**
 * What was measured, as charts show it: at once, but once a second while networks learn as fast as they can, and not at all where these
 * are out of sight.
 */
export function useSparingly({ snapshot, simulatedRates, point, view }: LabState, isSeen = true): Measured {
  const shown = useRef<Measured & { readonly at: number }>({ snapshot: null, simulatedRates, at: -Infinity });
  const { snapshot: before, at } = shown.current;
  const now = performance.now();
  const waits =
    stepsPerSecond(view.pace, point) === Infinity &&
    snapshot?.phase === 'running' &&
    before?.phase === 'running' &&
    snapshot.first === before.first &&
    !(isSeen && now - at >= SPARING_MS);
  if (!waits) shown.current = { snapshot, simulatedRates, at: now };
  return shown.current;
}
