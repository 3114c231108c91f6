import {
  add,
  addProducts,
  addSquaredDistances,
  addUpperGram,
  addVectors,
  mul,
  productTransposed,
  quadraticForm,
  splat,
  sparseTimes,
  sub,
  sumOfSquares,
  sumProducts,
  vectors,
} from './algebra';
import { logarithm, polar } from './frames';
import { batch, groups, groupSize, inputs, outputs, scale, units } from './parameters';

// The samples of ReferenceAccumulator (src/measure/sampling/) for pairs of replicas, one in each lane. A sample takes three calls,
// `project`, `rotate` and `accumulate`, so that between them the caller can compute for a lane what the series here do not
// reach. Everything is f64.

// Set by the loader.
/** r, k (rows of Theta in use), K, D. */
export let rank: i32 = 0;
export let rows: i32 = 0;
export let probes: i32 = 0;
export let directions: i32 = 0;
/** Sparse matrices: Theta*, stimuli, directions, and the form of the task loss. */
export let referencePoint: usize = 0;
export let probeStimuli: usize = 0;
export let axes: usize = 0;
export let lossForm: usize = 0;
/** Numbers that all replicas share: W1* x (K x r), A (m x n), what label noise adds to the loss, gamma. */
export let probeCodes: usize = 0;
export let lossTarget: usize = 0;
export let lossNoise: f64 = 0;
export let weightDecay: f64 = 0;
/** The sums of the pairs, each a SampleSums (src/measure/sampling/sums.ts) of vectors, and its size in bytes. */
export let sums: usize = 0;
export let sumsSize: usize = 0;

// Room for what is computed of the pair now recorded.
/**
 * Theta (k x (n+m)), R^T (r x k), R^T before against R (r x r), omega (r x r and P) and its components (D), R^T h (K x r),
 * A - W2 W1 (m x n).
 */
export let theta: usize = 0;
export let frame: usize = 0;
export let relative: usize = 0;
export let omega: usize = 0;
export let planes: usize = 0;
export let components: usize = 0;
export let aligned: usize = 0;
export let residual: usize = 0;

/**
 * Takes the states of a pair: Theta, its losses, R^T; the losses are added. The lanes where R^T was not found, and, times
 * four, those where Theta is not finite.
 */
export function project64(pair: i32): i32 {
  readTheta<f64>(pair);
  return project(pair);
}
export function project32(pair: i32): i32 {
  readTheta<f32>(pair);
  return project(pair);
}

function project(pair: i32): i32 {
  const finite = addLosses(pair);
  sparseTimes(frame, referencePoint, rank, theta, rows, vectors(inputs + outputs));
  return polar(frame, rank, rows) | ((3 & ~finite) << 2);
}

/** Finds omega, the rotation since the sample before. The lanes where it was not found. */
export function rotate(pair: i32): i32 {
  productTransposed(relative, sumsOf(pair), frame, rank, rows, rank);
  // Frames that span slightly different spaces are compared by the rotation nearest to their overlap.
  const far = rows == rank ? 0 : polar(relative, rank, rank);
  return far | logarithm(omega, relative, rank);
}

/** Adds the sample of a pair to its sums, and its rotation unless it is the first. */
export function accumulate(pair: i32, first: bool): void {
  const frameBefore = sumsOf(pair);
  const increment = frameBefore + vectors(rank * rows);
  const along = increment + vectors(rank * rank);
  const hidden = along + vectors(directions);
  const fluctuation = hidden + vectors(probes * rows + 2);
  const codes = fluctuation + vectors(probes);
  const similarity = codes + vectors(probes * rank);
  const rotation = similarity + vectors(probes * probes);

  copyVectors(frameBefore, frame, rank * rows);
  sparseTimes(hidden, probeStimuli, probes, theta, rows, vectors(inputs + outputs));
  productTransposed(aligned, hidden, frame, probes, rows, rank);
  addVectors(codes, aligned, probes * rank);
  addSquaredDistances(fluctuation, aligned, probeCodes, probes, rank);
  if (rows > rank) {
    addProducts(fluctuation, hidden, hidden, probes, rows, 1);
    addProducts(fluctuation, aligned, aligned, probes, rank, -1);
  }
  addUpperGram(similarity, hidden, probes, rows);
  if (!first) accumulateRotation(increment, along, rotation);
}

function accumulateRotation(increment: usize, along: usize, rotation: usize): void {
  const count = (rank * (rank - 1)) / 2;
  const square = rotation + vectors(count);
  const directionSquare = square + vectors(rank * rank);
  const neighbour = directionSquare + vectors(directions);
  const directionNeighbour = neighbour + vectors(rank * rank);
  let plane = planes;
  for (let a = 0; a < rank; a++) {
    copyVectors(plane, omega + vectors(a * rank + a + 1), rank - a - 1);
    plane += vectors(rank - a - 1);
  }
  addVectors(rotation, planes, count);
  addUpperGram(square, omega, rank, rank);
  sumProducts(neighbour, increment, vectors(rank), 16, omega, vectors(rank), 16, rank, rank, rank, true, false);
  copyVectors(increment, omega, rank * rank);
  sparseTimes(components, axes, directions, planes, 1, 0);
  for (let d = 0; d < directions; d++) {
    const at = vectors(d);
    const now = v128.load(components + at);
    const squares = v128.load(directionSquare + at);
    const products = v128.load(directionNeighbour + at);
    v128.store(directionSquare + at, add(squares, mul(now, now)));
    v128.store(directionNeighbour + at, add(products, mul(now, v128.load(along + at))));
  }
  copyVectors(along, components, directions);
}

@inline
function sumsOf(pair: i32): usize {
  return sums + <usize>pair * sumsSize;
}

function copyVectors(to: usize, from: usize, count: i32): void {
  for (const end = to + vectors(count); to < end; to += 16) {
    v128.store(to, v128.load(from));
    from += 16;
  }
}

/** Adds the losses of Theta; the lanes where they are finite. */
function addLosses(pair: i32): i32 {
  const columns = vectors(inputs + outputs);
  const w2 = theta + vectors(inputs);
  sumProducts(residual, w2, 16, columns, theta, 16, columns, outputs, rows, inputs, false, false);
  const count = inputs * outputs;
  for (let i = 0; i < count; i++) {
    const at = residual + vectors(i);
    v128.store(at, sub(v128.load64_splat(lossTarget + (<usize>i << 3)), v128.load(at)));
  }
  const form = quadraticForm(lossForm, inputs, residual, outputs, vectors(inputs));
  const task = add(v128.div<f64>(form, splat(2)), splat(lossNoise));
  const squaredNorm = sumOfSquares(theta, rows * (inputs + outputs));
  const regularized = add(task, mul(splat(weightDecay / 2), squaredNorm));
  const losses = sumsOf(pair) + vectors(rank * (rows + rank) + directions + probes * rows);
  v128.store(losses, add(v128.load(losses), task));
  v128.store(losses, add(v128.load(losses, 16), regularized), 16);
  return v128.bitmask<i64>(v128.eq<f64>(sub(regularized, regularized), splat(0)));
}

/** Theta = scale * (stored Theta + the update still pending), as readTheta in src/kernel/two-layer-sgd/state.ts. */
@inline
function readTheta<T>(pair: i32): void {
  const columns = inputs + outputs;
  const first = groups + (sizeof<T>() == 8 ? <usize>pair : <usize>pair >> 1) * groupSize;
  const group = sizeof<T>() == 8 ? first : first + (<usize>(pair & 1) << 3);
  const hidden = group + vectors(units * columns);
  const records = hidden + vectors(batch * units);
  const scales = splat(scale);
  for (let k = 0; k < rows; k++) {
    const block = k & ~3;
    const weights = group + vectors(block * columns + (k & 3));
    const stride = vectors(min(units - block, 4));
    const out = theta + vectors(k * columns);
    for (let j = 0; j < columns; j++) {
      v128.store(out + vectors(j), mul(scales, lanes<T>(weights + <usize>j * stride)));
    }
    for (let s = 0; s < batch; s++) {
      const record = records + vectors(s * columns);
      let back = splat(0);
      for (let j = inputs; j < columns; j++) {
        back = add(back, mul(lanes<T>(weights + <usize>j * stride), lanes<T>(record + vectors(j))));
      }
      const forward = mul(scales, lanes<T>(hidden + vectors(s * units + k)));
      back = mul(scales, back);
      for (let j = 0; j < columns; j++) {
        const at = out + vectors(j);
        v128.store(at, add(v128.load(at), mul(j < inputs ? back : forward, lanes<T>(record + vectors(j)))));
      }
    }
  }
}

/** The numbers of a pair: a vector of f64, or half of one of f32. */
@inline
function lanes<T>(address: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(address) : f64x2.promote_low_f32x4(v128.load64_zero(address));
}
