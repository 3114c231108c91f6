// The Node-API module of the native kernel: { names, widths, advance }.

#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <string.h>
#include "kernel.h"

#define COUNT(name) +1
enum { PARAMETER_COUNT = 0 PARAMETERS(COUNT), MAX_WIDTHS = 3, ALIGNMENT = 64 };
// Bytes of caches of a core: what two vectors of replicas beside each other should fit in, and what one should.
enum { FIRST_LEVEL = 32000, SECOND_LEVEL = 1200000 };

static const char *const names[] = {
#define NAME(name) #name,
    PARAMETERS(NAME)};

void *reserve(Workspace *workspace, size_t size) {
  if (workspace->size < size) {
    free(workspace->memory);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    workspace->memory = aligned_alloc(ALIGNMENT, size);
    workspace->size = workspace->memory ? size : 0;
  }
  return workspace->memory;
}

// The widths of this processor, in bits, ascending. Returns their number.
static int supported(int *widths) {
  int count = 0;
  widths[count++] = 128;
#ifdef __x86_64__
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) {
    widths[count++] = 256;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw")) {
      widths[count++] = 512;
    }
  }
#endif
  return count;
}

static Advance *of_width(int width, int is_single) {
#ifdef __x86_64__
  if (width == 512) return is_single ? advance_512_f32 : advance_512_f64;
  if (width == 256) return is_single ? advance_256_f32 : advance_256_f64;
#endif
  (void)width;
  return is_single ? advance_128_f32 : advance_128_f64;
}

// Bytes of the states of a vector of replicas.
static size_t state_bytes(const Kernel *kernel, int bits) { return (size_t)kernel->groupSize * (bits / 128); }

// Bits of vectors for replicas of so many: no wider than they fill, and than their states fit a cache; where not even the
// narrowest do, width costs nothing.
static int bits_for(const Kernel *kernel, int filled, int most) {
  int bits = 128, bounded = state_bytes(kernel, bits) <= SECOND_LEVEL;
  while (bits < most && bits < filled && (!bounded || state_bytes(kernel, 2 * bits) <= SECOND_LEVEL)) bits *= 2;
  return bits;
}

// advance(memory, values, isSingle, width, steps): advances all replicas with vectors of at most `width` bits. `values` are the
// numbers of `names`; the clock among them, scale and age, becomes that of the end.
static napi_value advance(napi_env env, napi_callback_info info) {
  napi_value arguments[5];
  size_t given = 5, length, bytes;
  void *memory, *data;
  bool is_single;
  int32_t width, steps;
  napi_typedarray_type type;
  Workspace *workspace;
  if (napi_get_cb_info(env, info, &given, arguments, NULL, NULL) != napi_ok || given < 5 ||
      napi_get_arraybuffer_info(env, arguments[0], &memory, &bytes) != napi_ok ||
      napi_get_typedarray_info(env, arguments[1], &type, &length, &data, NULL, NULL) != napi_ok ||
      type != napi_float64_array || length != PARAMETER_COUNT ||
      napi_get_value_bool(env, arguments[2], &is_single) != napi_ok ||
      napi_get_value_int32(env, arguments[3], &width) != napi_ok ||
      napi_get_value_int32(env, arguments[4], &steps) != napi_ok ||
      napi_get_instance_data(env, (void **)&workspace) != napi_ok || !workspace) {
    napi_throw_type_error(env, NULL, "expected (memory, values, isSingle, width, steps)");
    return NULL;
  }
  Kernel kernel = kernel_of(data, memory);
  double scale = kernel.scale;
  int32_t age = kernel.age;
  // Memory holds two lane groups of 128 bits for each of its tiles.
  int32_t element = is_single ? 4 : 8, lanes = kernel.tiles * 2 * 16 / element;
  for (Tile tile = {0}; tile.first < lanes; tile.first += tile.count) {
    int32_t left = lanes - tile.first, bits = bits_for(&kernel, left * element * 8, width);
    int32_t each = bits / 8 / element, pair = 2 * state_bytes(&kernel, bits) <= FIRST_LEVEL ? 2 * each : each;
    tile.count = left < pair ? left : pair;
    tile.groups = tile.count > each ? 2 : 1;
    if (!of_width(bits, is_single)(&kernel, tile, workspace, steps, &scale, &age)) {
      napi_throw_range_error(env, NULL, "there is not enough memory for the working space of the native kernel");
      return NULL;
    }
  }
  double *values = data;
#define PLACE(name) place_##name,
  enum { PARAMETERS(PLACE) };
  values[place_scale] = scale;
  values[place_age] = age;
  return NULL;
}

static void release(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  free(((Workspace *)data)->memory);
  free(data);
}

static napi_value initialize(napi_env env, napi_value exports) {
  napi_value list, value;
  int widths[MAX_WIDTHS], count = supported(widths);
  napi_create_array(env, &list);
  for (int i = 0; i < count; i++) {
    napi_create_int32(env, widths[i], &value);
    napi_set_element(env, list, i, value);
  }
  napi_set_named_property(env, exports, "widths", list);
  napi_create_array(env, &list);
  for (int i = 0; i < PARAMETER_COUNT; i++) {
    napi_create_string_utf8(env, names[i], NAPI_AUTO_LENGTH, &value);
    napi_set_element(env, list, i, value);
  }
  napi_set_named_property(env, exports, "names", list);
  napi_create_function(env, "advance", NAPI_AUTO_LENGTH, advance, NULL, &value);
  napi_set_named_property(env, exports, "advance", value);
  Workspace *workspace = calloc(1, sizeof *workspace);
  if (workspace) napi_set_instance_data(env, workspace, release, NULL);
  return exports;
}

NAPI_MODULE_INIT() { return initialize(env, exports); }
