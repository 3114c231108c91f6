import { add, mul, splat, sub, sumOfSquares, sumProducts, vectors } from './algebra';

// The near cases of PolarIteration and SmallRotationLogarithm (polar.ts, small-rotation.ts in src/linalg) for two replicas at once, with their bits:
// a lane takes as many passes and terms as it would alone. What is not near is left to the caller.

/** Set by the loader: room for four matrices r x r, and for one r x k. */
export let matrices: usize = 0;
export let spareFrame: usize = 0;

/**
 * out (r x r) = shift I + factor a b^T for a, b (r x k) whose product is symmetric (sign 1) or antisymmetric (sign -1), in half
 * the work.
 */
function mirroredProduct(
  out: usize,
  a: usize,
  b: usize,
  r: i32,
  k: i32,
  sign: f64,
  factor: v128,
  shift: f64,
): void {
  const row = vectors(k);
  const rowOut = vectors(r);
  const mirrored = mul(splat(sign), factor);
  for (let i = 0; i < r; i += 2) {
    const next = i + 1 < r;
    const nextA = next ? row : 0;
    const below = next ? rowOut : 0;
    const belowMirrored: usize = next ? 16 : 0;
    for (let j = i; j < r; j += 2) {
      const nextB = j + 1 < r ? row : 0;
      const right: usize = j + 1 < r ? 16 : 0;
      const rightMirrored = j + 1 < r ? rowOut : 0;
      let s11 = splat(0);
      let s12 = s11;
      let s21 = s11;
      let s22 = s11;
      let left = a + <usize>i * row;
      let other = b + <usize>j * row;
      for (let l = 0; l < k; l++) {
        const a1 = v128.load(left);
        const a2 = v128.load(left + nextA);
        const b1 = v128.load(other);
        const b2 = v128.load(other + nextB);
        s11 = add(s11, mul(a1, b1));
        s12 = add(s12, mul(a1, b2));
        s21 = add(s21, mul(a2, b1));
        s22 = add(s22, mul(a2, b2));
        left += 16;
        other += 16;
      }
      const at = out + <usize>i * rowOut + vectors(j);
      const mirror = out + <usize>j * rowOut + vectors(i);
      const onto = splat(i == j ? shift : 0);
      v128.store(mirror + belowMirrored, mul(mirrored, s21));
      v128.store(mirror + rightMirrored, mul(mirrored, s12));
      v128.store(mirror + rightMirrored + belowMirrored, mul(mirrored, s22));
      v128.store(at + right, mul(factor, s12));
      if (i != j) {
        v128.store(mirror, mul(mirrored, s11));
        v128.store(at + below, mul(factor, s21));
      }
      v128.store(at, add(mul(factor, s11), onto));
      v128.store(at + below + right, add(mul(factor, s22), onto));
    }
  }
}

/** Ratio q_t of the coefficients of (1 - x)^(-1/2), or of theta / sin(theta) in 1 - cos(theta), and how many there are. */
@inline
function ratio(angle: bool, t: i32): f64 {
  return angle ? <f64>t / <f64>(2 * t + 1) : <f64>(2 * t - 1) / <f64>(2 * t);
}
@inline
const ROOT_TERMS: i32 = 4;
@inline
const ANGLE_TERMS: i32 = 60;

/** Terms of the series that matter beside rounding, for |a| <= norm. */
function termsFor(angle: bool, norm: f64): i32 {
  const most = angle ? ANGLE_TERMS : ROOT_TERMS;
  let terms = 0;
  for (let term: f64 = 1; terms < most; terms++) {
    term *= norm * ratio(angle, terms + 1);
    if (term < 5e-17) break;
  }
  return terms;
}

/** I + q_1 a (I + q_2 a (I + ...)) of a symmetric a, |a| <= norms < 1 in each lane; the address of the sum, `sum` or `next`. */
function series(angle: bool, a: usize, r: i32, norms: v128, sum: usize, next: usize): usize {
  const terms0 = termsFor(angle, v128.extract_lane<f64>(norms, 0));
  const terms1 = termsFor(angle, v128.extract_lane<f64>(norms, 1));
  const most = max(terms0, terms1);
  const last = most > 0 ? laneRatios(angle, most, terms0, terms1) : splat(0);
  const size = vectors(r * r);
  for (let at: usize = 0; at < size; at += 16) v128.store(sum + at, mul(last, v128.load(a + at)));
  for (let at: usize = 0; at < size; at += vectors(r + 1)) v128.store(sum + at, add(v128.load(sum + at), splat(1)));
  for (let t = most - 1; t > 0; t--) {
    mirroredProduct(next, a, sum, r, r, 1, laneRatios(angle, t, terms0, terms1), 1);
    const swapped = sum;
    sum = next;
    next = swapped;
  }
  return sum;
}

/** q_t, zero in a lane that has fewer terms: its sum is I until its own first. */
@inline
function laneRatios(angle: bool, t: i32, terms0: i32, terms1: i32): v128 {
  const q = ratio(angle, t);
  return v128.replace_lane<f64>(splat(t <= terms0 ? q : 0), 1, t <= terms1 ? q : 0);
}

/**
 * Replaces a (r x k) by its polar factor. The lanes (bits) where a is too far from orthonormal rows; there it is left as
 * anything.
 */
export function polar(a: usize, r: i32, k: i32): i32 {
  const error = matrices;
  const sum = error + vectors(r * r);
  const next = sum + vectors(r * r);
  const size = vectors(r * k);
  let active = v128.splat<i64>(-1);
  let done = 0;
  for (let pass = 0; pass < 60; pass++) {
    const square = v128.div<f64>(sumOfSquares(a, r * k), splat(<f64>r));
    mirroredProduct(error, a, a, r, k, 1, v128.div<f64>(splat(-1), square), 1);
    const distance = v128.sqrt<f64>(sumOfSquares(error, r * r));
    active = v128.and(active, v128.lt<f64>(distance, splat(0.9)));
    if (v128.bitmask<i64>(active) == 0) break;
    const root = series(false, error, r, v128.and(distance, active), sum, next);
    sumProducts(spareFrame, root, vectors(r), 16, a, 16, vectors(k), r, r, k, false, false);
    const scale = v128.div<f64>(splat(1), v128.sqrt<f64>(square));
    for (let at: usize = 0; at < size; at += 16) {
      v128.store(a + at, v128.bitselect(mul(scale, v128.load(spareFrame + at)), v128.load(a + at), active));
    }
    const reached = v128.lt<f64>(distance, splat(5e-4));
    done |= v128.bitmask<i64>(v128.and(active, reached));
    active = v128.andnot(active, reached);
  }
  return 3 & ~done;
}

/** omega (r x r) = log(rotation). The lanes where the rotation is not small, omega being anything there. */
export function logarithm(omega: usize, rotation: usize, r: i32): i32 {
  const sine = matrices;
  const versine = sine + vectors(r * r);
  const sum = versine + vectors(r * r);
  const next = sum + vectors(r * r);
  const half = splat(0.5);
  let trace = splat(0);
  for (let i = 0; i < r; i++) {
    const diagonal = vectors(i * r + i);
    const versed = sub(splat(1), v128.load(rotation + diagonal));
    v128.store(versine + diagonal, versed);
    v128.store(sine + diagonal, splat(0));
    trace = add(trace, versed);
    for (let j = 0; j < i; j++) {
      const lower = vectors(i * r + j);
      const upper = vectors(j * r + i);
      const below = v128.load(rotation + lower);
      const above = v128.load(rotation + upper);
      v128.store(sine + lower, mul(half, sub(below, above)));
      v128.store(sine + upper, mul(half, sub(above, below)));
      const mean = mul(splat(-0.5), add(below, above));
      v128.store(versine + lower, mean);
      v128.store(versine + upper, mean);
    }
  }
  // |R - I|^2 = 2 tr V < 1/4.
  const small = v128.lt<f64>(mul(splat(2), trace), splat(0.25));
  const factor = series(true, versine, r, v128.and(trace, small), sum, next);
  mirroredProduct(omega, sine, factor, r, r, -1, splat(1), 0);
  return 3 & ~v128.bitmask<i64>(small);
}
