import { fromData, type Matrix } from '#linalg';
import type { InputDistribution } from '#model';
import type { ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import { ImportantSamples } from './importance.js';
import { BATCH, NoiseDraw } from './noise-draw.js';
import { noiseProducts } from './noise-products.js';
import { addLearned, OtherColumns } from './rotation-sums.js';
import { decayOf, rotationTable } from './rotation-table.js';
import { rotationSkeleton } from './unlearned.js';
import { sharedTimes } from './shared-times.js';

/**
 * `count` independent rotations (count x P, rad per step) with E omega omega^T the rotation tensor. Each is
 *   omega_ab = -(eta / G_ab) sum_ij N_i M^ab_ij xi_j
 * with xi and N from different inputs: xi a gradient noise, N = sqrt(eta weight_q) exp(-mu t_q) xi' at one of the times of `timeNodes`, so
 * that E N N^T = eta int exp(-(mu_i + mu_j) t) C_ij dt = Sigma_N. Every time has its share of the rotations, in proportion to
 * sum mu_i C_ii exp(-2 mu_i t): the energy of N, with less weight on slow modes, which contribute little to omega beside fast partners.
 * Columns that are not learned enter by the few that stand for them (`rotationSkeleton`). O(r^3) time for each rotation.
 */
export function sampledRotations(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
  input: InputDistribution,
  seed: number,
  count: number,
  progress?: (share: number) => void,
): Matrix {
  const { rank, batchSize } = modes;
  const planes = (rank * (rank - 1)) / 2;
  const rotations = new Float64Array(count * planes);
  const kinds = noiseProducts(modes, blocks);
  const samples = new ImportantSamples(input, seed);
  const [displacement, fresh] = [new NoiseDraw(modes, kinds, samples), new NoiseDraw(modes, kinds, samples)];
  const { nodes, placesOf } = sharedTimes(modes, blocks, noise, count);
  const skeleton = rotationSkeleton(modes, blocks, kinds, nodes.times);
  const beyond = new OtherColumns(rank, skeleton);
  const omega = new Float64Array(planes * BATCH);
  let done = 0;
  nodes.times.forEach((time, q) => {
    const decay = decayOf(blocks, time);
    const tables = kinds.map((displaced) =>
      kinds.map((own) => rotationTable(modes, blocks, decay, displaced, own, skeleton.columns)),
    );
    const scale = Math.sqrt((nodes.weights[q] * count) / placesOf[q].length) / batchSize;
    for (let from = 0; from < placesOf[q].length; from += BATCH) {
      const places = placesOf[q].slice(from, from + BATCH);
      places.forEach((_, slot) => {
        displacement.draw(slot, scale);
        fresh.draw(slot, 1);
      });
      omega.fill(0);
      tables.forEach((row, k) => {
        row.forEach(({ learned, others }, l) => {
          addLearned(omega, learned, displacement.products[k], fresh.products[l], rank);
          places.forEach((_, slot) => {
            const [own, other] = [displacement.left[k][slot], fresh.left[l][slot]];
            beyond.add(omega, slot, others, own, displacement.right[k][slot], other, fresh.right[l][slot]);
          });
        });
      });
      places.forEach((place, slot) => {
        for (let p = 0; p < planes; p++) rotations[place * planes + p] = omega[p * BATCH + slot];
      });
      done += places.length;
      progress?.(done / count);
    }
  });
  return fromData(count, planes, rotations);
}
