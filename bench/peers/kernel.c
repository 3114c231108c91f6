// The learning step of src/kernel by hand in C: what the kernel would cost without WebAssembly. Same algorithm (one
// fused pass, four hidden units at a time, lazy weight decay, xoshiro256+ and ziggurat in blocks), replicas in vectors
// of BYTES bytes, written with the vector extensions of gcc. Input N(0, I), target identity, no label noise, as in
// bench/kernel.ts.
//
//   gcc -O3 -msse4.2 -DBYTES=16 kernel.c -o kernel -lm -lpthread     (or -march=native -DBYTES=64)
//
// Reads lines "n p threads replicas steps" (replicas in all) and answers each with the seconds that the steps took.

#include <pthread.h>
#include <time.h>
#include "normals.h"

typedef struct {
  int n, p, replicas;
  long steps;
  uint64_t seed;
} Job;

typedef struct {
  Streams streams;
  Reals *weights, *h, *pending;
} Group;

#define EACH(U) for (int k = 0; k < U; k++)

// Finishes the previous step on a block of U hidden units and takes them through the present one (see
// assembly/learn.ts).
#define VISIT(U)                                                                                              \
  static inline void visit##U(int n, Reals *restrict w1, Reals *restrict w2, Reals *restrict h, const Reals *xp, \
                              const Reals *ep, const Reals *x, Reals *e, const Reals *from, double factor,      \
                              double coupling) {                                                                \
    Reals b[U] = {0}, old[U], act[U] = {0};                                                                     \
    EACH(U) old[k] = h[k];                                                                                      \
    for (int i = 0; i < n; i++)                                                                                 \
      EACH(U) {                                                                                                 \
        Reals w = w2[U * i + k];                                                                                \
        b[k] += w * ep[i];                                                                                      \
        w2[U * i + k] = w + old[k] * ep[i];                                                                     \
      }                                                                                                         \
    for (int j = 0; j < n; j++)                                                                                 \
      EACH(U) {                                                                                                 \
        Reals w = w1[U * j + k] + b[k] * xp[j];                                                                 \
        w1[U * j + k] = w;                                                                                      \
        act[k] += w * x[j];                                                                                     \
      }                                                                                                         \
    EACH(U) h[k] = act[k], act[k] *= coupling;                                                                  \
    for (int i = 0; i < n; i++) {                                                                               \
      Reals share = {0};                                                                                        \
      EACH(U) share += w2[U * i + k] * act[k];                                                                  \
      e[i] = from[i] * factor - share;                                                                          \
    }                                                                                                           \
  }
VISIT(4)
VISIT(2)

static void learn(Group *groups, Reals *records[GROUPS], int n, int p, int steps, double rate, double decay,
                  double scale) {
  for (int t = 1; t <= steps; t++) {
    double coupling = rate * scale * scale;
    for (int g = 0; g < GROUPS; g++) {
      Reals *x = records[g] + t * 2 * n, *e = x + n, *w = groups[g].weights;
      for (int k = 0; k < p; k += 4) {
        int four = p - k >= 4;
        const Reals *from = k ? e : x;
        double factor = k ? 1 : rate;
        if (four) visit4(n, w, w + 4 * n, groups[g].h + k, x - 2 * n, e - 2 * n, x, e, from, factor, coupling);
        else visit2(n, w, w + 2 * n, groups[g].h + k, x - 2 * n, e - 2 * n, x, e, from, factor, coupling);
        w += (four ? 4 : 2) * 2 * n;
      }
    }
    scale *= decay;
  }
}

static void *work(void *argument) {
  Job *job = argument;
  int n = job->n, p = job->p, count = job->replicas / LANES;
  double eta = 0.01, gamma = 0.2, decay = 1 - eta * gamma;
  Group *groups = aligned_alloc(64, sizeof(Group) * count);
  uint64_t seed[4] = {job->seed * 0x9e3779b97f4a7c15u + 1, 2, 3, 4};
  for (int k = 0; k < 100; k++) next_word(seed);
  for (int g = 0; g < count; g++) {
    seed_streams(&groups[g].streams, seed);
    groups[g].weights = vectors((size_t)p * 2 * n);
    groups[g].h = vectors(p);
    groups[g].pending = vectors(2 * n);
    double *start = (double *)groups[g].weights;
    for (int k = 0; k < p * 2 * n * LANES; k++) start[k] = 0.6 * uniform(seed) - 0.3;
  }
  Reals *records[GROUPS];
  for (int g = 0; g < GROUPS; g++) records[g] = vectors((BLOCK + 1) * 2 * n);
  Words *words = vectors(2 * BLOCK * n);
  for (int tile = 0; tile < count; tile += GROUPS) {
    double scale = 1;
    for (long left = job->steps; left > 0; left -= BLOCK) {
      Group *first = groups + tile;
      for (int g = 0; g < GROUPS; g++) memcpy(records[g], first[g].pending, 2 * n * BYTES);
      draw(&first->streams, &first[1].streams, words, records[0] + 2 * n, records[1] + 2 * n, BLOCK, n, 2 * n);
      learn(first, records, n, p, BLOCK, eta / decay, decay, scale);
      for (int g = 0; g < GROUPS; g++) memcpy(first[g].pending, records[g] + BLOCK * 2 * n, 2 * n * BYTES);
      scale *= pow(decay, BLOCK);
      if (scale < 0x1p-32) {
        for (int g = 0; g < GROUPS; g++) {
          for (int k = 0; k < p * 2 * n; k++) first[g].weights[k] *= scale;
          for (int k = 0; k < p; k++) first[g].h[k] *= scale;
        }
        scale = 1;
      }
    }
  }
  double sum = 0;
  for (int g = 0; g < count; g++) {
    sum += groups[g].weights[0][0];
    free(groups[g].weights), free(groups[g].h), free(groups[g].pending);
  }
  if (!isfinite(sum)) fprintf(stderr, "the weights diverged\n");
  for (int g = 0; g < GROUPS; g++) free(records[g]);
  free(words), free(groups);
  return NULL;
}

int main(void) {
  int n, p, threads, replicas;
  long steps;
  make_tables();
  while (scanf("%d %d %d %d %ld", &n, &p, &threads, &replicas, &steps) == 5) {
    Job jobs[threads];
    pthread_t ids[threads];
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int k = 0; k < threads; k++) {
      jobs[k] = (Job){n, p, replicas / threads, steps, k + 1};
      pthread_create(&ids[k], NULL, work, &jobs[k]);
    }
    for (int k = 0; k < threads; k++) pthread_join(ids[k], NULL);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.6f\n", end.tv_sec - start.tv_sec + 1e-9 * (end.tv_nsec - start.tv_nsec));
    fflush(stdout);
  }
  return 0;
}
