import {
  decay,
  groups,
  groupSize,
  inputs,
  mapped,
  noisy,
  outputs,
  rate,
  records,
  recordsSize,
  units,
} from './parameters';

// The step of src/model/two-layer-sgd/step.ts for one sample a step, on lane groups (vectors of replicas). With Theta = s T,
// where s takes the weight decay, and c = rate = (eta / B) / (1 - eta gamma), the step is
//   h = T1 x,  e = c (y - s^2 T2 h),  T1 += (T2^T e) x^T,  T2^T += h e^T,  s <- (1 - eta gamma) s.
// The update waits until its row of T is visited in the next step, so that each step passes over T once.
//
// A lane group's state: T in blocks of four hidden units (at the end perhaps of two), each block holding for every
// column the vectors of its units; then h of the last step, B x units; then its records. A record is x (n vectors) and
// e (m vectors) of one sample. A block of steps has them one after the other, preceded by the record of the last step
// before. Where y is not x, the noise code leaves y in the place of e.

const ONE64: usize = memory.data<f64>([1]);
const ONE32: usize = memory.data<f32>([1]);

@inline
export function learn<T>(tile: i32, groupsPerTile: i32, steps: i32, initialScale: f64): void {
  const inputBytes = <usize>inputs * 16;
  const stride = inputBytes + <usize>outputs * 16;
  const fours = <usize>(units & ~3) * stride;
  const two = (units & 2) != 0;
  const hidden = <usize>units * stride;
  const given: usize = mapped || noisy ? inputBytes : 0;
  const size = groupSize;
  const first = groups + <usize>(tile * groupsPerTile) * size;
  const last = first + <usize>groupsPerTile * size;
  const gap = recordsSize;
  const back = <usize>groupsPerTile * gap - stride;
  const c = rate;
  const keep = decay;
  const rates = v128.splat<T>(<T>c);
  const ones = v128.load_splat<T>(sizeof<T>() == 8 ? ONE64 : ONE32);

  let scale = initialScale;
  let x = records + stride;
  for (let t = 0; t < steps; t++) {
    const coupling = v128.splat<T>(<T>(c * scale * scale));
    let group = first;
    // The groups take turns within a step, so that the arithmetic of one fills the latencies of the other.
    do {
      const e = x + inputBytes;
      const end = group + fours;
      let weights = group;
      let h = group + hidden;
      let source = x + given;
      let factor = rates;
      while (weights < end) {
        visit<T>(true, weights, h, x, e, source, factor, coupling, stride);
        source = e;
        factor = ones;
        weights += stride * 4;
        h += 64;
      }
      if (two) visit<T>(false, weights, h, x, e, source, factor, coupling, stride);
      group += size;
      x += gap;
    } while (group < last);
    x -= back;
    scale *= keep;
  }
}

/** Finishes the previous step on one block of hidden units and takes them through the present one as far as e. */
@inline
function visit<T>(
  four: bool,
  weights: usize,
  h: usize,
  x: usize,
  e: usize,
  source: usize,
  factor: v128,
  coupling: v128,
  stride: usize,
): void {
  const rowBytes: usize = four ? 64 : 32;
  const weights2 = weights + (four ? (e - x) * 4 : (e - x) * 2);

  // b = T2^T e and T2^T += h e^T, with h and e of the previous step.
  let h0 = v128.load(h);
  let h1 = v128.load(h, 16);
  let h2 = four ? v128.load(h, 32) : h0;
  let h3 = four ? v128.load(h, 48) : h0;
  let b0 = v128.splat<T>(0);
  let b1 = b0;
  let b2 = b0;
  let b3 = b0;
  let w = weights2;
  for (let at = e - stride; at < x; at += 16) {
    const error = v128.load(at);
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    b0 = v128.add<T>(b0, v128.mul<T>(w0, error));
    b1 = v128.add<T>(b1, v128.mul<T>(w1, error));
    v128.store(w, v128.add<T>(w0, v128.mul<T>(h0, error)));
    v128.store(w, v128.add<T>(w1, v128.mul<T>(h1, error)), 16);
    if (four) {
      const w2 = v128.load(w, 32);
      const w3 = v128.load(w, 48);
      b2 = v128.add<T>(b2, v128.mul<T>(w2, error));
      b3 = v128.add<T>(b3, v128.mul<T>(w3, error));
      v128.store(w, v128.add<T>(w2, v128.mul<T>(h2, error)), 32);
      v128.store(w, v128.add<T>(w3, v128.mul<T>(h3, error)), 48);
    }
    w += rowBytes;
  }

  // T1 += b x^T with the previous x, h = T1 x with the present one.
  h0 = v128.splat<T>(0);
  h1 = h0;
  h2 = h0;
  h3 = h0;
  w = weights;
  for (let at = x; at < e; at += 16) {
    const previous = v128.load(at - stride);
    const present = v128.load(at);
    const w0 = v128.add<T>(v128.load(w), v128.mul<T>(b0, previous));
    const w1 = v128.add<T>(v128.load(w, 16), v128.mul<T>(b1, previous));
    v128.store(w, w0);
    v128.store(w, w1, 16);
    h0 = v128.add<T>(h0, v128.mul<T>(w0, present));
    h1 = v128.add<T>(h1, v128.mul<T>(w1, present));
    if (four) {
      const w2 = v128.add<T>(v128.load(w, 32), v128.mul<T>(b2, previous));
      const w3 = v128.add<T>(v128.load(w, 48), v128.mul<T>(b3, previous));
      v128.store(w, w2, 32);
      v128.store(w, w3, 48);
      h2 = v128.add<T>(h2, v128.mul<T>(w2, present));
      h3 = v128.add<T>(h3, v128.mul<T>(w3, present));
    }
    w += rowBytes;
  }
  v128.store(h, h0);
  v128.store(h, h1, 16);
  if (four) {
    v128.store(h, h2, 32);
    v128.store(h, h3, 48);
  }

  // e -= c s^2 T2 h, the share of these units; the first block starts from c y.
  h0 = v128.mul<T>(h0, coupling);
  h1 = v128.mul<T>(h1, coupling);
  if (four) {
    h2 = v128.mul<T>(h2, coupling);
    h3 = v128.mul<T>(h3, coupling);
  }
  w = weights2;
  let from = source;
  for (let at = e, end = x + stride; at < end; at += 16) {
    let share = v128.add<T>(v128.mul<T>(v128.load(w), h0), v128.mul<T>(v128.load(w, 16), h1));
    if (four) {
      share = v128.add<T>(
        share,
        v128.add<T>(v128.mul<T>(v128.load(w, 32), h2), v128.mul<T>(v128.load(w, 48), h3)),
      );
    }
    v128.store(at, v128.sub<T>(v128.mul<T>(v128.load(from), factor), share));
    from += 16;
    w += rowBytes;
  }
}
