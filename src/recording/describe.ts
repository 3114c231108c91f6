import { sizesText } from './arrays/block.js';
import { AXES, type Recording } from './recording.js';

/** What a recording holds, in words and numbers. */
export interface RecordingDescription {
  /** `8 sessions x 20 trials x 12 stimuli x 90 neurons`. */
  readonly shape: string;
  /** Share of the values that are missing. */
  readonly missing: number;
  /** Share of the values that are there and exactly 0. */
  readonly zero: number;
}

/** Describes a recording as it was read. */
export function describeRecording(recording: Recording): RecordingDescription {
  const { sessions, trials, stimuli, neurons, values, noiseFree } = recording;
  const sizes = { session: sessions, trial: trials, stimulus: stimuli, neuron: neurons };
  let [missing, zero] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    if (Number.isNaN(values[k])) missing++;
    else if (values[k] === 0) zero++;
  }
  return {
    shape: sizesText(sizes, noiseFree ? AXES.filter((axis) => axis !== 'trial') : AXES),
    missing: missing / values.length,
    zero: zero / values.length,
  };
}
