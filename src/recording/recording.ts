/** What the axes of an array of activity may be. `neuron` is any unit: a cell, a channel, a hidden unit of a network. */
export const AXES = ['session', 'trial', 'stimulus', 'neuron'] as const;
export type Axis = (typeof AXES)[number];

/**
 * A population of neurons whose activity was measured for the same stimuli in several sessions: in days of an experiment, or
 * at checkpoints of a network.
 */
export interface Recording {
  /** The animal or network: names it in tables and figures. */
  readonly name: string;
  readonly sessions: number;
  readonly trials: number;
  readonly stimuli: number;
  readonly neurons: number;
  /** x[session, trial, stimulus, neuron], row-major; NaN where a neuron was not recorded. Any unit of activity. */
  readonly values: Float64Array | Float32Array;
  /** Of the sessions, strictly increasing, in `timeUnit`. */
  readonly times: readonly number[];
  readonly timeUnit: string;
  readonly stimulusLabels: readonly string[];
  /**
   * Declared to be without trial noise: activations of a network at checkpoints. One trial stands for all; otherwise a
   * recording of one trial is noisy, and its noise cannot be told from fluctuation.
   */
  readonly noiseFree: boolean;
  /** Presentations of each stimulus, in any unit; null where not known. */
  readonly frequencies: readonly number[] | null;
}
