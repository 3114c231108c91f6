import {
  aliases,
  batch,
  deviations,
  entries,
  factors,
  form,
  gaussians,
  inputs,
  mapped,
  noisy,
  outputs,
  records,
  recordsSize,
  scratch,
  selectStreams,
  stimuli,
  target,
  thresholds,
} from './parameters';
import { drawNormals } from './normals';
import { uniform } from './xoshiro';

// Writes the samples of a block of steps into the records: x, and y in the place of e unless y = x. The streams are
// consumed as by InputSampler in src/model/input/sampler.ts.

@inline
export function drawSamples<T>(tile: i32, groupsPerTile: i32, steps: i32): void {
  const stride = <usize>(inputs + outputs) * 16;
  const samples = steps * batch;
  const first = records + <usize>batch * stride;

  const skipped = gaussians > 0 ? 0 : inputs;
  const offset = <usize>skipped * 16;
  const count = inputs - skipped + (noisy ? outputs : 0);
  const factor = deviations + <usize>skipped * sizeof<T>();
  if (count > 0) {
    if (sizeof<T>() == 8) {
      for (let g = 0; g < groupsPerTile; g += 2) {
        const out = first + offset + <usize>g * recordsSize;
        drawNormals<T>((tile * groupsPerTile + g) >> 1, factor, out, recordsSize, samples, count, stride);
      }
    } else {
      for (let g = 0; g < groupsPerTile; g++) {
        const out = first + offset + <usize>g * recordsSize;
        drawNormals<T>(tile * groupsPerTile + g, factor, out, 0, samples, count, stride);
      }
    }
  }

  for (let g = 0; g < groupsPerTile; g++) {
    const record = first + <usize>g * recordsSize;
    if (entries > 1) pickInputs<T>(tile * groupsPerTile + g, record, samples);
    else if (gaussians == 0) repeatInput<T>(record, samples);
    else if (form > 0) transformInputs<T>(record, samples);
    if (mapped || noisy) writeTargets<T>(record, samples);
  }
}

/**
 * The inputs of the samples of `steps` steps of a pair of replicas in f64, one after the other from `out` on, where each picks its entry
 * of the distribution. The n normals of the first sample lie at `normals`, those of the next one of a step `stride` bytes further, those of the
 * next step `stepStride`; without Gaussian parts there are none. Wants outputs = 0.
 */
export function presentInputs(
  pair: i32,
  normals: usize,
  stepStride: usize,
  stride: usize,
  steps: i32,
  out: usize,
): void {
  const size = <usize>inputs * 16;
  if (gaussians > 0) {
    let x = out;
    for (let t: usize = 0; t < <usize>steps; t++) {
      for (let s: usize = 0; s < <usize>batch; s++) {
        copy(normals + t * stepStride + s * stride, x, size);
        x += size;
      }
    }
  }
  pickInputs<f64>(pair, out, steps * batch);
}

/** The entries of a symmetric k x k matrix from those on and above its diagonal, row by row; vectors of f64. */
export function unpackSymmetric(from: usize, out: usize, k: i32): void {
  const row = <usize>k * 16;
  for (let i: usize = 0; i < <usize>k; i++) {
    for (let j = i; j < <usize>k; j++) {
      const entry = v128.load(from);
      v128.store(out + i * row + j * 16, entry);
      v128.store(out + j * row + i * 16, entry);
      from += 16;
    }
  }
}

/** The only entry is a stimulus. */
function repeatInput<T>(record: usize, samples: i32): void {
  for (let s = 0; s < samples; s++) {
    for (let j: usize = 0; j < <usize>inputs; j++) {
      v128.store(record + j * 16, v128.splat<T>(load<T>(stimuli + j * sizeof<T>())));
    }
    record += <usize>(inputs + outputs) * 16;
  }
}

/** x = factor z for a factor that is not diagonal. */
function transformInputs<T>(record: usize, samples: i32): void {
  const inputBytes = <usize>inputs * 16;
  const stride = inputBytes + <usize>outputs * 16;
  for (let s = 0; s < samples; s++) {
    copy(record, scratch, inputBytes);
    for (let i: usize = 0; i < <usize>inputs; i++) {
      const end = form == 1 ? (i + 1) * 16 : inputBytes;
      v128.store(record + i * 16, rowTimes<T>(factors + i * <usize>inputs * sizeof<T>(), scratch, end));
    }
    record += stride;
  }
}

/** Every replica picks its entry of the input distribution. */
function pickInputs<T>(group: i32, record: usize, samples: i32): void {
  const lanes = <i32>(16 / sizeof<T>());
  const stride = <usize>(inputs + outputs) * 16;
  for (let s = 0; s < samples; s++) {
    for (let lane = 0; lane < lanes; lane++) {
      const entry = pick(selectStreams + <usize>(group * lanes + lane) * 32);
      const x = record + <usize>lane * sizeof<T>();
      if (entry >= gaussians) writeStimulus<T>(x, entry - gaussians);
      else writeGaussian<T>(x, entry);
    }
    record += stride;
  }
}

function pick(stream: usize): i32 {
  const position = uniform(stream) * <f64>entries;
  const column = <i32>position;
  const below = position - <f64>column < load<f64>(thresholds + (<usize>column << 3));
  return below ? column : load<i32>(aliases + (<usize>column << 2));
}

/** One lane of x from a stimulus. */
function writeStimulus<T>(x: usize, index: i32): void {
  const start = stimuli + <usize>index * <usize>inputs * sizeof<T>();
  for (let j: usize = 0; j < <usize>inputs; j++) store<T>(x + j * 16, load<T>(start + j * sizeof<T>()));
}

/** One lane of x = factor z, z standing where x will. */
function writeGaussian<T>(x: usize, part: i32): void {
  const n = <usize>inputs;
  if (form == 0) {
    const factor = factors + <usize>part * n * sizeof<T>();
    // From 0, as sums are made: no input is -0.
    for (let j: usize = 0; j < n; j++) {
      store<T>(x + j * 16, <T>0 + load<T>(x + j * 16) * load<T>(factor + j * sizeof<T>()));
    }
    return;
  }
  for (let j: usize = 0; j < n; j++) store<T>(scratch + j * sizeof<T>(), load<T>(x + j * 16));
  let factor = factors + <usize>part * n * n * sizeof<T>();
  for (let i: usize = 0; i < n; i++) {
    const end = form == 1 ? i + 1 : n;
    let sum: T = 0;
    for (let j: usize = 0; j < end; j++) sum += load<T>(factor + j * sizeof<T>()) * load<T>(scratch + j * sizeof<T>());
    store<T>(x + i * 16, sum);
    factor += n * sizeof<T>();
  }
}

/** y = A x + eps in the place of e. */
function writeTargets<T>(record: usize, samples: i32): void {
  const inputBytes = <usize>inputs * 16;
  const stride = inputBytes + <usize>outputs * 16;
  for (let s = 0; s < samples; s++) {
    for (let i: usize = 0; i < <usize>outputs; i++) {
      let y = mapped
        ? rowTimes<T>(target + i * <usize>inputs * sizeof<T>(), record, inputBytes)
        : v128.load(record + i * 16);
      const at = record + inputBytes + i * 16;
      if (noisy) y = v128.add<T>(y, v128.load(at));
      v128.store(at, y);
    }
    record += stride;
  }
}

/** Sum over j of row[j] vector[j], as far as `end` bytes of vectors. */
@inline
function rowTimes<T>(row: usize, vectors: usize, end: usize): v128 {
  let sum = v128.splat<T>(0);
  for (let at: usize = 0; at < end; at += 16) {
    sum = v128.add<T>(sum, v128.mul<T>(v128.load_splat<T>(row), v128.load(vectors + at)));
    row += sizeof<T>();
  }
  return sum;
}

/** Copies vectors; memory.copy is a call into the engine, slow for so few bytes. */
export function copy(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}
