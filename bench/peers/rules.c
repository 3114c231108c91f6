// Oja's subspace rule and similarity matching by hand in C: what a step compiled to WebAssembly would cost without it. Input
// N(0, diag(v)), v_j = 1.6 - 1.2 j / n, as in bench/rules.ts. One pass over W per step, in which the update of the step before
// is made, four rows at a time; products in their cheapest order; a triangular solution instead of the inverse of M, of which
// only one triangle is kept; the decay of W scaled lazily.
//
//   gcc -O3 -msse4.2 -DBYTES=16 rules.c -o rules -lm     (or -march=native -DBYTES=64)
//
// Reads lines "rule n k replicas steps", rule being oja or similarityMatching, and answers each with the seconds of processor
// time that the steps took.

#include <time.h>
#include "normals.h"

static const double TAU = 0.5;

typedef struct {
  Streams streams;
  // W in blocks of four rows, two or one; the factors and the residual of the update still to be made; M and what is made of it.
  Reals *weights, *factors, *residual, *lateral, *factored, *pivots;
} Group;

#define EACH(U) for (int k = 0; k < U; k++)

// W += a r^T, c = W x, and z += W^T c where it is wanted, for U rows.
#define VISIT(U)                                                                                                    \
  static inline void visit##U(int n, Reals *restrict w, const Reals *a, const Reals *restrict r, const Reals *restrict x, \
                              Reals *restrict c, Reals *restrict z) {                                               \
    Reals sum[U] = {0}, old[U];                                                                                     \
    EACH(U) old[k] = a[k];                                                                                          \
    for (int j = 0; j < n; j++)                                                                                     \
      EACH(U) {                                                                                                     \
        Reals now = w[U * j + k] + old[k] * r[j];                                                                   \
        w[U * j + k] = now;                                                                                         \
        sum[k] += now * x[j];                                                                                       \
      }                                                                                                             \
    EACH(U) c[k] = sum[k];                                                                                          \
    if (!z) return;                                                                                                 \
    for (int j = 0; j < n; j++) {                                                                                   \
      Reals share = w[U * j] * sum[0];                                                                              \
      for (int k = 1; k < U; k++) share += w[U * j + k] * sum[k];                                                   \
      z[j] += share;                                                                                                \
    }                                                                                                               \
  }
VISIT(4)
VISIT(2)
VISIT(1)

static inline void visit_all(int n, int k, Group *group, const Reals *x, Reals *c, Reals *z) {
  Reals *w = group->weights;
  int row = 0;
  for (; row + 4 <= k; row += 4, w += 4 * n) visit4(n, w, group->factors + row, group->residual, x, c + row, z);
  if (k & 2) visit2(n, w, group->factors + row, group->residual, x, c + row, z), row += 2, w += 2 * n;
  if (k & 1) visit1(n, w, group->factors + row, group->residual, x, c + row, z);
}

// W += eta (y x^T - y (y^T W)).
static inline void oja(int n, int k, Group *group, const Reals *x, Reals *c, Reals *z, double eta) {
  for (int j = 0; j < n; j++) z[j] = (Reals){0};
  visit_all(n, k, group, x, c, z);
  for (int j = 0; j < n; j++) group->residual[j] = x[j] - z[j];
  for (int i = 0; i < k; i++) group->factors[i] = eta * c[i];
}

// W += eta (y x^T - W), M += eta / tau (y y^T - M), y = M^-1 W x; W is `scale` times what is kept.
static inline void similarity_matching(int n, int k, Group *group, const Reals *x, Reals *c, double eta, double scale) {
  visit_all(n, k, group, x, c, NULL);
  Reals *m = group->lateral, *l = group->factored, *d = group->pivots;
  // M = L D L^T.
  for (int j = 0; j < k; j++) {
    Reals *row = l + j * k, scaled[j + 1], pivot = m[j * k + j];
    for (int p = 0; p < j; p++) scaled[p] = row[p] * d[p], pivot -= row[p] * scaled[p];
    d[j] = pivot;
    Reals inverse = 1 / pivot;
    for (int i = j + 1; i < k; i++) {
      Reals sum = m[i * k + j];
      for (int p = 0; p < j; p++) sum -= l[i * k + p] * scaled[p];
      l[i * k + j] = sum * inverse;
    }
  }
  for (int i = 0; i < k; i++) {
    Reals sum = c[i] * scale;
    for (int p = 0; p < i; p++) sum -= l[i * k + p] * c[p];
    c[i] = sum;
  }
  for (int i = 0; i < k; i++) c[i] /= d[i];
  for (int i = k - 1; i >= 0; i--) {
    for (int p = i + 1; p < k; p++) c[i] -= l[p * k + i] * c[p];
  }
  double keep = 1 - eta / TAU, rate = eta / TAU;
  for (int i = 0; i < k; i++) {
    Reals scaled = rate * c[i];
    for (int j = 0; j <= i; j++) m[i * k + j] = keep * m[i * k + j] + scaled * c[j];
  }
  double factor = eta / (scale * (1 - eta));
  for (int i = 0; i < k; i++) group->factors[i] = factor * c[i];
  for (int j = 0; j < n; j++) group->residual[j] = x[j];
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

static double work(int matching, int n, int k, int count, long steps) {
  double eta = 0.05 / (n * k);
  Group *groups = aligned_alloc(64, sizeof(Group) * count);
  uint64_t seed[4] = {0x9e3779b97f4a7c16u, 2, 3, 4};
  for (int i = 0; i < 100; i++) next_word(seed);
  for (int g = 0; g < count; g++) {
    Group *group = groups + g;
    seed_streams(&group->streams, seed);
    group->weights = vectors(k * n), group->factors = vectors(k), group->residual = vectors(n);
    group->lateral = vectors(k * k), group->factored = vectors(k * k), group->pivots = vectors(k);
    double *start = (double *)group->weights;
    for (int i = 0; i < k * n * LANES; i++) start[i] = 0.6 * uniform(seed) - 0.3;
    for (int i = 0; i < k; i++) group->lateral[i * k + i] += 1;
  }
  Reals *records[GROUPS], *c = vectors(k), *z = vectors(n);
  for (int g = 0; g < GROUPS; g++) records[g] = vectors(BLOCK * n);
  Words *words = vectors(2 * BLOCK * n);
  double deviations[n];
  for (int j = 0; j < n; j++) deviations[j] = sqrt(1.6 - 1.2 * j / n);
  double began = seconds();
  for (int tile = 0; tile < count; tile += GROUPS) {
    Group *first = groups + tile;
    double scale = 1;
    for (long left = steps; left > 0; left -= BLOCK) {
      draw(&first->streams, &first[1].streams, words, records[0], records[1], BLOCK, n, n);
      for (int t = 0; t < BLOCK; t++) {
        for (int g = 0; g < GROUPS; g++) {
          Reals *x = records[g] + t * n;
          for (int j = 0; j < n; j++) x[j] *= deviations[j];
          if (matching) similarity_matching(n, k, first + g, x, c, eta, scale);
          else oja(n, k, first + g, x, c, z, eta);
        }
        if (matching) scale *= 1 - eta;
      }
      if (scale < 0x1p-32) {
        for (int g = 0; g < GROUPS; g++) {
          for (int i = 0; i < k * n; i++) first[g].weights[i] *= scale;
          for (int i = 0; i < k; i++) first[g].factors[i] *= scale;
        }
        scale = 1;
      }
    }
  }
  double taken = seconds() - began, sum = 0;
  for (int g = 0; g < count; g++) {
    Group *group = groups + g;
    sum += group->weights[0][0];
    free(group->weights), free(group->factors), free(group->residual);
    free(group->lateral), free(group->factored), free(group->pivots);
  }
  if (!isfinite(sum)) fprintf(stderr, "the weights diverged\n");
  for (int g = 0; g < GROUPS; g++) free(records[g]);
  free(words), free(groups), free(c), free(z);
  return taken;
}

int main(void) {
  char rule[64];
  int n, k, replicas;
  long steps;
  make_tables();
  while (scanf("%63s %d %d %d %ld", rule, &n, &k, &replicas, &steps) == 5) {
    printf("%.6f\n", work(strcmp(rule, "oja") != 0, n, k, replicas / LANES, steps));
    fflush(stdout);
  }
  return 0;
}
