// Included by tile.h. The step of src/model/two-layer-sgd/step.ts for one sample a step, as src/kernel/assembly/learn.ts makes
// it. With Theta = s T, where s takes the weight decay, and c = rate = (eta / B) / (1 - eta gamma), the step is
//   h = T1 x,  e = c (y - s^2 T2 h),  T1 += (T2^T e) x^T,  T2^T += h e^T,  s <- (1 - eta gamma) s.
// The update waits until its row of T is visited in the next step, so that each step passes over T once.

#define EACH_UNIT for (int k = 0; k < U; k++)

#define visit NAMED(visit, BITS, TYPE)
// Finishes the previous step on a block of U hidden units and takes them through the present one as far as e, which the first
// block starts from c y.
INLINE void visit(const int U, const int is_first, int32_t n, int32_t m, Reals *restrict w1, Reals *restrict w2,
                  Reals *restrict h, const Reals *previous, Reals *x, const Reals *y, Reals rate, Reals coupling) {
  Reals b[4], act[4], old[4];
  EACH_UNIT b[k] = act[k] = splat(0), old[k] = h[k];
  // b = T2^T e and T2^T += h e^T, with h and e of the previous step.
  for (int32_t i = 0; i < m; i++) {
    Reals error = previous[n + i];
    EACH_UNIT {
      Reals w = w2[U * i + k];
      b[k] += w * error;
      w2[U * i + k] = w + old[k] * error;
    }
  }
  // T1 += b x^T with the previous x, h = T1 x with the present one.
  for (int32_t j = 0; j < n; j++) {
    Reals before = previous[j], present = x[j];
    EACH_UNIT {
      Reals w = w1[U * j + k] + b[k] * before;
      w1[U * j + k] = w;
      act[k] += w * present;
    }
  }
  EACH_UNIT h[k] = act[k], act[k] *= coupling;
  // e -= c s^2 T2 h, the share of these units.
  for (int32_t i = 0; i < m; i++) {
    Reals share = w2[U * i] * act[0] + w2[U * i + 1] * act[1];
    if (U == 4) share += w2[U * i + 2] * act[2] + w2[U * i + 3] * act[3];
    x[n + i] = (is_first ? rate * y[i] : x[n + i]) - share;
  }
}

#define learn NAMED(learn, BITS, TYPE)
static void learn(Room *room, int32_t steps, double scale) {
  const Kernel *kernel = room->kernel;
  int32_t n = kernel->inputs, m = kernel->outputs, stride = n + m, units = kernel->units;
  int32_t given = kernel->mapped || kernel->noisy ? n : 0;
  Reals rate = splat((REAL)kernel->rate);
  for (int32_t t = 1; t <= steps; t++) {
    Reals coupling = splat((REAL)(kernel->rate * scale * scale));
    // The groups take turns within a step, so that the arithmetic of one fills the latencies of the other.
    for (int32_t g = 0; g < room->tile.groups; g++) {
      const Group *group = &room->groups[g];
      Reals *x = group->records + (size_t)t * stride, *weights = group->weights, *h = group->hidden;
      const Reals *before = x - stride, *y = x + given;
      int32_t k = 0;
      if (units >= 4) {
        visit(4, 1, n, m, weights, weights + 4 * n, h, before, x, y, rate, coupling);
        k = 4;
        weights += 4 * stride;
      }
      for (; k + 4 <= units; k += 4) {
        visit(4, 0, n, m, weights, weights + 4 * n, h + k, before, x, y, rate, coupling);
        weights += 4 * stride;
      }
      if (k < units) visit(2, k == 0, n, m, weights, weights + 2 * n, h + k, before, x, y, rate, coupling);
    }
    scale *= kernel->decay;
  }
}
