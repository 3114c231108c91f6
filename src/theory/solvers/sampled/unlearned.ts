import type { ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import { coupledVariance, velocityWeight } from './block-forms.js';
import type { NoiseProduct } from './noise-products.js';
import { decayOf, rotationWeights } from './rotation-table.js';
import { skeletonOf, type Skeleton } from './skeleton.js';

// A column that is not learned enters by its variance and its gain alone, and smoothly: few of them stand for hundreds.

/** Relative to the largest value of each function of a column: far below the sampling error, and at the rounding of what is exact. */
const OF_ROTATIONS = 1e-4;
const OF_EXACT = 1e-12;
/** Modes from which functions of a column are taken, spread over all. */
const MODES = 12;
/** Every third of the times is enough for functions of all. */
const TIMES = 3;

/** For the weights of rotations at all times. */
export function rotationSkeleton(
  modes: CommutingModes,
  blocks: ModeBlocks,
  kinds: readonly NoiseProduct[],
  times: Float64Array,
): Skeleton {
  const rows: Float64Array[] = [];
  for (const time of times.filter((_, q) => q % TIMES === 0)) {
    const decay = decayOf(blocks, time);
    const weights = kinds.flatMap(({ coefficients: f }) =>
      kinds.map(({ coefficients: g }) => rotationWeights(modes, blocks, decay, f, g)),
    );
    for (const a of someModes(modes)) {
      for (const b of someModes(modes)) {
        if (a !== b) rows.push(...weights.map((weight) => ofColumns(modes, (c) => weight(a, b, c))));
      }
    }
  }
  return skeletonOf(rows, modes.rank, modes.columns - modes.rank, OF_ROTATIONS);
}

/** For the sums of fluctuation and velocity, over columns with an input. */
export function squareSkeleton(modes: CommutingModes, blocks: ModeBlocks, data: Float64Array): Skeleton {
  const { rank, inputs: n } = modes;
  const some = someModes(modes);
  const others = Array.from({ length: Math.min(MODES, n - rank) }, (_, k) => rank + spread(k, MODES, n - rank));
  const rows = some.flatMap((a) => [
    ...[...some, ...others].map((d) => ofColumns(modes, (c) => coupledVariance(modes, blocks, data, a, c, d), n)),
    ...some.filter((b) => b !== a).map((b) => ofColumns(modes, (c) => velocityWeight(modes, blocks, data, a, b, c), n)),
  ]);
  return skeletonOf(rows, rank, n - rank, OF_EXACT);
}

const ofColumns = ({ rank, columns }: CommutingModes, f: (c: number) => number, end = columns): Float64Array =>
  Float64Array.from({ length: end - rank }, (_, k) => f(rank + k));

const someModes = ({ rank }: CommutingModes): number[] =>
  Array.from({ length: Math.min(MODES, rank) }, (_, k) => spread(k, MODES, rank));

/** Number k of `wanted` places spread over `count`, both ends among them. */
const spread = (k: number, wanted: number, count: number): number =>
  count <= wanted ? k : Math.round((k * (count - 1)) / (wanted - 1));
