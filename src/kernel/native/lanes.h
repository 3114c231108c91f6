// Included by tile.h and rule.c for a precision, REAL: lane groups of BITS bits, one replica in each lane, and their streams.

#define LANES (BITS / (8 * (int)sizeof(REAL)))
// Replicas in a lane group of memory, and chains of the random generator (vectors of words) for a lane group.
#define PIECE_LANES (16 / (int)sizeof(REAL))
#define CHAINS (LANES / WORDS)
#define Reals NAMED(Reals, BITS, TYPE)
#define Group NAMED(Group, BITS, TYPE)
#define Room NAMED(Room, BITS, TYPE)
typedef REAL Reals __attribute__((vector_size(BITS / 8)));

// Theta in blocks of four hidden units (at the end perhaps of two), each block holding for every column the vectors of its
// units; h of the last step, B x units; its records. A record is x (n vectors) and e (m vectors) of one sample. As a lane
// group of memory, see src/kernel/assembly/learn.ts.
typedef struct {
  Reals *weights, *hidden, *pending;
  // Records of a block of steps, preceded by those of the last step before.
  Reals *records;
  Words streams[CHAINS][4];
} Group;

typedef struct {
  const Kernel *kernel;
  Tile tile;
  int32_t block_steps;
  Words *words;
  uint32_t *misses;
  Reals *scratch;
  Group groups[2];
} Room;

#define splat NAMED(splat, BITS, TYPE)
INLINE Reals splat(REAL value) { return (Reals){} + value; }

#define copy_vectors NAMED(copy_vectors, BITS, TYPE)
INLINE void copy_vectors(Reals *to, const Reals *from, int32_t count) {
  for (int32_t i = 0; i < count; i++) to[i] = from[i];
}

// Copies the streams of normals of the tile from memory, or back. Those of four replicas lie together: vectors of the four words of replicas
// 0 and 1, then of replicas 2 and 3. Lanes that memory does not have are zero.
#define move_streams NAMED(move_streams, BITS, TYPE)
static void move_streams(Room *room, int take) {
  Tile tile = room->tile;
  for (int32_t lane = 0; lane < tile.groups * LANES; lane++) {
    Words *own = room->groups[lane / LANES].streams[lane % LANES / WORDS];
    int32_t replica = tile.first + lane;
    uint64_t *kept = (uint64_t *)(room->kernel->normalStreams + (size_t)(replica / 2) * 64) + replica % 2;
    for (int32_t word = 0; word < 4; word++) {
      if (lane >= tile.count) own[word][lane % WORDS] = 0;
      else if (take) own[word][lane % WORDS] = kept[2 * word];
      else kept[2 * word] = own[word][lane % WORDS];
    }
  }
}
