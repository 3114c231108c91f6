// Matrices of f64 vectors: two replicas, one in each lane. Row-major; a vector is 16 bytes. The sums of a lane are made in the
// order of src/linalg (in-place-products.ts, sparse.ts), and so have their bits. Loops take two rows by two columns at a time; where one
// is left over it is its own partner.

@inline
export function add(a: v128, b: v128): v128 {
  return v128.add<f64>(a, b);
}
@inline
export function sub(a: v128, b: v128): v128 {
  return v128.sub<f64>(a, b);
}
@inline
export function mul(a: v128, b: v128): v128 {
  return v128.mul<f64>(a, b);
}
@inline
export function splat(value: f64): v128 {
  return v128.splat<f64>(value);
}
/** Bytes of `count` vectors. */
@inline
export function vectors(count: i32): usize {
  return <usize>count << 4;
}

/**
 * Writes sum_l a_il b_jl to entry (i, j) of out (r x c), l < k, or adds it. From one i, j or l to the next it is rowA, rowB or
 * stepA, stepB bytes. With `upper`, entries below the diagonal are not to be relied on.
 */
export function sumProducts(
  out: usize,
  a: usize,
  rowA: usize,
  stepA: usize,
  b: usize,
  rowB: usize,
  stepB: usize,
  r: i32,
  k: i32,
  c: i32,
  adding: bool,
  upper: bool,
): void {
  const rowOut = vectors(c);
  for (let i = 0; i < r; i += 2) {
    const below = i + 1 < r ? rowOut : 0;
    const nextA = i + 1 < r ? rowA : 0;
    for (let j = upper ? i : 0; j < c; j += 2) {
      const right: usize = j + 1 < c ? 16 : 0;
      const nextB = j + 1 < c ? rowB : 0;
      const at = out + <usize>i * rowOut + vectors(j);
      let s11 = splat(0);
      let s12 = s11;
      let s21 = s11;
      let s22 = s11;
      if (adding) {
        s11 = v128.load(at);
        s12 = v128.load(at + right);
        s21 = v128.load(at + below);
        s22 = v128.load(at + below + right);
      }
      let left = a + <usize>i * rowA;
      let other = b + <usize>j * rowB;
      for (let l = 0; l < k; l++) {
        const a1 = v128.load(left);
        const a2 = v128.load(left + nextA);
        const b1 = v128.load(other);
        const b2 = v128.load(other + nextB);
        s11 = add(s11, mul(a1, b1));
        s12 = add(s12, mul(a1, b2));
        s21 = add(s21, mul(a2, b1));
        s22 = add(s22, mul(a2, b2));
        left += stepA;
        other += stepB;
      }
      v128.store(at, s11);
      v128.store(at + right, s12);
      v128.store(at + below, s21);
      v128.store(at + below + right, s22);
    }
  }
}

/** out (r x c) = a (r x k) b^T for b (c x k). */
@inline
export function productTransposed(out: usize, a: usize, b: usize, r: i32, k: i32, c: i32): void {
  sumProducts(out, a, vectors(k), 16, b, vectors(k), 16, r, k, c, false, false);
}

/** Adds a a^T to out (r x r) for a (r x k), in its upper triangle. */
@inline
export function addUpperGram(out: usize, a: usize, r: i32, k: i32): void {
  sumProducts(out, a, vectors(k), 16, a, vectors(k), 16, r, k, r, true, true);
}

/**
 * out (rows x count) = m x^T for a sparse matrix m, the vectors x being `count` stretches of data, one every `stride` bytes.
 * m is rows + 1 numbers of entries before each row (i32, up to the next multiple of 16 bytes), then the entries: value (f64),
 * column in bytes of vectors (i32), nothing (i32).
 */
export function sparseTimes(out: usize, m: usize, rows: i32, data: usize, count: i32, stride: usize): void {
  const entries = sparseEntries(m, rows);
  for (let i = 0; i < rows; i++) {
    const from = entries + vectors(load<i32>(m + (<usize>i << 2)));
    const to = entries + vectors(load<i32>(m + (<usize>i << 2), 4));
    for (let c = 0; c < count; c += 2) {
      const right: usize = c + 1 < count ? 16 : 0;
      const next = c + 1 < count ? stride : 0;
      const x = data + <usize>c * stride;
      let s1 = splat(0);
      let s2 = s1;
      for (let entry = from; entry < to; entry += 16) {
        const value = v128.load64_splat(entry);
        const at = x + <usize>load<i32>(entry, 8);
        s1 = add(s1, mul(value, v128.load(at)));
        s2 = add(s2, mul(value, v128.load(at + next)));
      }
      v128.store(out, s1);
      v128.store(out + right, s2);
      out += 16 + right;
    }
  }
}

/** Sum of x^T m x over vectors x laid out as in `sparseTimes`. */
export function quadraticForm(m: usize, rows: i32, data: usize, count: i32, stride: usize): v128 {
  const entries = sparseEntries(m, rows);
  let sum = splat(0);
  for (let i = 0; i < rows; i++) {
    const end = entries + vectors(load<i32>(m + (<usize>i << 2), 4));
    for (let entry = entries + vectors(load<i32>(m + (<usize>i << 2))); entry < end; entry += 16) {
      let products = splat(0);
      let left = data + vectors(i);
      let right = data + <usize>load<i32>(entry, 8);
      for (let c = 0; c < count; c++) {
        products = add(products, mul(v128.load(left), v128.load(right)));
        left += stride;
        right += stride;
      }
      sum = add(sum, mul(v128.load64_splat(entry), products));
    }
  }
  return sum;
}

@inline
function sparseEntries(m: usize, rows: i32): usize {
  return m + (((<usize>rows << 2) + 19) & ~15);
}

export function sumOfSquares(a: usize, count: i32): v128 {
  let sum = splat(0);
  for (const end = a + vectors(count); a < end; a += 16) sum = add(sum, mul(v128.load(a), v128.load(a)));
  return sum;
}

/** Adds the inner products of the rows of a and b, `width` vectors each, times `factor` to the `rows` vectors of target. */
export function addProducts(target: usize, a: usize, b: usize, rows: i32, width: i32, factor: f64): void {
  for (const end = target + vectors(rows); target < end; target += 16) {
    let sum = splat(0);
    for (const last = a + vectors(width); a < last; a += 16) {
      sum = add(sum, mul(v128.load(a), v128.load(b)));
      b += 16;
    }
    v128.store(target, add(v128.load(target), mul(splat(factor), sum)));
  }
}

/** Adds the squared distances between the rows of a and of b, whose numbers all lanes share (f64), to target. */
export function addSquaredDistances(target: usize, a: usize, b: usize, rows: i32, width: i32): void {
  for (const end = target + vectors(rows); target < end; target += 16) {
    let sum = splat(0);
    for (const last = a + vectors(width); a < last; a += 16) {
      const difference = sub(v128.load(a), v128.load64_splat(b));
      sum = add(sum, mul(difference, difference));
      b += 8;
    }
    v128.store(target, add(v128.load(target), sum));
  }
}

/** Adds `count` vectors to target. */
export function addVectors(target: usize, a: usize, count: i32): void {
  for (const end = target + vectors(count); target < end; target += 16) {
    v128.store(target, add(v128.load(target), v128.load(a)));
    a += 16;
  }
}
