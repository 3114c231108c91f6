// Included by rule.c: what the generated steps of rules are made of, one replica in each lane. Every operation is that of the
// vectors of WebAssembly, lane by lane, and so are the bits.

typedef Reals V;

INLINE V bits_of(Words words) { return (V)words; }
INLINE V negated(V a) { return bits_of(~(Words)a); }
INLINE V both(V a, V b) { return bits_of((Words)a & (Words)b); }
INLINE V without(V a, V b) { return bits_of((Words)a & ~(Words)b); }
INLINE V either(V a, V b) { return bits_of((Words)a | (Words)b); }
INLINE V unlike(V a, V b) { return bits_of((Words)a ^ (Words)b); }
INLINE V magnitude(V a) { return bits_of((Words)a & 0x7fffffffffffffff); }
INLINE V is_less(V a, V b) { return (V)(a < b); }
INLINE V is_greater(V a, V b) { return (V)(a > b); }
INLINE V is_at_most(V a, V b) { return (V)(a <= b); }
// b < a ? b : a
INLINE V smaller(V a, V b) {
  Words chosen = (Words)(b < a);
  return bits_of(((Words)b & chosen) | ((Words)a & ~chosen));
}
INLINE V shifted_left(V a, int64_t by) { return bits_of((Words)a << (uint64_t)by); }
INLINE V sum_of_integers(V a, V b) { return bits_of((Words)a + (Words)b); }
INLINE V all_integers(int64_t value) { return bits_of((Words){} + (uint64_t)value); }
INLINE int64_t any(V a) {
  Words words = (Words)a;
  uint64_t found = 0;
  for (int lane = 0; lane < LANES; lane++) found |= words[lane];
  return found != 0;
}

#define LOAD(address) (*(const V *)(m + (address)))
#define SPLAT(address) (splat(*(const double *)(m + (address))))
#define STORE(address, value) (*(V *)(m + (address)) = (value))

// As unpackSymmetric of src/kernel/assembly/samples.ts.
static void unpack_symmetric(char *m, int64_t from, int64_t out, int64_t k) {
  const V *entry = (const V *)(m + from);
  V *to = (V *)(m + out);
  for (int64_t i = 0; i < k; i++) {
    for (int64_t j = i; j < k; j++) to[i * k + j] = to[j * k + i] = *entry++;
  }
}

INLINE void swap_numbers(double *a, double *b, int64_t count, int64_t step) {
  for (int64_t i = 0; i < count; i++) {
    double value = a[i * step];
    a[i * step] = b[i * step];
    b[i * step] = value;
  }
}

// As invertPair of src/kernel/assembly/inverse.ts: inverts the r x r matrices in place, `pivots` has room for r vectors. Returns
// whether none is singular.
static int64_t invert(char *m, int64_t matrix, int64_t r, int64_t pivots) {
  V *a = (V *)(m + matrix);
  int64_t *pivot = (int64_t *)(m + pivots);
  for (int64_t k = 0; k < r; k++) {
    V largest = magnitude(a[k * r + k]);
    Words chosen = (Words){} + (uint64_t)k;
    for (int64_t i = k + 1; i < r; i++) {
      V size = magnitude(a[i * r + k]);
      Words is_larger = (Words)(size > largest);
      largest = bits_of(((Words)size & is_larger) | ((Words)largest & ~is_larger));
      chosen = (((Words){} + (uint64_t)i) & is_larger) | (chosen & ~is_larger);
    }
    if (any(negated(is_greater(largest, splat(0))))) return 0;
    for (int lane = 0; lane < LANES; lane++) {
      int64_t row = pivot[k * LANES + lane] = (int64_t)chosen[lane];
      if (row != k) swap_numbers((double *)(a + k * r) + lane, (double *)(a + row * r) + lane, r, LANES);
    }
    V inverse = splat(1) / a[k * r + k];
    a[k * r + k] = splat(1);
    for (int64_t j = 0; j < r; j++) a[k * r + j] *= inverse;
    for (int64_t i = 0; i < r; i++) {
      if (i == k) continue;
      V factor = a[i * r + k];
      a[i * r + k] = splat(0);
      for (int64_t j = 0; j < r; j++) a[i * r + j] -= factor * a[k * r + j];
    }
  }
  for (int64_t k = r - 1; k >= 0; k--) {
    for (int lane = 0; lane < LANES; lane++) {
      int64_t row = pivot[k * LANES + lane];
      if (row != k) swap_numbers((double *)(a + k) + lane, (double *)(a + row) + lane, r, r * LANES);
    }
  }
  return 1;
}
