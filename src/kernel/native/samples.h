// Included by tile.h. Writes the samples of a block of steps into the records: x, and y in the place of e unless y = x. The
// streams are consumed as by InputSampler in src/model/input/sampler.ts.

#define row_times NAMED(row_times, BITS, TYPE)
// Sum over j < count of row[j] vectors[j].
INLINE Reals row_times(const REAL *row, const Reals *vectors, int32_t count) {
  Reals sum = splat(0);
  for (int32_t j = 0; j < count; j++) sum = sum + splat(row[j]) * vectors[j];
  return sum;
}

#define repeat_input NAMED(repeat_input, BITS, TYPE)
// The only entry is a stimulus.
static void repeat_input(const Kernel *kernel, Reals *record, int32_t samples) {
  const REAL *stimulus = (const REAL *)kernel->stimuli;
  for (int32_t s = 0; s < samples; s++) {
    for (int32_t j = 0; j < kernel->inputs; j++) record[j] = splat(stimulus[j]);
    record += kernel->inputs + kernel->outputs;
  }
}

#define transform_inputs NAMED(transform_inputs, BITS, TYPE)
// x = factor z for a factor that is not diagonal.
static void transform_inputs(const Kernel *kernel, Reals *scratch, Reals *record, int32_t samples) {
  int32_t n = kernel->inputs;
  for (int32_t s = 0; s < samples; s++) {
    const REAL *row = (const REAL *)kernel->factors;
    copy_vectors(scratch, record, n);
    for (int32_t i = 0; i < n; i++, row += n) record[i] = row_times(row, scratch, kernel->form == 1 ? i + 1 : n);
    record += n + kernel->outputs;
  }
}

#define write_gaussian NAMED(write_gaussian, BITS, TYPE)
// One lane of x = factor z, z standing where x will.
static void write_gaussian(const Kernel *kernel, REAL *scratch, REAL *x, int32_t part) {
  size_t n = kernel->inputs;
  if (kernel->form == 0) {
    const REAL *factor = (const REAL *)kernel->factors + part * n;
    // From 0, as sums are made: no input is -0.
    for (size_t j = 0; j < n; j++) x[j * LANES] = 0 + x[j * LANES] * factor[j];
    return;
  }
  for (size_t j = 0; j < n; j++) scratch[j] = x[j * LANES];
  const REAL *factor = (const REAL *)kernel->factors + part * n * n;
  for (size_t i = 0; i < n; i++, factor += n) {
    size_t end = kernel->form == 1 ? i + 1 : n;
    REAL sum = 0;
    for (size_t j = 0; j < end; j++) sum += factor[j] * scratch[j];
    x[i * LANES] = sum;
  }
}

#define pick_inputs NAMED(pick_inputs, BITS, TYPE)
// The first `lanes` replicas of a lane group, from `replica` on, pick their entries of the input distribution.
static void pick_inputs(Room *room, int32_t replica, int32_t lanes, Reals *record, int32_t samples) {
  const Kernel *kernel = room->kernel;
  const double *thresholds = (const double *)kernel->thresholds;
  const int32_t *aliases = (const int32_t *)kernel->aliases;
  size_t n = kernel->inputs;
  for (int32_t s = 0; s < samples; s++) {
    for (int32_t lane = 0; lane < lanes; lane++) {
      uint64_t *stream = (uint64_t *)(kernel->selectStreams + (size_t)(replica + lane) * 32);
      double position = uniform(stream) * kernel->entries;
      int32_t column = (int32_t)position;
      int32_t entry = position - column < thresholds[column] ? column : aliases[column];
      REAL *x = (REAL *)record + lane;
      if (entry < kernel->gaussians) write_gaussian(kernel, (REAL *)room->scratch, x, entry);
      else {
        const REAL *stimulus = (const REAL *)kernel->stimuli + (entry - kernel->gaussians) * n;
        for (size_t j = 0; j < n; j++) x[j * LANES] = stimulus[j];
      }
    }
    record += kernel->inputs + kernel->outputs;
  }
}

#define write_targets NAMED(write_targets, BITS, TYPE)
// y = A x + eps in the place of e.
static void write_targets(const Kernel *kernel, Reals *record, int32_t samples) {
  int32_t n = kernel->inputs;
  for (int32_t s = 0; s < samples; s++) {
    const REAL *row = (const REAL *)kernel->target;
    Reals *e = record + n;
    for (int32_t i = 0; i < kernel->outputs; i++, row += n) {
      Reals y = kernel->mapped ? row_times(row, record, n) : record[i];
      e[i] = kernel->noisy ? y + e[i] : y;
    }
    record += n + kernel->outputs;
  }
}

#define draw_samples NAMED(draw_samples, BITS, TYPE)
static void draw_samples(Room *room, int32_t steps) {
  const Kernel *kernel = room->kernel;
  int32_t stride = kernel->inputs + kernel->outputs, samples = steps * kernel->batch;
  int32_t skipped = kernel->gaussians > 0 ? 0 : kernel->inputs;
  int32_t count = kernel->inputs - skipped + (kernel->noisy ? kernel->outputs : 0);
  if (count > 0) draw_normals(room, (const REAL *)kernel->deviations + skipped, skipped, samples, count, stride);
  for (int32_t g = 0; g < room->tile.groups; g++) {
    Reals *record = room->groups[g].records + (size_t)kernel->batch * stride;
    int32_t there = room->tile.count - g * LANES;
    if (kernel->entries > 1) {
      if (there < LANES && kernel->gaussians == 0) repeat_input(kernel, record, samples);
      pick_inputs(room, room->tile.first + g * LANES, there < LANES ? there : LANES, record, samples);
    } else if (kernel->gaussians == 0) repeat_input(kernel, record, samples);
    else if (kernel->form > 0) transform_inputs(kernel, room->scratch, record, samples);
    if (kernel->mapped || kernel->noisy) write_targets(kernel, record, samples);
  }
}
