import { learn } from './learn';
import { learnBatches } from './batches';
import { drawNormals } from './normals';
import { copy, drawSamples } from './samples';
import {
  age,
  batch,
  blockSteps,
  decay,
  groups,
  groupSize,
  inputs,
  outputs,
  period,
  records,
  recordsSize,
  scale,
  setClock,
  tiles,
  units,
} from './parameters';

export * from './parameters';
export { matrices, spareFrame } from './frames';
export * from './accumulate';
export { invertPair } from './inverse';
export { presentInputs, unpackSymmetric } from './samples';
export { heights, layers, layers32, tailStart } from './normals';

/** First free byte of memory. */
export const heap: usize = __heap_base;

/** Lane groups per tile. Two, so that one's arithmetic fills the other's latencies. */
@inline
const GROUPS: i32 = 2;

// The functions of a block are exported so that they stay functions of their own: an engine swaps in optimised code
// only between calls, and one call of `advance` may be the whole run.

export function drawSamples64(tile: i32, steps: i32): void {
  drawSamples<f64>(tile, GROUPS, steps);
}
export function drawSamples32(tile: i32, steps: i32): void {
  drawSamples<f32>(tile, GROUPS, steps);
}
export function learn64(tile: i32, steps: i32, scale: f64): void {
  if (batch == 1) learn<f64>(tile, GROUPS, steps, scale);
  else learnBatches<f64>(tile, GROUPS, steps, scale);
}
export function learn32(tile: i32, steps: i32, scale: f64): void {
  if (batch == 1) learn<f32>(tile, GROUPS, steps, scale);
  else learnBatches<f32>(tile, GROUPS, steps, scale);
}

export function advance64(steps: i32): void {
  advance<f64>(steps);
}
export function advance32(steps: i32): void {
  advance<f32>(steps);
}

/**
 * Normals of a quad of replicas in f64, `samples` times `count` of them, the j-th of a sample times `deviations[j]`: vectors of
 * replicas 0, 1 from `out` on, those of replicas 2, 3 `gap` bytes further, the next sample `stride` bytes on.
 */
export function normals64(
  quad: i32,
  deviations: usize,
  out: usize,
  gap: usize,
  samples: i32,
  count: i32,
  stride: usize,
): void {
  drawNormals<f64>(quad, deviations, out, gap, samples, count, stride);
}

/** `count` normals of each replica of the first quad in f32, for the tests. */
export function normals32(deviations: usize, out: usize, count: i32): void {
  drawNormals<f32>(0, deviations, out, 0, 1, count, 0);
}

@inline
function advance<T>(steps: i32): void {
  let endScale = scale;
  let endAge = age;
  for (let tile = 0; tile < tiles; tile++) {
    endScale = scale;
    endAge = age;
    let left = steps;
    while (left > 0) {
      const count = min(min(left, blockSteps), period - endAge);
      movePending(tile, 0, true);
      if (sizeof<T>() == 8) {
        drawSamples64(tile, count);
        learn64(tile, count, endScale);
      } else {
        drawSamples32(tile, count);
        learn32(tile, count, endScale);
      }
      movePending(tile, count, false);
      for (let t = 0; t < count; t++) endScale *= decay;
      endAge += count;
      left -= count;
      if (endAge == period) {
        rescale<T>(tile, endScale);
        endScale = 1;
        endAge = 0;
      }
    }
  }
  setClock(endAge, endScale);
}

/** Copies the records of the last step between a tile's state and slot `step` of the block. */
function movePending(tile: i32, step: i32, load: bool): void {
  const stride = <usize>(inputs + outputs) * 16;
  const size = <usize>batch * stride;
  const offset = stride * <usize>units + <usize>(batch * units) * 16;
  for (let g = 0; g < GROUPS; g++) {
    const kept = groups + <usize>(tile * GROUPS + g) * groupSize + offset;
    const record = records + <usize>g * recordsSize + <usize>step * size;
    if (load) copy(kept, record, size);
    else copy(record, kept, size);
  }
}

/**
 * Multiplies `factor` into the stored Theta. Its pending update is linear in b and h; b follows from T2, h is
 * multiplied here.
 */
@inline
function rescale<T>(tile: i32, factor: f64): void {
  const factors = v128.splat<T>(<T>factor);
  const size = <usize>(inputs + outputs + batch) * <usize>units * 16;
  for (let g = 0; g < GROUPS; g++) {
    const start = groups + <usize>(tile * GROUPS + g) * groupSize;
    for (let at = start; at < start + size; at += 16) v128.store(at, v128.mul<T>(v128.load(at), factors));
  }
}
