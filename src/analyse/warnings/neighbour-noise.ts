import type { Recording } from '#recording';

const MIN_TRIALS = 3;
const MIN_STIMULI = 6;
const MAX_VALUES = 4e6;

/**
 * Correlation of trial noise between neighbouring stimuli of one neuron less that between distant ones (half of the stimuli apart), over all trials,
 * sessions and neurons: what smoothing over stimuli leaves, and what all stimuli share (arousal) cancels. NaN where trials or stimuli are few.
 */
export function neighbourNoise({ sessions, trials, stimuli, neurons, values, noiseFree }: Recording): number {
  if (noiseFree || trials < MIN_TRIALS || stimuli < MIN_STIMULI) return NaN;
  const distant = Math.floor(stimuli / 2);
  const stride = Math.max(1, Math.ceil(values.length / MAX_VALUES));
  const residuals = new Float64Array(stimuli * trials);
  let [square, near, far] = [0, 0, 0];
  for (let s = 0; s < sessions; s++) {
    for (let n = s % stride; n < neurons; n += stride) {
      if (!fillResiduals(residuals, s, n)) continue;
      for (let k = 0; k < trials; k++) {
        for (let i = 0; i + distant < stimuli; i++) {
          const own = residuals[k * stimuli + i];
          square += (own ** 2 + residuals[k * stimuli + i + 1] ** 2) / 2;
          near += own * residuals[k * stimuli + i + 1];
          far += own * residuals[k * stimuli + i + distant];
        }
      }
    }
  }
  return (near - far) / square;

  /** Trials less their mean; false where one is missing. */
  function fillResiduals(out: Float64Array, s: number, n: number): boolean {
    for (let i = 0; i < stimuli; i++) {
      let sum = 0;
      for (let k = 0; k < trials; k++) {
        const value = values[((s * trials + k) * stimuli + i) * neurons + n];
        out[k * stimuli + i] = value;
        sum += value;
      }
      if (Number.isNaN(sum)) return false;
      for (let k = 0; k < trials; k++) out[k * stimuli + i] -= sum / trials;
    }
    return true;
  }
}
