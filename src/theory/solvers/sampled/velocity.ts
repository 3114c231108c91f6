import { forPlanes } from '../../rotation/planes.js';
import type { ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import { velocityWeight } from './block-forms.js';
import type { Skeleton } from './skeleton.js';
import { pairOf, type SquareMoments } from './square-moments.js';

/** `blockVelocity` with the columns beyond the modes by those that stand for them: exact. O(r^2 (r + p)). */
export function velocityOf(
  modes: CommutingModes,
  blocks: ModeBlocks,
  data: Float64Array,
  { learned, others }: SquareMoments,
  { columns }: Skeleton,
): Float64Array {
  const { rank, singularValues: s, learningRate, batchSize } = modes;
  const velocity = new Float64Array((rank * (rank - 1)) / 2);
  forPlanes(rank, (a, b, plane) => {
    const pair = pairOf(a, b, rank);
    let sum = 0;
    for (let c = 0; c < rank; c++) {
      sum += velocityWeight(modes, blocks, data, a, b, c) * learned.data[c * learned.cols + pair];
    }
    columns.forEach((c, p) => {
      sum += velocityWeight(modes, blocks, data, a, b, c) * others.data[p * others.cols + pair];
    });
    velocity[plane] = (learningRate ** 2 * sum) / (2 * (s[a] + s[b]) * batchSize);
  });
  return velocity;
}
