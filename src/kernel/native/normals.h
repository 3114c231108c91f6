// Included by tile.h. The ziggurat in lanes, as in src/kernel/assembly/normals.ts: words of a block, then normals, then those
// that missed their layer again.

#define draw_words NAMED(draw_words, BITS, TYPE)
// `count` words of each stream: a vector of the first chain, one of the second, and so on.
INLINE void draw_words(Words *restrict words, Words *a, Words *b, int32_t chains, int32_t count) {
  Words a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3];
  Words b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3];
  for (int32_t k = 0; k < count; k++) {
    Words shifted_a = a1 << 17, shifted_b = b1 << 17;
    words[chains * k] = a0 + a3;
    a2 ^= a0, a3 ^= a1, a1 ^= a2, a0 ^= a3, a2 ^= shifted_a;
    a3 = (a3 << 45) | (a3 >> 19);
    if (chains == 1) continue;
    words[2 * k + 1] = b0 + b3;
    b2 ^= b0, b3 ^= b1, b1 ^= b2, b0 ^= b3, b2 ^= shifted_b;
    b3 = (b3 << 45) | (b3 >> 19);
  }
  a[0] = a0, a[1] = a1, a[2] = a2, a[3] = a3;
  if (chains == 2) b[0] = b0, b[1] = b1, b[2] = b2, b[3] = b3;
}

#ifndef SINGLE
typedef double Two __attribute__((vector_size(16)));

// The entries 2 edge and accept / 2 of the layers of words.
INLINE void look_up(const char *layers, const uint64_t *word, Reals *edge, Reals *accept) {
#define PAIR(k) (*(const Two *)(layers + 2 * layer_offset(word[k])))
#if BITS == 128
  Reals even = PAIR(0), odd = PAIR(1);
  *edge = SHUFFLE(Words, even, odd, 0, 2), *accept = SHUFFLE(Words, even, odd, 1, 3);
#elif BITS == 256
  Two a = PAIR(0), b = PAIR(1), c = PAIR(2), d = PAIR(3);
  Reals even = {a[0], a[1], c[0], c[1]}, odd = {b[0], b[1], d[0], d[1]};
  *edge = SHUFFLE(Words, even, odd, 0, 4, 2, 6), *accept = SHUFFLE(Words, even, odd, 1, 5, 3, 7);
#else
  Two a = PAIR(0), b = PAIR(1), c = PAIR(2), d = PAIR(3), e = PAIR(4), f = PAIR(5), g = PAIR(6), h = PAIR(7);
  Reals even = {a[0], a[1], c[0], c[1], e[0], e[1], g[0], g[1]}, odd = {b[0], b[1], d[0], d[1], f[0], f[1], h[0], h[1]};
  *edge = SHUFFLE(Words, even, odd, 0, 8, 2, 10, 4, 12, 6, 14);
  *accept = SHUFFLE(Words, even, odd, 1, 9, 3, 11, 5, 13, 7, 15);
#endif
#undef PAIR
}

// Whether |u| < bound in all lanes.
INLINE int all_inside(Reals u, Reals bound) {
  Words inside = (Words)((Reals)((Words)u & 0x7fffffffffffffff) < bound);
#if BITS == 512
  return _mm512_movepi64_mask((__m512i)inside) == 0xff;
#elif BITS == 256
  return _mm256_movemask_pd((__m256d)inside) == 15;
#elif defined __x86_64__
  return _mm_movemask_pd((__m128d)inside) == 3;
#else
  return (inside[0] & inside[1]) != 0;
#endif
}

// Half the abscissa of each word: its bits laid over the mantissa of 3/2, whose top bit their sign turns. Exact.
INLINE Reals half_abscissae(Words words) {
  Words middle = (Words)splat(1.5);
  return (Reals)((words >> 12) ^ middle) - splat(1.5);
}

// Turns the words into normals, the j-th of a sample times `deviations[j]`. Lists the words with a miss, and returns how many;
// without a branch, for misses cannot be predicted.
INLINE uint32_t shape(Room *room, int32_t chains, const REAL *deviations, Reals *first, Reals *second, int32_t samples,
                      int32_t count, int32_t stride) {
  const Words *words = room->words;
  uint32_t *misses = room->misses, missed = 0, index = 0;
  const char *layers = room->kernel->layers;
  for (int32_t s = 0; s < samples; s++) {
    for (int32_t j = 0; j < count; j++) {
      Reals edge, accept, factor = splat(deviations[j]);
      look_up(layers, (const uint64_t *)&words[chains * index], &edge, &accept);
      Reals u = half_abscissae(words[chains * index]);
      first[s * stride + j] = u * edge * factor;
      int inside = all_inside(u, accept);
      if (chains == 2) {
        look_up(layers, (const uint64_t *)&words[2 * index + 1], &edge, &accept);
        u = half_abscissae(words[2 * index + 1]);
        second[s * stride + j] = u * edge * factor;
        inside &= all_inside(u, accept);
      }
      misses[missed] = index++;
      missed += !inside;
    }
  }
  return missed;
}
#else
typedef double Halves __attribute__((vector_size(BITS / 8)));
typedef int32_t Integers __attribute__((vector_size(BITS / 8)));

#define look_up look_up_f32
// The entries 2^-31 edge and 2^31 accept of the layers of two chains of words: pairs of f32, moved as doubles.
INLINE void look_up(const char *layers, const uint64_t *word, Reals *edge, Reals *accept) {
#define PAIR(k) (*(const double *)(layers + layer_offset(word[k])))
#if BITS == 128
  Reals even = (Reals)(Halves){PAIR(0), PAIR(1)}, odd = (Reals)(Halves){PAIR(2), PAIR(3)};
  *edge = SHUFFLE(Integers, even, odd, 0, 2, 4, 6), *accept = SHUFFLE(Integers, even, odd, 1, 3, 5, 7);
#elif BITS == 256
  Reals even = (Reals)(Halves){PAIR(0), PAIR(1), PAIR(4), PAIR(5)}, odd = (Reals)(Halves){PAIR(2), PAIR(3), PAIR(6), PAIR(7)};
  *edge = SHUFFLE(Integers, even, odd, 0, 2, 8, 10, 4, 6, 12, 14);
  *accept = SHUFFLE(Integers, even, odd, 1, 3, 9, 11, 5, 7, 13, 15);
#else
  Reals even = (Reals)(Halves){PAIR(0), PAIR(1), PAIR(4), PAIR(5), PAIR(8), PAIR(9), PAIR(12), PAIR(13)};
  Reals odd = (Reals)(Halves){PAIR(2), PAIR(3), PAIR(6), PAIR(7), PAIR(10), PAIR(11), PAIR(14), PAIR(15)};
  *edge = SHUFFLE(Integers, even, odd, 0, 2, 16, 18, 4, 6, 20, 22, 8, 10, 24, 26, 12, 14, 28, 30);
  *accept = SHUFFLE(Integers, even, odd, 1, 3, 17, 19, 5, 7, 21, 23, 9, 11, 25, 27, 13, 15, 29, 31);
#endif
#undef PAIR
}

// 2^31 times the abscissae, from the upper halves of the words of two chains.
INLINE Reals wide_abscissae(Words a, Words b) {
  Integers low = (Integers)a, high = (Integers)b;
#if BITS == 128
  Integers upper = SHUFFLE(Integers, low, high, 1, 3, 5, 7);
#elif BITS == 256
  Integers upper = SHUFFLE(Integers, low, high, 1, 3, 5, 7, 9, 11, 13, 15);
#else
  Integers upper = SHUFFLE(Integers, low, high, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
#endif
  return __builtin_convertvector(upper, Reals);
}

INLINE int all_inside_f32(Reals u, Reals bound) {
  Integers inside = (Reals)((Integers)u & 0x7fffffff) < bound;
#if BITS == 512
  return _mm512_movepi32_mask((__m512i)inside) == 0xffff;
#elif BITS == 256
  return _mm256_movemask_ps((__m256)inside) == 255;
#elif defined __x86_64__
  return _mm_movemask_ps((__m128)inside) == 15;
#else
  return (inside[0] & inside[1] & inside[2] & inside[3]) != 0;
#endif
}

// The same numbers rounded to f32. The bounds of acceptance lie 2^-20 inside the true ones, so that rounding accepts nothing
// wrongly; `retry_misses` leaves alone what is listed for nothing.
INLINE uint32_t shape_f32(Room *room, const REAL *deviations, Reals *out, int32_t samples, int32_t count, int32_t stride) {
  const Words *words = room->words;
  uint32_t *misses = room->misses, missed = 0, index = 0;
  for (int32_t s = 0; s < samples; s++) {
    for (int32_t j = 0; j < count; j++) {
      Reals edge, accept;
      look_up(room->kernel->layers32, (const uint64_t *)&words[2 * index], &edge, &accept);
      Reals u = wide_abscissae(words[2 * index], words[2 * index + 1]);
      out[s * stride + j] = u * edge * splat(deviations[j]);
      misses[missed] = index++;
      missed += !all_inside_f32(u, accept);
    }
  }
  return missed;
}
#undef look_up
#endif

#define retry_misses NAMED(retry_misses, BITS, TYPE)
// Draws the listed misses again. The words of chain c are those of the replicas from `replica` + WORDS c on, whose numbers lie
// in `out[c]` from lane `lane[c]` on.
static void retry_misses(Room *room, uint32_t missed, int32_t chains, const REAL *deviations, REAL *const out[2],
                         int32_t replica, int32_t count, int32_t stride) {
  const Kernel *kernel = room->kernel;
  for (uint32_t k = 0; k < missed; k++) {
    uint32_t index = room->misses[k], sample = index / count, j = index - sample * count;
    for (int32_t lane = 0; lane < chains * WORDS; lane++) {
      uint64_t word = ((const uint64_t *)&room->words[chains * index])[lane];
      if (is_inside(kernel, word)) continue;
      uint64_t *stream = (uint64_t *)(kernel->retryStreams + (size_t)(replica + lane) * 32);
      REAL *at = out[lane / WORDS] + ((size_t)sample * stride + j) * LANES + lane % WORDS;
      *at = (REAL)((double)deviations[j] * retry(kernel, stream, word));
    }
  }
}

#define draw_normals NAMED(draw_normals, BITS, TYPE)
// Draws `count` normals for each replica of the tile, `samples` times, the j-th of a sample times `deviations[j]`: to `offset`
// vectors after the records of the last step, and `stride` vectors on for the next sample.
static void draw_normals(Room *room, const REAL *deviations, int32_t offset, int32_t samples, int32_t count, int32_t stride) {
  int32_t first = room->kernel->batch * stride + offset, draws = samples * count;
  Group *a = &room->groups[0], *b = &room->groups[1];
#ifndef SINGLE
  Reals *out = a->records + first, *second = b->records + first;
  REAL *const numbers[2] = {(REAL *)out, (REAL *)second};
  uint32_t missed;
  // Two chains go together because one alone leaves the vector units idle.
  if (room->tile.groups == 2) {
    draw_words(room->words, a->streams[0], b->streams[0], 2, draws);
    missed = shape(room, 2, deviations, out, second, samples, count, stride);
  } else {
    draw_words(room->words, a->streams[0], a->streams[0], 1, draws);
    missed = shape(room, 1, deviations, out, out, samples, count, stride);
  }
  retry_misses(room, missed, room->tile.groups, deviations, numbers, room->tile.first, count, stride);
#else
  for (int32_t g = 0; g < room->tile.groups; g++) {
    Group *group = g == 0 ? a : b;
    Reals *out = group->records + first;
    REAL *const numbers[2] = {(REAL *)out, (REAL *)out + WORDS};
    draw_words(room->words, group->streams[0], group->streams[1], 2, draws);
    uint32_t missed = shape_f32(room, deviations, out, samples, count, stride);
    retry_misses(room, missed, 2, deviations, numbers, room->tile.first + g * LANES, count, stride);
  }
#endif
}
