import { misses, normalStreams, retryStreams, words } from './parameters';
import { next as nextWord, uniform } from './xoshiro';

// The ziggurat of src/random/normal.ts, which defines the numbers; here in lanes, with the misses drawn again after a block.

@external('math', 'exp')
declare function exp(x: f64): f64;
@external('math', 'log')
declare function log(x: f64): f64;

/**
 * Tables of `ziggurat`, filled by the loader. `layers` holds the pairs 2 edge[i], accept[i] / 2, one for each layer and
 * one more, for half the abscissa; `layers32` the pairs 2^-31 edge[i], 2^31 accept[i] as f32, the latter a little less,
 * for 2^31 times the abscissa.
 */
export const layers: usize = memory.data(8208, 16);
export const layers32: usize = memory.data(4096, 16);
export const heights: usize = memory.data(4104, 16);
/**
 * Constants of loops lie in memory: from there the engine keeps them in registers, while literals are built again each
 * time.
 */
const MIDDLE: usize = memory.data<f64>([1.5]);
const SIGNLESS: usize = memory.data<u64>([0x7fffffffffffffff]);
/** Where the tail begins. */
export let tailStart: f64 = 0;

/**
 * Draws `count` normals for each of the four replicas of a quad, `samples` times, the j-th of a sample times
 * `deviations[j]`. Vectors go to `out`, one after the other, and `stride` bytes on for the next sample. f64:
 * replicas 0, 1 there, replicas 2, 3 `gap` bytes further; f32: all four there.
 */
@inline
export function drawNormals<T>(
  quad: i32,
  deviations: usize,
  out: usize,
  gap: usize,
  samples: i32,
  count: i32,
  stride: usize,
): void {
  drawWords(normalStreams + <usize>quad * 128, samples * count);
  const end =
    sizeof<T>() == 8
      ? shape64(deviations, out, gap, samples, count, stride)
      : shape32(deviations, out, samples, count, stride);
  retryAll<T>(end, deviations, out, gap, count, stride, retryStreams + <usize>quad * 128);
}

/**
 * `count` words of each stream of a quad: a vector of the first pair of replicas, a vector of the second, and so on.
 * The pairs go together because one xoshiro chain alone leaves the vector units idle.
 */
function drawWords(streams: usize, count: i32): void {
  let a0 = v128.load(streams);
  let a1 = v128.load(streams, 16);
  let a2 = v128.load(streams, 32);
  let a3 = v128.load(streams, 48);
  let b0 = v128.load(streams, 64);
  let b1 = v128.load(streams, 80);
  let b2 = v128.load(streams, 96);
  let b3 = v128.load(streams, 112);
  let word = words;
  const end = word + <usize>count * 32;
  do {
    v128.store(word, i64x2.add(a0, a3));
    v128.store(word, i64x2.add(b0, b3), 16);
    const shiftedA = i64x2.shl(a1, 17);
    const shiftedB = i64x2.shl(b1, 17);
    a2 = v128.xor(a2, a0);
    b2 = v128.xor(b2, b0);
    a3 = v128.xor(a3, a1);
    b3 = v128.xor(b3, b1);
    a1 = v128.xor(a1, a2);
    b1 = v128.xor(b1, b2);
    a0 = v128.xor(a0, a3);
    b0 = v128.xor(b0, b3);
    a2 = v128.xor(a2, shiftedA);
    b2 = v128.xor(b2, shiftedB);
    a3 = v128.or(i64x2.shl(a3, 45), i64x2.shr_u(a3, 19));
    b3 = v128.or(i64x2.shl(b3, 45), i64x2.shr_u(b3, 19));
    word += 32;
  } while (word < end);
  v128.store(streams, a0);
  v128.store(streams, a1, 16);
  v128.store(streams, a2, 32);
  v128.store(streams, a3, 48);
  v128.store(streams, b0, 64);
  v128.store(streams, b1, 80);
  v128.store(streams, b2, 96);
  v128.store(streams, b3, 112);
}

/**
 * Turns the words into normals. Lists the places of words with a miss and returns the end of the list; without a
 * branch, for misses cannot be predicted.
 */
function shape64(deviations: usize, out: usize, gap: usize, samples: i32, count: i32, stride: usize): usize {
  const middle = v128.load_splat<f64>(MIDDLE);
  const signless = v128.load_splat<u64>(SIGNLESS);
  const last = out + <usize>samples * stride;
  let word = words;
  let miss = misses;
  do {
    let at = out;
    let factor = deviations;
    const end = out + <usize>count * 16;
    do {
      const factors = v128.load_splat<f64>(factor);
      const a0 = v128.load(layerOffset(word, 0) << 1, layers);
      const a1 = v128.load(layerOffset(word, 8) << 1, layers);
      const b0 = v128.load(layerOffset(word, 16) << 1, layers);
      const b1 = v128.load(layerOffset(word, 24) << 1, layers);
      const uA = abscissae(v128.load(word), middle);
      const uB = abscissae(v128.load(word, 16), middle);
      v128.store(at, f64x2.mul(f64x2.mul(uA, v128.shuffle<f64>(a0, a1, 0, 2)), factors));
      v128.store(at + gap, f64x2.mul(f64x2.mul(uB, v128.shuffle<f64>(b0, b1, 0, 2)), factors));
      const insideA = f64x2.lt(v128.and(uA, signless), v128.shuffle<f64>(a0, a1, 1, 3));
      const insideB = f64x2.lt(v128.and(uB, signless), v128.shuffle<f64>(b0, b1, 1, 3));
      store<usize>(miss, word);
      miss += <usize>(i64x2.bitmask(v128.and(insideA, insideB)) != 3) << 2;
      word += 32;
      at += 16;
      factor += 8;
    } while (at < end);
    out += stride;
  } while (out < last);
  return miss;
}

/**
 * The same numbers rounded to f32: from the upper halves of the words, whose 32 bits are more than f32 holds. Its
 * bounds of acceptance lie 2^-20 inside the true ones, so that rounding accepts nothing wrongly; `retryAll` leaves alone
 * what it lists for nothing.
 */
function shape32(deviations: usize, out: usize, samples: i32, count: i32, stride: usize): usize {
  const signless = v128.load_splat<u32>(SIGNLESS + 4);
  const last = out + <usize>samples * stride;
  let word = words;
  let miss = misses;
  do {
    let at = out;
    let factor = deviations;
    const end = out + <usize>count * 16;
    do {
      const a0 = v128.load64_zero(layerOffset(word, 0), layers32);
      const a = v128.load_lane<u64>(layerOffset(word, 8), a0, 1, layers32);
      const b0 = v128.load64_zero(layerOffset(word, 16), layers32);
      const b = v128.load_lane<u64>(layerOffset(word, 24), b0, 1, layers32);
      const upper = v128.shuffle<u32>(v128.load(word), v128.load(word, 16), 1, 3, 5, 7);
      const u = f32x4.convert_i32x4_s(upper);
      const z = f32x4.mul(u, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
      v128.store(at, f32x4.mul(z, v128.load_splat<u32>(factor)));
      const inside = f32x4.lt(v128.and(u, signless), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
      store<usize>(miss, word);
      miss += <usize>(i32x4.bitmask(inside) != 15) << 2;
      word += 32;
      at += 16;
      factor += 4;
    } while (at < end);
    out += stride;
  } while (out < last);
  return miss;
}

/** Eight times the layer of the word at `words + offset`: bits 3-11 as they stand. */
@inline
function layerOffset(words: usize, offset: usize): usize {
  return <usize>load<u16>(words + offset) & 0xff8;
}

/** Replaces the listed misses. */
function retryAll<T>(
  end: usize,
  deviations: usize,
  out: usize,
  gap: usize,
  count: i32,
  stride: usize,
  streams: usize,
): void {
  for (let miss = misses; miss < end; miss += 4) {
    const word = load<usize>(miss);
    const index = <u32>(word - words) >> 5;
    const sample = index / count;
    const j = index - sample * count;
    const at = out + <usize>sample * stride + <usize>(j << 4);
    const factor = <f64>load<T>(deviations + <usize>j * sizeof<T>());
    let missed = 15 - (i64x2.bitmask(inside(word)) | (i64x2.bitmask(inside(word + 16)) << 2));
    while (missed) {
      const lane = <usize>ctz(missed);
      const z = factor * retry(streams + (lane << 5), load<u64>(word + (lane << 3)));
      if (sizeof<T>() == 8) store<f64>(at + ((lane & 1) << 3) + (lane >> 1) * gap, z);
      else store<f32>(at + (lane << 2), <f32>z);
      missed &= missed - 1;
    }
  }
}

/** Whether the words of a pair fall inside their layers. */
@inline
function inside(words: usize): v128 {
  const low = v128.load64_zero(layerOffset(words, 0) << 1, layers + 8);
  const accept = v128.load_lane<u64>(layerOffset(words, 8) << 1, low, 1, layers + 8);
  return f64x2.lt(f64x2.abs(abscissae(v128.load(words), f64x2.splat(1.5))), accept);
}

/**
 * Half the abscissa of each word, its bits 12-63 as a signed number times 2^-52. WebAssembly has no vector conversion of
 * 64-bit integers, so they are laid over the mantissa of 3/2, whose top bit their sign turns, and 3/2 is taken away. Exact.
 */
@inline
function abscissae(words: v128, middle: v128): v128 {
  return f64x2.sub(v128.xor(i64x2.shr_u(words, 12), middle), middle);
}

/** The same of one word. */
function abscissa(word: u64): f64 {
  return <f64>(<i64>word >> 12) * (1.0 / 4503599627370496.0);
}

/** The normal for a word that missed the inside of its layer. */
function retry(stream: usize, missed: u64): f64 {
  let word = missed;
  while (true) {
    const layer = <usize>word & 0xff8;
    const u = abscissa(word);
    if (layer == 0) return tail(stream, u < 0);
    const x = u * load<f64>((layer << 1) + layers);
    const low = load<f64>(layer + heights);
    const high = load<f64>(layer + heights, 8);
    const y = low + uniform(stream) * (high - low);
    // 1 - d < exp(-d) < 1 - d + d^2 / 2 settles most cases without the call; the margin keeps rounding from settling
    // any.
    const edge = 0.5 * load<f64>((layer << 1) + layers, 16);
    const d = 0.5 * (x * x - edge * edge);
    if (y < high * (1 - 1e-12 - d)) return x;
    if (y < high * (1 + 1e-12 - d + 0.5 * d * d) && y < exp(-0.5 * x * x)) return x;
    word = nextWord(stream);
    const second = abscissa(word);
    const next = (<usize>word & 0xff8) << 1;
    if (Math.abs(second) < load<f64>(next + layers, 8)) return second * load<f64>(next + layers);
  }
}

function tail(stream: usize, negative: bool): f64 {
  while (true) {
    const x = -log(positive(stream)) / tailStart;
    const y = -log(positive(stream));
    if (2 * y > x * x) return negative ? -(tailStart + x) : tailStart + x;
  }
}

/** Uniform on (0, 1]. */
function positive(stream: usize): f64 {
  return uniform(stream) + 1.0 / 18014398509481984.0;
}
