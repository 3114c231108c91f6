import type { State } from '#model';
import type { Estimates } from '#measure';

export type Phase = 'ready' | 'running' | 'pausing' | 'paused' | 'failed';

/** What a live simulation shows. */
export interface SimulationSnapshot {
  readonly phase: Phase;
  /** Samples and steps (burn-in included) of the replica that has fewest. */
  readonly samples: number;
  readonly steps: number;
  readonly burnIn: number;
  /** Replica-steps per second since the last start; null until it has been measured. */
  readonly speed: number | null;
  /** Whether the workers rest because the page is hidden, and milliseconds for which they have. */
  readonly resting: boolean;
  readonly rested: number;
  /** null before the fourth sample. */
  readonly estimates: Estimates | null;
  /** W1 x of the probes in the first replica, probes x units each: at the first sample, and at the latest ones. */
  readonly first: Float64Array | null;
  readonly trail: readonly Float64Array[];
  /** Steps after the burn-in of each entry of the trail; NaN for one from before a continuation. */
  readonly trailSteps: readonly number[];
  /** R^T of the first replica at each of them (r x units, see `FrameReadout`); null where no frame is followed. */
  readonly trailFrames: readonly (Float64Array | null)[];
  readonly failure: string | null;
}

/** What another simulation can continue from: Theta of each replica, and the trail of the first one. */
export interface Checkpoint {
  readonly states: readonly State[];
  readonly trail: readonly Float64Array[];
}
