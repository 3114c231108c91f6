import {
  batch,
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
  scratch,
  units,
} from './parameters';

/**
 * As `learn`, for B > 1: a step has B records and B rows of h, and its updates are taken at the weights that the whole
 * batch saw. Everything that concerns one block of hidden units is done at one visit, sample by sample.
 */
@inline
export function learnBatches<T>(tile: i32, groupsPerTile: i32, steps: i32, initialScale: f64): void {
  const inputBytes = <usize>inputs * 16;
  const stride = inputBytes + <usize>outputs * 16;
  const size = <usize>batch * stride;
  const given: usize = mapped || noisy ? inputBytes : 0;

  for (let g = 0; g < groupsPerTile; g++) {
    const group = groups + <usize>(tile * groupsPerTile + g) * groupSize;
    let scale = initialScale;
    let record = records + <usize>g * recordsSize + size;
    for (let t = 0; t < steps; t++) {
      const coupling = v128.splat<T>(<T>(rate * scale * scale));
      startErrors<T>(record, given, stride, inputBytes);
      let weights = group;
      let h = group + stride * <usize>units;
      for (let k = 0; k + 4 <= units; k += 4) {
        visit<T>(true, weights, h, record - size, record, coupling, stride, inputBytes);
        weights += stride * 4;
        h += 64;
      }
      if (units & 2) visit<T>(false, weights, h, record - size, record, coupling, stride, inputBytes);
      record += size;
      scale *= decay;
    }
  }
}

/** e = c y for every sample. */
@inline
function startErrors<T>(record: usize, given: usize, stride: usize, inputBytes: usize): void {
  const rates = v128.splat<T>(<T>rate);
  for (let s = 0; s < batch; s++) {
    for (let i: usize = 0; i < stride - inputBytes; i += 16) {
      v128.store(record + inputBytes + i, v128.mul<T>(rates, v128.load(record + given + i)));
    }
    record += stride;
  }
}

@inline
function visit<T>(
  four: bool,
  weights: usize,
  h: usize,
  previous: usize,
  present: usize,
  coupling: v128,
  stride: usize,
  inputBytes: usize,
): void {
  const weights2 = weights + (four ? inputBytes * 4 : inputBytes * 2);
  const samples = <usize>batch;
  const rowBytes = <usize>units * 16;
  for (let s: usize = 0; s < samples; s++) {
    const record = previous + s * stride;
    back<T>(four, weights2, record + inputBytes, record + stride, scratch + s * 64);
  }
  for (let s: usize = 0; s < samples; s++) {
    const record = previous + s * stride;
    update<T>(four, weights, scratch + s * 64, record, record + inputBytes);
    update<T>(four, weights2, h + s * rowBytes, record + inputBytes, record + stride);
  }
  for (let s: usize = 0; s < samples; s++) {
    const record = present + s * stride;
    respond<T>(four, weights, weights2, h + s * rowBytes, record, record + inputBytes, record + stride, coupling);
  }
}

/** b = T2^T e. */
@inline
function back<T>(four: bool, w: usize, e: usize, end: usize, b: usize): void {
  let b0 = v128.splat<T>(0);
  let b1 = b0;
  let b2 = b0;
  let b3 = b0;
  while (e < end) {
    const error = v128.load(e);
    b0 = v128.add<T>(b0, v128.mul<T>(v128.load(w), error));
    b1 = v128.add<T>(b1, v128.mul<T>(v128.load(w, 16), error));
    if (four) {
      b2 = v128.add<T>(b2, v128.mul<T>(v128.load(w, 32), error));
      b3 = v128.add<T>(b3, v128.mul<T>(v128.load(w, 48), error));
    }
    e += 16;
    w += four ? 64 : 32;
  }
  v128.store(b, b0);
  v128.store(b, b1, 16);
  if (four) {
    v128.store(b, b2, 32);
    v128.store(b, b3, 48);
  }
}

/** Adds the product of `left` (one number a unit) and the vectors from `at` to `end` to the weights. */
@inline
function update<T>(four: bool, w: usize, left: usize, at: usize, end: usize): void {
  const left0 = v128.load(left);
  const left1 = v128.load(left, 16);
  const left2 = four ? v128.load(left, 32) : left0;
  const left3 = four ? v128.load(left, 48) : left0;
  while (at < end) {
    const right = v128.load(at);
    v128.store(w, v128.add<T>(v128.load(w), v128.mul<T>(left0, right)));
    v128.store(w, v128.add<T>(v128.load(w, 16), v128.mul<T>(left1, right)), 16);
    if (four) {
      v128.store(w, v128.add<T>(v128.load(w, 32), v128.mul<T>(left2, right)), 32);
      v128.store(w, v128.add<T>(v128.load(w, 48), v128.mul<T>(left3, right)), 48);
    }
    at += 16;
    w += four ? 64 : 32;
  }
}

/** h = T1 x and e -= c s^2 T2 h. */
@inline
function respond<T>(
  four: bool,
  w: usize,
  w2: usize,
  h: usize,
  x: usize,
  e: usize,
  end: usize,
  coupling: v128,
): void {
  let h0 = v128.splat<T>(0);
  let h1 = h0;
  let h2 = h0;
  let h3 = h0;
  for (let at = x; at < e; at += 16) {
    const input = v128.load(at);
    h0 = v128.add<T>(h0, v128.mul<T>(v128.load(w), input));
    h1 = v128.add<T>(h1, v128.mul<T>(v128.load(w, 16), input));
    if (four) {
      h2 = v128.add<T>(h2, v128.mul<T>(v128.load(w, 32), input));
      h3 = v128.add<T>(h3, v128.mul<T>(v128.load(w, 48), input));
    }
    w += four ? 64 : 32;
  }
  v128.store(h, h0);
  v128.store(h, h1, 16);
  if (four) {
    v128.store(h, h2, 32);
    v128.store(h, h3, 48);
  }
  h0 = v128.mul<T>(h0, coupling);
  h1 = v128.mul<T>(h1, coupling);
  h2 = v128.mul<T>(h2, coupling);
  h3 = v128.mul<T>(h3, coupling);
  for (let at = e; at < end; at += 16) {
    let share = v128.add<T>(v128.mul<T>(v128.load(w2), h0), v128.mul<T>(v128.load(w2, 16), h1));
    if (four) {
      share = v128.add<T>(share, v128.add<T>(v128.mul<T>(v128.load(w2, 32), h2), v128.mul<T>(v128.load(w2, 48), h3)));
    }
    v128.store(at, v128.sub<T>(v128.load(at), share));
    w2 += four ? 64 : 32;
  }
}
