// What the files of the native kernel share. It works in the memory of an instance of the WebAssembly kernel, whose globals
// (src/kernel/assembly/parameters.ts explains them) it is handed with each call.
#ifndef MEANDER_KERNEL_H
#define MEANDER_KERNEL_H

#include <stdint.h>

// Names and order of the numbers of a call; addresses are byte offsets in memory.
#define INTEGERS(X)                                                                                                  \
  X(inputs) X(outputs) X(units) X(batch) X(tiles) X(period) X(age) X(gaussians) X(entries) X(form) X(mapped) X(noisy) \
  X(groupSize)
#define NUMBERS(X) X(rate) X(decay) X(scale) X(tailStart)
#define ADDRESSES(X)                                                                                            \
  X(deviations) X(factors) X(stimuli) X(target) X(thresholds) X(aliases) X(normalStreams) X(retryStreams)       \
  X(selectStreams) X(groups) X(layers) X(layers32) X(heights)
#define PARAMETERS(X) INTEGERS(X) NUMBERS(X) ADDRESSES(X)

typedef struct {
#define MEMBER(name) int32_t name;
  INTEGERS(MEMBER)
#undef MEMBER
#define MEMBER(name) double name;
  NUMBERS(MEMBER)
#undef MEMBER
#define MEMBER(name) char *name;
  ADDRESSES(MEMBER)
#undef MEMBER
} Kernel;

// What a call hands over: the numbers, in their order, and the memory that addresses are of.
static inline Kernel kernel_of(const double *values, char *memory) {
  Kernel kernel;
#define INTEGER(name) kernel.name = (int32_t)*values++;
#define NUMBER(name) kernel.name = *values++;
#define ADDRESS(name) kernel.name = memory + (size_t)*values++;
  INTEGERS(INTEGER)
  NUMBERS(NUMBER)
  ADDRESSES(ADDRESS)
  return kernel;
}

// Memory of a thread that grows as needed, aligned for vectors of any width.
typedef struct {
  void *memory;
  size_t size;
} Workspace;

// At least `size` bytes of it; NULL where there are none.
void *reserve(Workspace *workspace, size_t size);

// Replicas (lanes of memory) from `first` on, `count` of them, `groups` vectors of `bits` (1 or 2) beside each other.
typedef struct {
  int32_t first, count, groups;
} Tile;

// Advance a tile. Writes the clock of its end; returns whether there was enough memory.
typedef int Advance(const Kernel *kernel, Tile tile, Workspace *workspace, int32_t steps, double *scale, int32_t *age);
Advance advance_128_f64, advance_128_f32;
#ifdef __x86_64__
Advance advance_256_f64, advance_256_f32, advance_512_f64, advance_512_f32;
#endif

#endif
