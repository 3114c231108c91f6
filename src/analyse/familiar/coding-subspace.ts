import { fromData, symmetricEigen } from '#linalg';
import type { Codes } from '../codes/codes.js';
import type { PairSums } from '../pairs/pair-sums.js';

/** Variance of the mean code that its principal components must carry to be its subspace. */
const CARRIED = 0.9;

/**
 * Share of the squared displacement (means over trials, as they are) that lies in the span of the principal components of the mean code over
 * sessions that carry 90% of its variance over stimuli; by pair. Neurons without a value in some session are left out. Computed
 * from M x M products: with C = U S V' the centred code, the part of x in the span is ‖S⁻¹ U' C x‖².
 */
export function codingSubspaceShare(codes: Codes, pairs: PairSums['pairs']): number[] {
  const { sessions, stimuli, neurons, mean } = codes;
  const complete = Array.from({ length: neurons }, (_, n) => n).filter((n) => {
    for (let k = n; k < mean.length; k += neurons) if (Number.isNaN(mean[k])) return false;
    return true;
  });
  const width = complete.length;
  if (width < 2 || stimuli < 2) return pairs.map(() => NaN);
  const code = new Float64Array(stimuli * width);
  const at = (s: number, i: number, k: number): number => mean[(s * stimuli + i) * neurons + complete[k]];
  for (let k = 0; k < width; k++) {
    let centre = 0;
    for (let i = 0; i < stimuli; i++) {
      let sum = 0;
      for (let s = 0; s < sessions; s++) sum += at(s, i, k) / sessions;
      code[i * width + k] = sum;
      centre += sum / stimuli;
    }
    for (let i = 0; i < stimuli; i++) code[i * width + k] -= centre;
  }
  const gram = new Float64Array(stimuli * stimuli);
  for (let i = 0; i < stimuli; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += code[i * width + k] * code[j * width + k];
      gram[i * stimuli + j] = gram[j * stimuli + i] = sum;
    }
  }
  const axes = subspace(gram, stimuli, code, width);
  // Each session's code along the axes, so that a displacement is a difference of short vectors.
  const along = Array.from({ length: sessions }, (_, s) => coordinates(s));
  return pairs.map(({ sessions: [a, b] }) => {
    let [all, inside] = [0, 0];
    for (let i = 0; i < stimuli; i++) for (let k = 0; k < width; k++) all += (at(b, i, k) - at(a, i, k)) ** 2;
    for (let k = 0; k < along[a].length; k++) inside += (along[b][k] - along[a][k]) ** 2;
    return inside / all;
  });

  function coordinates(session: number): Float64Array {
    const result = new Float64Array(stimuli * axes.length);
    for (let i = 0; i < stimuli; i++) {
      axes.forEach((axis, l) => {
        let sum = 0;
        for (let k = 0; k < width; k++) sum += axis[k] * at(session, i, k);
        result[i * axes.length + l] = sum;
      });
    }
    return result;
  }
}

/** Unit vectors of neurons that span the principal components. */
function subspace(gram: Float64Array, stimuli: number, code: Float64Array, width: number): readonly Float64Array[] {
  const { values, vectors } = symmetricEigen(fromData(stimuli, stimuli, gram));
  const order = Array.from(values, (_, k) => k).sort((a, b) => values[b] - values[a]);
  const total = order.reduce((sum, k) => sum + Math.max(0, values[k]), 0);
  const axes: Float64Array[] = [];
  let carried = 0;
  for (const k of order) {
    if (carried >= CARRIED * total || !(values[k] > 1e-12 * total)) break;
    carried += values[k];
    const axis = new Float64Array(width);
    for (let i = 0; i < stimuli; i++) {
      const weight = vectors.data[i * stimuli + k] / Math.sqrt(values[k]);
      for (let n = 0; n < width; n++) axis[n] += weight * code[i * width + n];
    }
    axes.push(axis);
  }
  return axes;
}
