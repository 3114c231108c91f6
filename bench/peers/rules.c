// The built-in rules beside two-layer SGD by hand in C: what a compiled step would cost if it were written for its rule. Input
// N(0, diag(v)), v_j = 1.6 - 1.2 j / n, as in src/cli/bench/rules/cases.ts. One pass over weights per step, in which the update of the step
// before is made, four rows at a time; products in their cheapest order, in Sanger's rule what the outputs before leave of the
// input from row to row; a triangular solution instead of the inverse of M, of which only one triangle is kept; decay scaled lazily.
//
//   gcc -O3 -msse4.2 -DBYTES=16 rules.c -o rules -lm     (or -march=native -DBYTES=64)
//
// Reads lines "rule n k replicas steps", rule being oja, sanger, similarityMatching,
// maskedSimilarityMatching or deepLinear (two hidden layers of k units, n outputs, label noise), and answers each with the seconds of processor
// time that the steps took.

#include <time.h>
#include "normals.h"

static const double TAU = 0.5, GAMMA = 0.1;

enum { OJA, SANGER, MATCHING, MASKED, DEEP, RULES };
static const char *const names[] = {"oja", "sanger", "similarityMatching", "maskedSimilarityMatching", "deepLinear"};
enum { LAYERS = 3 };

// Weights (rows x cols) in blocks of four rows, two or one; the factors and the residual of the update still to be made.
typedef struct {
  int rows, cols;
  Reals *weights, *factors, *residual;
} Layer;

typedef struct {
  Streams streams;
  // W, or all layers; M and what is made of it.
  Layer layers[LAYERS];
  Reals *lateral, *factored, *pivots;
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

static inline void visit_all(Layer *layer, const Reals *x, Reals *c, Reals *z) {
  Reals *w = layer->weights, *factors = layer->factors;
  int row = 0, n = layer->cols, k = layer->rows;
  for (; row + 4 <= k; row += 4, w += 4 * n) visit4(n, w, factors + row, layer->residual, x, c + row, z);
  if (k & 2) visit2(n, w, factors + row, layer->residual, x, c + row, z), row += 2, w += 2 * n;
  if (k & 1) visit1(n, w, factors + row, layer->residual, x, c + row, z);
}

// z = W^T c, for U rows added to what others gave.
#define BACK(U)                                                                              \
  static inline void back##U(int n, const Reals *restrict w, const Reals *c, Reals *restrict z) { \
    for (int j = 0; j < n; j++) {                                                            \
      Reals share = w[U * j] * c[0];                                                         \
      for (int k = 1; k < U; k++) share += w[U * j + k] * c[k];                              \
      z[j] += share;                                                                         \
    }                                                                                        \
  }
BACK(4)
BACK(2)
BACK(1)

static inline void back_all(const Layer *layer, const Reals *c, Reals *z) {
  const Reals *w = layer->weights;
  int row = 0, n = layer->cols, k = layer->rows;
  for (int j = 0; j < n; j++) z[j] = (Reals){0};
  for (; row + 4 <= k; row += 4, w += 4 * n) back4(n, w, c + row, z);
  if (k & 2) back2(n, w, c + row, z), row += 2, w += 2 * n;
  if (k & 1) back1(n, w, c + row, z);
}

// W += eta (y x^T - y (y^T W)).
static inline void oja(Group *group, const Reals *x, Reals *c, Reals *z, double eta) {
  Layer *w = group->layers;
  for (int j = 0; j < w->cols; j++) z[j] = (Reals){0};
  visit_all(w, x, c, z);
  for (int j = 0; j < w->cols; j++) w->residual[j] = x[j] - z[j];
  for (int i = 0; i < w->rows; i++) w->factors[i] = eta * c[i];
}

// What the first rows leave of the input before, r -= y_i W_i, by which the row is corrected; c = W x with the present input.
#define LEAVE(U)                                                                                                    \
  static inline void leave##U(int n, Reals *restrict w, const Reals *y, double eta, Reals *restrict r, const Reals *restrict x, \
                              Reals *restrict c) {                                                                  \
    Reals sum[U] = {0}, old[U], factor[U];                                                                          \
    EACH(U) old[k] = y[k], factor[k] = eta * y[k];                                                                  \
    for (int j = 0; j < n; j++) {                                                                                   \
      Reals left = r[j];                                                                                            \
      EACH(U) {                                                                                                     \
        Reals now = w[U * j + k];                                                                                   \
        left -= old[k] * now;                                                                                       \
        now += factor[k] * left;                                                                                    \
        w[U * j + k] = now;                                                                                         \
        sum[k] += now * x[j];                                                                                       \
      }                                                                                                             \
      r[j] = left;                                                                                                  \
    }                                                                                                               \
    EACH(U) c[k] = sum[k];                                                                                          \
  }
LEAVE(4)
LEAVE(2)
LEAVE(1)

// W += eta (y x^T - tril(y y^T) W): row i learns what rows 1..i leave of the input.
static inline void sanger(Group *group, const Reals *x, double eta) {
  Layer *layer = group->layers;
  Reals *w = layer->weights, *y = layer->factors, *r = layer->residual;
  int row = 0, n = layer->cols, k = layer->rows;
  for (; row + 4 <= k; row += 4, w += 4 * n) leave4(n, w, y + row, eta, r, x, y + row);
  if (k & 2) leave2(n, w, y + row, eta, r, x, y + row), row += 2, w += 2 * n;
  if (k & 1) leave1(n, w, y + row, eta, r, x, y + row);
  for (int j = 0; j < n; j++) r[j] = x[j];
}

// c = M^-1 c by M = L D L^T.
static inline void solve(Group *group, int k, Reals *c) {
  Reals *m = group->lateral, *l = group->factored, *d = group->pivots;
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
    Reals sum = c[i];
    for (int p = 0; p < i; p++) sum -= l[i * k + p] * c[p];
    c[i] = sum;
  }
  for (int i = 0; i < k; i++) c[i] /= d[i];
  for (int i = k - 1; i >= 0; i--) {
    for (int p = i + 1; p < k; p++) c[i] -= l[p * k + i] * c[p];
  }
}

// W += eta (y x^T - W), M += eta / tau (y y^T - M), y = M^-1 W x; W is `scale` times what is kept. Masked, M and what it learns
// are 0 above the diagonal.
static inline void similarity_matching(Group *group, int masked, const Reals *x, Reals *c, double eta, double scale) {
  Layer *w = group->layers;
  int n = w->cols, k = w->rows;
  Reals *m = group->lateral;
  visit_all(w, x, c, NULL);
  for (int i = 0; i < k; i++) c[i] *= scale;
  if (masked) {
    for (int i = 0; i < k; i++) {
      Reals sum = c[i];
      for (int p = 0; p < i; p++) sum -= m[i * k + p] * c[p];
      c[i] = sum / m[i * k + i];
    }
  } else solve(group, k, c);
  double keep = 1 - eta / TAU, rate = eta / TAU;
  for (int i = 0; i < k; i++) {
    Reals scaled = rate * c[i];
    for (int j = 0; j <= i; j++) m[i * k + j] = keep * m[i * k + j] + scaled * c[j];
  }
  double factor = eta / (scale * (1 - eta));
  for (int i = 0; i < k; i++) w->factors[i] = factor * c[i];
  for (int j = 0; j < n; j++) w->residual[j] = x[j];
}

// W_l += eta (b_l h_{l-1}^T - gamma W_l), b_{l-1} = W_l^T b_l, the last b being the error; `noise` is that of the labels.
static inline void deep_linear(Group *group, const Reals *x, const Reals *noise, Reals *b, double eta, double scale) {
  const Reals *h = x;
  double factor = eta / (scale * (1 - eta * GAMMA));
  for (int l = 0; l < LAYERS; l++) {
    Layer *layer = &group->layers[l];
    Reals *out = layer->factors;
    // The update that waits needs factors and residual until the row is visited, so outputs go elsewhere first.
    visit_all(layer, h, b, NULL);
    for (int j = 0; j < layer->cols; j++) layer->residual[j] = h[j];
    for (int i = 0; i < layer->rows; i++) out[i] = scale * b[i];
    h = out;
  }
  Layer *last = &group->layers[LAYERS - 1];
  for (int i = 0; i < last->rows; i++) last->factors[i] = x[i] + noise[i] - last->factors[i];
  for (int l = LAYERS - 1; l > 0; l--) {
    Layer *layer = &group->layers[l], *below = layer - 1;
    back_all(layer, layer->factors, b);
    for (int j = 0; j < below->rows; j++) below->factors[j] = scale * b[j];
  }
  for (int l = 0; l < LAYERS; l++) {
    for (int i = 0; i < group->layers[l].rows; i++) group->layers[l].factors[i] *= factor;
  }
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

static double work(int rule, int n, int k, int count, long steps) {
  double eta = 0.05 / (n * k), decay = rule == DEEP ? GAMMA : rule >= MATCHING ? 1 : 0;
  Group *groups = aligned_alloc(64, sizeof(Group) * count);
  uint64_t seed[4] = {0x9e3779b97f4a7c16u, 2, 3, 4};
  for (int i = 0; i < 100; i++) next_word(seed);
  int layers = rule == DEEP ? LAYERS : 1, most = n > k ? n : k;
  for (int g = 0; g < count; g++) {
    Group *group = groups + g;
    seed_streams(&group->streams, seed);
    for (int l = 0; l < layers; l++) {
      Layer *layer = &group->layers[l];
      layer->rows = rule == DEEP && l == LAYERS - 1 ? n : k, layer->cols = l == 0 ? n : k;
      layer->weights = vectors(layer->rows * layer->cols);
      layer->factors = vectors(layer->rows), layer->residual = vectors(layer->cols);
      double *start = (double *)layer->weights;
      for (int i = 0; i < layer->rows * layer->cols * LANES; i++) start[i] = 0.6 * uniform(seed) - 0.3;
    }
    group->lateral = vectors(k * k), group->factored = vectors(k * k), group->pivots = vectors(k);
    for (int i = 0; i < k; i++) group->lateral[i * k + i] += 1;
  }
  int drawn = rule == DEEP ? 2 * n : n;
  Reals *records[GROUPS], *c = vectors(most), *z = vectors(n);
  for (int g = 0; g < GROUPS; g++) records[g] = vectors(BLOCK * drawn);
  Words *words = vectors(2 * BLOCK * drawn);
  double deviations[2 * n];
  for (int j = 0; j < n; j++) deviations[j] = sqrt(1.6 - 1.2 * j / n), deviations[n + j] = sqrt(0.1);
  double began = seconds();
  for (int tile = 0; tile < count; tile += GROUPS) {
    Group *first = groups + tile;
    double scale = 1;
    for (long left = steps; left > 0; left -= BLOCK) {
      draw(&first->streams, &first[1].streams, words, records[0], records[1], BLOCK, drawn, drawn);
      for (int t = 0; t < BLOCK; t++) {
        for (int g = 0; g < GROUPS; g++) {
          Reals *x = records[g] + t * drawn;
          for (int j = 0; j < drawn; j++) x[j] *= deviations[j];
          if (rule == OJA) oja(first + g, x, c, z, eta);
          else if (rule == SANGER) sanger(first + g, x, eta);
          else if (rule == DEEP) deep_linear(first + g, x, x + n, c, eta, scale);
          else similarity_matching(first + g, rule == MASKED, x, c, eta, scale);
        }
        scale *= 1 - eta * decay;
      }
      if (scale < 0x1p-32) {
        for (int g = 0; g < GROUPS; g++) {
          for (int l = 0; l < layers; l++) {
            Layer *layer = &first[g].layers[l];
            for (int i = 0; i < layer->rows * layer->cols; i++) layer->weights[i] *= scale;
            for (int i = 0; i < layer->rows; i++) layer->factors[i] *= scale;
          }
        }
        scale = 1;
      }
    }
  }
  double taken = seconds() - began, sum = 0;
  for (int g = 0; g < count; g++) {
    Group *group = groups + g;
    for (int l = 0; l < layers; l++) {
      Layer *layer = &group->layers[l];
      sum += layer->weights[0][0];
      free(layer->weights), free(layer->factors), free(layer->residual);
    }
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
    int number = 0;
    while (number < RULES && strcmp(rule, names[number]) != 0) number++;
    printf("%.6f\n", number < RULES ? work(number, n, k, replicas / LANES, steps) : NAN);
    fflush(stdout);
  }
  return 0;
}
