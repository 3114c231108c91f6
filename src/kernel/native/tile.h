// Included by width.c for each precision, REAL. A tile is one or two lane groups of BITS bits, one replica in each lane, that
// are taken from memory, advanced together, and put back.

#include "lanes.h"
#include "normals.h"
#include "samples.h"
#include "learn.h"
#include "batches.h"

// Steps drawn at once: enough to spread the cost of a block, few enough that the records stay in the first-level cache.
#define MAX_BLOCK_STEPS 32
#define BLOCK_BYTES 32768

// Lays the tile out in the workspace; false where it cannot have it.
#define lay_out NAMED(lay_out, BITS, TYPE)
static int lay_out(Room *room, const Kernel *kernel, Tile tile, Workspace *workspace) {
  size_t columns = kernel->inputs + kernel->outputs, step = kernel->batch * columns;
  size_t state = kernel->groupSize / 16;
  size_t steps = BLOCK_BYTES / (tile.groups * step * sizeof(Reals));
  steps = steps < 1 ? 1 : steps > MAX_BLOCK_STEPS ? MAX_BLOCK_STEPS : steps;
  size_t records = (steps + 1) * step, draws = steps * step;
  size_t scratch = 4 * (size_t)kernel->batch > (size_t)kernel->inputs ? 4 * (size_t)kernel->batch : (size_t)kernel->inputs;
  size_t vectors = tile.groups * (state + records) + 2 * draws + scratch;
  Reals *at = reserve(workspace, vectors * sizeof(Reals) + (draws + 1) * sizeof(uint32_t));
  if (!at) return 0;
  *room = (Room){.kernel = kernel, .tile = tile, .block_steps = (int32_t)steps};
  for (int32_t g = 0; g < tile.groups; g++) {
    Group *group = &room->groups[g];
    group->weights = at;
    group->hidden = at + kernel->units * columns;
    group->pending = group->hidden + (size_t)kernel->batch * kernel->units;
    group->records = at + state;
    at += state + records;
  }
  room->words = (Words *)at;
  room->scratch = at + 2 * draws;
  room->misses = (uint32_t *)(room->scratch + scratch);
  return 1;
}

// Copies the states of the tile from memory, or back. Lanes that memory does not have are zero, like their streams.
#define move_states NAMED(move_states, BITS, TYPE)
static void move_states(Room *room, int take) {
  const Kernel *kernel = room->kernel;
  Tile tile = room->tile;
  size_t vectors = kernel->groupSize / 16;
  for (int32_t g = 0; g < tile.groups; g++) {
    Piece *own = (Piece *)room->groups[g].weights;
    for (int32_t piece = 0; piece < PIECES; piece++) {
      int32_t lane = g * LANES + piece * PIECE_LANES;
      Piece *kept = (Piece *)(kernel->groups + (size_t)((tile.first + lane) / PIECE_LANES) * kernel->groupSize);
      if (lane >= tile.count) {
        if (take) for (size_t i = 0; i < vectors; i++) own[i * PIECES + piece] = (Piece){};
      } else if (take) {
        for (size_t i = 0; i < vectors; i++) own[i * PIECES + piece] = kept[i];
      } else {
        for (size_t i = 0; i < vectors; i++) kept[i] = own[i * PIECES + piece];
      }
    }
  }
}

// Multiplies `factor` into the stored Theta. Its pending update is linear in b and h; b follows from T2, h is multiplied here.
#define rescale NAMED(rescale, BITS, TYPE)
static void rescale(Room *room, double factor) {
  const Kernel *kernel = room->kernel;
  size_t count = (size_t)(kernel->inputs + kernel->outputs + kernel->batch) * kernel->units;
  for (int32_t g = 0; g < room->tile.groups; g++) {
    for (size_t i = 0; i < count; i++) room->groups[g].weights[i] *= splat((REAL)factor);
  }
}

int NAMED(advance, BITS, TYPE)(const Kernel *kernel, Tile tile, Workspace *workspace, int32_t steps, double *end_scale,
                               int32_t *end_age) {
  Room room;
  if (!lay_out(&room, kernel, tile, workspace)) return 0;
  move_states(&room, 1);
  move_streams(&room, 1);
  int32_t size = kernel->batch * (kernel->inputs + kernel->outputs), age = kernel->age;
  double scale = kernel->scale;
  for (int32_t left = steps; left > 0;) {
    int32_t count = left < room.block_steps ? left : room.block_steps;
    if (kernel->period - age < count) count = kernel->period - age;
    for (int32_t g = 0; g < tile.groups; g++) copy_vectors(room.groups[g].records, room.groups[g].pending, size);
    draw_samples(&room, count);
    if (kernel->batch == 1) learn(&room, count, scale);
    else learn_batches(&room, count, scale);
    for (int32_t g = 0; g < tile.groups; g++) {
      copy_vectors(room.groups[g].pending, room.groups[g].records + (size_t)count * size, size);
    }
    for (int32_t t = 0; t < count; t++) scale *= kernel->decay;
    age += count;
    left -= count;
    if (age == kernel->period) {
      rescale(&room, scale);
      scale = 1;
      age = 0;
    }
  }
  move_states(&room, 0);
  move_streams(&room, 0);
  *end_scale = scale;
  *end_age = age;
  return 1;
}
