// The kernel at one vector width: compiled once for each, with -DBITS and the options of a processor that has such vectors.

#include "width.h"

#define REAL double
#define TYPE f64
#include "tile.h"
#undef REAL
#undef TYPE

#define REAL float
#define TYPE f32
#define SINGLE
#include "tile.h"
