// Included by tile.h. As `learn`, for B > 1: a step has B records and B rows of h, and its updates are taken at the weights
// that the whole batch saw. Everything that concerns one block of hidden units is done at one visit, sample by sample.

#define back NAMED(back, BITS, TYPE)
// b = T2^T e.
INLINE void back(const int U, int32_t m, const Reals *w2, const Reals *e, Reals *b) {
  Reals sums[4];
  EACH_UNIT sums[k] = splat(0);
  for (int32_t i = 0; i < m; i++) EACH_UNIT sums[k] += w2[U * i + k] * e[i];
  EACH_UNIT b[k] = sums[k];
}

#define add_update NAMED(add_update, BITS, TYPE)
// Adds the product of `left` (one number a unit) and `count` vectors to the weights.
INLINE void add_update(const int U, int32_t count, Reals *restrict w, const Reals *left, const Reals *right) {
  Reals factors[4];
  EACH_UNIT factors[k] = left[k];
  for (int32_t j = 0; j < count; j++) EACH_UNIT w[U * j + k] += factors[k] * right[j];
}

#define respond NAMED(respond, BITS, TYPE)
// h = T1 x and e -= c s^2 T2 h.
INLINE void respond(const int U, int32_t n, int32_t m, const Reals *w1, const Reals *w2, Reals *h, Reals *x, Reals coupling) {
  Reals act[4];
  EACH_UNIT act[k] = splat(0);
  for (int32_t j = 0; j < n; j++) EACH_UNIT act[k] += w1[U * j + k] * x[j];
  EACH_UNIT h[k] = act[k], act[k] *= coupling;
  for (int32_t i = 0; i < m; i++) {
    Reals share = w2[U * i] * act[0] + w2[U * i + 1] * act[1];
    if (U == 4) share += w2[U * i + 2] * act[2] + w2[U * i + 3] * act[3];
    x[n + i] -= share;
  }
}

#define visit_batch NAMED(visit_batch, BITS, TYPE)
INLINE void visit_batch(const int U, const Kernel *kernel, Reals *w1, Reals *h, const Reals *previous, Reals *present,
                        Reals *b, Reals coupling) {
  int32_t n = kernel->inputs, m = kernel->outputs, stride = n + m, samples = kernel->batch, units = kernel->units;
  Reals *w2 = w1 + U * n;
  for (int32_t s = 0; s < samples; s++) back(U, m, w2, previous + s * stride + n, b + 4 * s);
  for (int32_t s = 0; s < samples; s++) {
    add_update(U, n, w1, b + 4 * s, previous + s * stride);
    add_update(U, m, w2, h + (size_t)s * units, previous + s * stride + n);
  }
  for (int32_t s = 0; s < samples; s++) respond(U, n, m, w1, w2, h + (size_t)s * units, present + s * stride, coupling);
}

#define learn_batches NAMED(learn_batches, BITS, TYPE)
static void learn_batches(Room *room, int32_t steps, double initial_scale) {
  const Kernel *kernel = room->kernel;
  int32_t n = kernel->inputs, stride = n + kernel->outputs, units = kernel->units, size = kernel->batch * stride;
  int32_t given = kernel->mapped || kernel->noisy ? n : 0;
  Reals rates = splat((REAL)kernel->rate);
  for (int32_t g = 0; g < room->tile.groups; g++) {
    const Group *group = &room->groups[g];
    Reals *present = group->records + size;
    double scale = initial_scale;
    for (int32_t t = 0; t < steps; t++) {
      Reals coupling = splat((REAL)(kernel->rate * scale * scale));
      for (int32_t s = 0; s < kernel->batch; s++) {
        Reals *x = present + s * stride;
        for (int32_t i = 0; i < kernel->outputs; i++) x[n + i] = rates * x[given + i];
      }
      Reals *weights = group->weights, *h = group->hidden;
      for (int32_t k = 0; k + 4 <= units; k += 4) {
        visit_batch(4, kernel, weights, h + k, present - size, present, room->scratch, coupling);
        weights += 4 * stride;
      }
      if (units & 2) visit_batch(2, kernel, weights, h + units - 2, present - size, present, room->scratch, coupling);
      present += size;
      scale *= kernel->decay;
    }
  }
}
