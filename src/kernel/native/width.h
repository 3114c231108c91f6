// Vectors of BITS bits, and names that have the width in them.
#ifndef MEANDER_WIDTH_H
#define MEANDER_WIDTH_H

#include "random.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#define JOIN(a, b, c) a##_##b##_##c
#define NAMED(a, b, c) JOIN(a, b, c)
#define INLINE static inline __attribute__((always_inline))

// Words of streams and what else does not depend on the precision.
#define WORDS (BITS / 64)
// Vectors of 128 bits, of which memory is made, in one of ours.
#define PIECES (BITS / 128)
typedef uint64_t Words __attribute__((vector_size(BITS / 8)));
typedef char Piece __attribute__((vector_size(16)));

// Elements of two vectors, those of the second numbered after those of the first.
#ifdef __clang__
#define SHUFFLE(Indices, a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(Indices, a, b, ...) __builtin_shuffle(a, b, (Indices){__VA_ARGS__})
#endif

#endif
