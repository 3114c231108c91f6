// The steps of one learning rule at one vector width, as a Node-API module of its own: { names, advance }. Compiled with -DBITS
// and -DSTEP, the file that src/kernel/native/rules writes: a function `run` that makes steps of the replicas of one vector.

#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include "width.h"

#define REAL double
#define TYPE f64
#include "lanes.h"
#include "normals.h"
#include "samples.h"
#include "algebra.h"
#include STEP

#define COUNT(name) +1
enum { PARAMETER_COUNT = 0 PARAMETERS(COUNT), ALIGNMENT = 64 };
static const char *const names[] = {
#define NAME(name) #name,
    PARAMETERS(NAME)};

// Where replicas and what their steps take lie: the numbers of src/kernel/compiled-rule/place.ts, in this order.
typedef struct {
  double states, state_size, block_steps, normals, sample_normals, deviations, drawn, gap, inputs, is_presented, first, groups;
} Place;

#define present_inputs NAMED(present_inputs, BITS, TYPE)
// The inputs of `steps` steps of a lane group, as presentInputs of src/kernel/assembly/samples.ts makes them.
static void present_inputs(Room *room, const Place *place, int32_t replica, const Reals *normals, Reals *inputs, int32_t steps) {
  const Kernel *kernel = room->kernel;
  int32_t n = kernel->inputs;
  if (kernel->gaussians > 0) {
    Reals *x = inputs;
    for (int32_t t = 0; t < steps; t++, normals += (size_t)place->normals) {
      for (int32_t s = 0; s < kernel->batch; s++, x += n) copy_vectors(x, normals + s * (size_t)place->sample_normals, n);
    }
  }
  pick_inputs(room, replica, LANES, inputs, steps * kernel->batch);
}

// Makes steps of the lane groups of a place. Returns 0, or what `run` returns where it cannot go on; -1 without memory.
static int advance_groups(Kernel *kernel, const Place *place, char *memory, int32_t steps) {
  int32_t normals = (int32_t)place->normals, block = (int32_t)place->block_steps, end = (int32_t)(place->first + place->groups);
  size_t state_bytes = (size_t)place->state_size * sizeof(Reals), draws = (size_t)block * normals;
  size_t size = 2 * draws * sizeof(Words) + (draws + 1) * sizeof(uint32_t) + (size_t)kernel->inputs * sizeof(Reals);
  Words *words = aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  if (!words) return -1;
  // Normals are drawn to where records of samples begin.
  Kernel drawing = *kernel;
  drawing.batch = 0;
  int result = 0;
  for (int32_t g = (int32_t)place->first; g < end && result == 0; g += 2) {
    int32_t count = end - g < 2 ? 1 : 2;
    Tile tile = {g * LANES, count * LANES, count};
    Room room = {.kernel = &drawing, .tile = tile, .words = words};
    room.scratch = (Reals *)(words + 2 * draws);
    room.misses = (uint32_t *)(room.scratch + kernel->inputs);
    for (int32_t h = 0; h < count; h++) {
      room.groups[h].records = (Reals *)(memory + (size_t)place->drawn + h * (size_t)place->gap);
    }
    move_streams(&room, 1);
    for (int32_t left = steps; left > 0 && result == 0; left -= block) {
      int32_t now = left < block ? left : block;
      room.kernel = &drawing;
      if (normals > 0) draw_normals(&room, (const double *)(memory + (size_t)place->deviations), 0, now, normals, normals);
      room.kernel = kernel;
      for (int32_t h = 0; h < count && result == 0; h++) {
        Reals *inputs = (Reals *)(memory + (size_t)place->inputs);
        if (place->is_presented) present_inputs(&room, place, tile.first + h * LANES, room.groups[h].records, inputs, now);
        result = run(memory, (int64_t)((size_t)place->states + (g + h) * state_bytes),
                     (int64_t)((size_t)place->drawn + h * (size_t)place->gap), (int64_t)place->inputs, now);
      }
    }
    move_streams(&room, 0);
  }
  free(words);
  return result;
}

// advance(memory, values, place, steps): see advance_groups. `values` are the numbers of `names`.
static napi_value advance(napi_env env, napi_callback_info info) {
  napi_value arguments[4], result;
  size_t given = 4, length, places, bytes;
  void *memory, *data, *place;
  int32_t steps;
  napi_typedarray_type type, place_type;
  if (napi_get_cb_info(env, info, &given, arguments, NULL, NULL) != napi_ok || given < 4 ||
      napi_get_arraybuffer_info(env, arguments[0], &memory, &bytes) != napi_ok ||
      napi_get_typedarray_info(env, arguments[1], &type, &length, &data, NULL, NULL) != napi_ok ||
      type != napi_float64_array || length != PARAMETER_COUNT ||
      napi_get_typedarray_info(env, arguments[2], &place_type, &places, &place, NULL, NULL) != napi_ok ||
      place_type != napi_float64_array || places * sizeof(double) != sizeof(Place) ||
      napi_get_value_int32(env, arguments[3], &steps) != napi_ok) {
    napi_throw_type_error(env, NULL, "expected (memory, values, place, steps)");
    return NULL;
  }
  Kernel kernel = kernel_of(data, memory);
  napi_create_int32(env, advance_groups(&kernel, place, memory, steps), &result);
  return result;
}

NAPI_MODULE_INIT() {
  napi_value list, value;
  napi_create_array(env, &list);
  for (int i = 0; i < PARAMETER_COUNT; i++) {
    napi_create_string_utf8(env, names[i], NAPI_AUTO_LENGTH, &value);
    napi_set_element(env, list, i, value);
  }
  napi_set_named_property(env, exports, "names", list);
  napi_create_function(env, "advance", NAPI_AUTO_LENGTH, advance, NULL, &value);
  napi_set_named_property(env, exports, "advance", value);
  return exports;
}
