// Normals of the C programs here: xoshiro256+ and the ziggurat in blocks, replicas in vectors of BYTES bytes, written with the
// vector extensions of gcc.

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef BYTES
#define BYTES 16
#endif
#define LANES (BYTES / 8)
#define BLOCK 32
#define GROUPS 2

typedef double Reals __attribute__((vector_size(BYTES)));
typedef uint64_t Words __attribute__((vector_size(BYTES)));

static double edge[257], accept[257], height[257];
static const double TAIL = 3.6541528853610088, AREA = 0.00492867323399;

static void make_tables(void) {
  edge[0] = AREA / exp(-0.5 * TAIL * TAIL);
  edge[1] = TAIL;
  for (int i = 2; i < 256; i++) edge[i] = sqrt(-2 * log(AREA / edge[i - 1] + exp(-0.5 * edge[i - 1] * edge[i - 1])));
  edge[256] = 0;
  for (int i = 0; i < 256; i++) accept[i] = edge[i + 1] / edge[i];
  for (int i = 0; i <= 256; i++) height[i] = exp(-0.5 * edge[i] * edge[i]);
}

static inline uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static uint64_t next_word(uint64_t s[4]) {
  uint64_t result = s[0] + s[3], t = s[1] << 17;
  s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3], s[2] ^= t;
  s[3] = rotate(s[3], 45);
  return result;
}

static double uniform(uint64_t s[4]) { return (next_word(s) >> 11) * 0x1p-53; }
static inline double abscissa(uint64_t word) { return ((int64_t)word >> 11) * 0x1p-52; }

static double retry(uint64_t s[4], uint64_t word) {
  for (;;) {
    int layer = (word >> 3) & 255;
    double u = abscissa(word), x = u * edge[layer];
    if (fabs(u) < accept[layer]) return x;
    if (layer == 0) {
      for (;;) {
        double a = -log(uniform(s) + 0x1p-54) / TAIL, b = -log(uniform(s) + 0x1p-54);
        if (2 * b > a * a) return u < 0 ? -(TAIL + a) : TAIL + a;
      }
    }
    if (height[layer] + uniform(s) * (height[layer + 1] - height[layer]) < exp(-0.5 * x * x)) return x;
    word = next_word(s);
  }
}

// One generator in each lane, and another for the words that missed.
typedef struct {
  Words s[4];
  uint64_t retry[LANES][4];
} Streams;

// Normals for both groups of a tile at once, so that two generator chains overlap.
static void draw(Streams *a, Streams *b, Words *words, Reals *ra, Reals *rb, int samples, int n, int stride) {
  Words s0 = a->s[0], s1 = a->s[1], s2 = a->s[2], s3 = a->s[3];
  Words t0 = b->s[0], t1 = b->s[1], t2 = b->s[2], t3 = b->s[3];
  int total = samples * n;
  for (int k = 0; k < total; k++) {
    words[2 * k] = s0 + s3;
    words[2 * k + 1] = t0 + t3;
    Words u = s1 << 17, v = t1 << 17;
    s2 ^= s0, t2 ^= t0, s3 ^= s1, t3 ^= t1, s1 ^= s2, t1 ^= t2, s0 ^= s3, t0 ^= t3, s2 ^= u, t2 ^= v;
    s3 = (s3 << 45) | (s3 >> 19);
    t3 = (t3 << 45) | (t3 >> 19);
  }
  a->s[0] = s0, a->s[1] = s1, a->s[2] = s2, a->s[3] = s3;
  b->s[0] = t0, b->s[1] = t1, b->s[2] = t2, b->s[3] = t3;
  const uint64_t *word = (const uint64_t *)words;
  for (int s = 0; s < samples; s++) {
    for (int j = 0; j < n; j++) {
      for (int g = 0; g < 2; g++) {
        double *out = (double *)((g ? rb : ra) + s * stride + j);
        int missed = 0;
        for (int l = 0; l < LANES; l++) {
          double u = abscissa(word[l]);
          int layer = (word[l] >> 3) & 255;
          out[l] = u * edge[layer];
          missed |= !(fabs(u) < accept[layer]);
        }
        if (__builtin_expect(missed, 0)) {
          for (int l = 0; l < LANES; l++) {
            if (!(fabs(abscissa(word[l])) < accept[(word[l] >> 3) & 255])) out[l] = retry((g ? b : a)->retry[l], word[l]);
          }
        }
        word += LANES;
      }
    }
  }
}

static void *vectors(size_t count) {
  void *memory = aligned_alloc(64, (count * BYTES + 63) / 64 * 64);
  memset(memory, 0, count * BYTES);
  return memory;
}

static void seed_streams(Streams *streams, uint64_t seed[4]) {
  for (int w = 0; w < 4; w++) {
    for (int l = 0; l < LANES; l++) streams->s[w][l] = next_word(seed), streams->retry[l][w] = next_word(seed);
  }
}
