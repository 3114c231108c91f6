// The random numbers of src/random, one stream at a time: xoshiro256+, our own exp and log, and what follows a miss of the
// ziggurat. The order of every operation is that of src/random and src/kernel/assembly/normals.ts, and so are the bits.
#ifndef MEANDER_RANDOM_H
#define MEANDER_RANDOM_H

#include <math.h>
#include <string.h>
#include "kernel.h"

static inline uint64_t next_word(uint64_t *s) {
  uint64_t word = s[0] + s[3], shifted = s[1] << 17;
  s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3], s[2] ^= shifted;
  s[3] = (s[3] << 45) | (s[3] >> 19);
  return word;
}

// Uniform on [0, 1), and on (0, 1].
static inline double uniform(uint64_t *s) { return (double)(int64_t)(next_word(s) >> 11) * 0x1p-53; }
static inline double positive(uint64_t *s) { return uniform(s) + 0x1p-54; }

static const double LN2_HIGH = 0.6931471803691238, LN2_LOW = 1.9082149292705877e-10;

static double own_exp(double x) {
  if (x < -708) return 0;
  double k = floor(x / LN2_HIGH + 0.5);
  double r = x - k * LN2_HIGH - k * LN2_LOW;
  double tail = 1 / 3628800.0 + r * (1 / 39916800.0 + r * (1 / 479001600.0 + r * (1 / 6227020800.0)));
  double middle = 1 / 120.0 + r * (1 / 720.0 + r * (1 / 5040.0 + r * (1 / 40320.0 + r * (1 / 362880.0 + r * tail))));
  double series = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * middle))));
  uint64_t bits = (uint64_t)(int64_t)(k + 1023) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return series * power;
}

static double own_log(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  double k = (double)((int64_t)(bits >> 52) - 1023), m;
  bits = (bits & 0xfffffffffffffu) | 0x3ff0000000000000u;
  memcpy(&m, &bits, sizeof m);
  if (m > 1.4142135623730951) m /= 2, k++;
  double f = (m - 1) / (m + 1), square = f * f;
  double tail = 1 / 13.0 + square * (1 / 15.0 + square * (1 / 17.0 + square * (1 / 19.0 + square * (1 / 21.0))));
  double series = 1 / 3.0 + square * (1 / 5.0 + square * (1 / 7.0 + square * (1 / 9.0 + square * (1 / 11.0 + square * tail))));
  return k * LN2_HIGH + (2 * f + (2 * f * square * series + k * LN2_LOW));
}

// Eight times the layer of a word: bits 3-11 as they stand. Half its abscissa: bits 12-63 as a signed number times 2^-52.
static inline uint32_t layer_offset(uint64_t word) { return word & 0xff8; }
static inline double half_abscissa(uint64_t word) { return (double)((int64_t)word >> 12) * 0x1p-52; }

// The entries of a layer: 2 edge and accept / 2.
static inline const double *layer(const Kernel *kernel, uint64_t word) {
  return (const double *)(kernel->layers + 2 * layer_offset(word));
}
static inline int is_inside(const Kernel *kernel, uint64_t word) {
  return fabs(half_abscissa(word)) < layer(kernel, word)[1];
}

static double tail(const Kernel *kernel, uint64_t *stream, int negative) {
  for (;;) {
    double x = -own_log(positive(stream)) / kernel->tailStart, y = -own_log(positive(stream));
    if (2 * y > x * x) return negative ? -(kernel->tailStart + x) : kernel->tailStart + x;
  }
}

// The normal for a word that missed the inside of its layer.
static double retry(const Kernel *kernel, uint64_t *stream, uint64_t word) {
  for (;;) {
    uint32_t offset = layer_offset(word);
    double u = half_abscissa(word);
    if (offset == 0) return tail(kernel, stream, u < 0);
    const double *edges = layer(kernel, word);
    double x = u * edges[0];
    const double *height = (const double *)(kernel->heights + offset);
    double y = height[0] + uniform(stream) * (height[1] - height[0]);
    // 1 - d < exp(-d) < 1 - d + d^2 / 2 settles most cases without the call, with a margin for rounding.
    double edge = 0.5 * edges[2], d = 0.5 * (x * x - edge * edge);
    if (y < height[1] * (1 - 1e-12 - d)) return x;
    if (y < height[1] * (1 + 1e-12 - d + 0.5 * d * d) && y < own_exp(-0.5 * x * x)) return x;
    word = next_word(stream);
    if (is_inside(kernel, word)) return half_abscissa(word) * layer(kernel, word)[0];
  }
}

#endif
