import { addWideProduct, fromData, symmetricEigen } from '#linalg';
import type { Codes } from '../codes/codes.js';
import type { Halves, View } from './views.js';

/** Variance of the mean code that its principal components must carry to be its subspace. */
const CARRIED = 0.9;

/**
 * Share of the squared displacement between two views that lies in the span of the principal components of the mean code over
 * sessions that carry 90% of its variance over stimuli. Neurons without a value in some half of a session are left out. Computed
 * from M x M products: with C = U S V' the centred code, the part of x in the span is ‖S⁻¹ U' C x‖².
 */
export function codingSubspace(codes: Codes, halves: readonly Halves[]): (from: View, to: View) => number {
  const { sessions, stimuli, neurons, mean } = codes;
  const views = new Set(halves.flat());
  const complete = Array.from({ length: neurons }, (_, n) => n).filter((n) => {
    for (let k = n; k < mean.length; k += neurons) if (Number.isNaN(mean[k])) return false;
    for (const view of views) {
      for (let k = n; k < view.mean.length; k += neurons) if (Number.isNaN(view.mean[k])) return false;
    }
    return true;
  });
  const width = complete.length;
  if (width < 2 || stimuli < 2) return () => NaN;
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
  addWideProduct(gram, code, code, stimuli, width, stimuli);
  const axes = subspace(gram, stimuli, code, width);
  // Each view along the axes, too, so that a displacement in them is a difference of short vectors.
  const parts = new Map(
    Array.from(views, (view) => {
      const own = new Float64Array(stimuli * width);
      for (let i = 0, at = 0; i < stimuli; i++) for (const n of complete) own[at++] = view.mean[i * neurons + n];
      const along = new Float64Array((stimuli * axes.length) / width);
      addWideProduct(along, own, axes, stimuli, width, axes.length / width);
      return [view, { own, along }];
    }),
  );
  return (from, to) => {
    const [first, second] = [parts.get(from), parts.get(to)];
    return first && second ? squaredDistance(first.along, second.along) / squaredDistance(first.own, second.own) : NaN;
  };
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (b[k] - a[k]) ** 2;
  return sum;
}

/** Unit vectors of neurons that span the principal components, one after the other. */
function subspace(gram: Float64Array, stimuli: number, code: Float64Array, width: number): Float64Array {
  const { values, vectors } = symmetricEigen(fromData(stimuli, stimuli, gram));
  const order = Array.from(values, (_, k) => k).sort((a, b) => values[b] - values[a]);
  const total = order.reduce((sum, k) => sum + Math.max(0, values[k]), 0);
  const axes: number[] = [];
  let carried = 0;
  for (const k of order) {
    if (carried >= CARRIED * total || !(values[k] > 1e-12 * total)) break;
    carried += values[k];
    const axis = new Float64Array(width);
    for (let i = 0; i < stimuli; i++) {
      const weight = vectors.data[i * stimuli + k] / Math.sqrt(values[k]);
      for (let n = 0; n < width; n++) axis[n] += weight * code[i * width + n];
    }
    for (const entry of axis) axes.push(entry);
  }
  return Float64Array.from(axes);
}
