/**
 * What is measured of a state, whatever it is: the weights of a network under some learning rule, or a sample of a recorded
 * series. The estimators see nothing else of it, so any series of samples x stimuli x units can be measured.
 */
export interface Readout<S> {
  /** k: units of a representation. */
  readonly units: number;
  /** Absent where a state has no loss, as in a recorded series. */
  losses?(state: S): { readonly task: number; readonly regularized: number };
  /** Writes the representations h of the K probes, K x k. */
  represent(hidden: Float64Array, state: S): void;
  /** The frame of rotation; null where there is none to follow. */
  readonly frame: FrameReadout<S> | null;
  /** The error for a state that is not finite, which says where states come from and what may be wrong with them. */
  notFinite(): Error;
}

export interface FrameReadout<S> {
  /** Codes c of the probes: their representations at the reference point, K x r. */
  readonly codes: Float64Array;
  /** Writes R^T (r x k): R is the rotation that takes the reference point to the point of its orbit where the state is. */
  project(frame: Float64Array, state: S): void;
}
