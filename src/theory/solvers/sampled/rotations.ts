import { fromData, type Matrix } from '#linalg';
import { Samples, type InputDistribution } from '#model';
import { blockNumber, isFirst } from '../commuting/block-index.js';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';
import { BATCH, NoisePairs } from './noise-pairs.js';

/** Samples of a prediction, at least and at most. */
export const MIN_SAMPLES = 256;
const MAX_SAMPLES = 8192;
/** Product of samples, planes and columns that a prediction may spend: some 20 seconds. */
const EFFORT = 5e8;

/**
 * T independent rotations (T x P, rad per step) with E omega omega^T the rotation tensor, without bias. Each is
 *   omega_ab = -(eta / G_ab) sum_ij N_i M^ab_ij xi_j
 * with xi and N from different inputs: xi a gradient noise, N = sqrt(eta / p(t)) exp(-mu t) xi' at a random time t of
 * density p, so that E N N^T = eta int exp(-(mu_i + mu_j) t) C_ij dt = Sigma_N. p is proportional to sum mu_i C_ii
 * exp(-2 mu_i t): the energy of N, with less weight on slow modes, which contribute little to omega beside fast partners.
 * T = 5 10^8 / (P W), between 256 and 8192. O(T P W) time, T P numbers in memory.
 */
export function sampledRotations(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
  input: InputDistribution,
  seed: number,
): Matrix {
  const { rank, columns } = modes;
  const planes = (rank * (rank - 1)) / 2;
  const wanted = Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, EFFORT / Math.max(planes * columns, 1)));
  const count = Math.floor(wanted / BATCH) * BATCH;
  const rotations = new Float64Array(count * planes);
  const source = new NoisePairs(modes, blocks, noise, new Samples(input, seed));
  const omega = new Float64Array(planes * BATCH);
  for (let from = 0; from < count; from += BATCH) {
    for (let t = 0; t < BATCH; t++) source.fill(t);
    fillRotations(modes, blocks, source, omega);
    for (let t = 0; t < BATCH; t++) {
      for (let p = 0; p < planes; p++) rotations[(from + t) * planes + p] = omega[p * BATCH + t];
    }
  }
  return fromData(count, planes, rotations);
}

/** Computes omega of every plane and sample of the batch (P x BATCH). */
function fillRotations(modes: CommutingModes, blocks: ModeBlocks, source: NoisePairs, omega: Float64Array): void {
  const { rank, columns, singularValues: s, learningRate } = modes;
  const { counts, curvature, x, z, fromP, fromQ } = blocks;
  const { p, q, displacement } = source;
  omega.fill(0);
  // Of the modes i of cell (a, c): sum_j u_ij fromP_j and sum_j u_ij fromQ_j; of the modes j of (b, c) likewise.
  const [hereP, hereQ] = [new Float64Array(MAX_MODES), new Float64Array(MAX_MODES)];
  const [thereP, thereQ] = [new Float64Array(MAX_MODES), new Float64Array(MAX_MODES)];
  let plane = 0;
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++, plane++) {
      const factor = -(learningRate ** 1.5) / (2 * (s[a] + s[b]));
      for (let c = 0; c < columns; c++) {
        const [here, there] = [a * columns + c, b * columns + c];
        for (const values of [hereP, hereQ, thereP, thereQ]) values.fill(0);
        for (let i = 0, at = here * MAX_MODES; i < counts[here]; i++, at++) {
          for (let j = 0, to = there * MAX_MODES; j < counts[there]; j++, to++) {
            const u = (2 * factor * (x[at] * x[to] + z[at] * z[to])) / (curvature[at] + curvature[to]);
            hereP[i] += u * fromP[to];
            hereQ[i] += u * fromQ[to];
            thereP[j] -= u * fromP[at];
            thereQ[j] -= u * fromQ[at];
          }
        }
        addProducts(omega, plane, displacement, blockNumber(a, c, columns), hereP, hereQ, p, q, {
          block: blockNumber(b, c, columns),
          swapped: !isFirst(b, c),
        });
        addProducts(omega, plane, displacement, blockNumber(b, c, columns), thereP, thereQ, p, q, {
          block: blockNumber(a, c, columns),
          swapped: !isFirst(a, c),
        });
      }
    }
  }
}

/** omega += sum_k displacement_k (withP_k P + withQ_k Q), P and Q of the partner in the names of its own cell. */
function addProducts(
  omega: Float64Array,
  plane: number,
  displacement: Float64Array,
  block: number,
  withP: Float64Array,
  withQ: Float64Array,
  p: Float64Array,
  q: Float64Array,
  partner: { readonly block: number; readonly swapped: boolean },
): void {
  const [p0, p1] = withP;
  const [q0, q1] = withQ;
  const first = partner.swapped ? q : p;
  const second = partner.swapped ? p : q;
  const out = plane * BATCH;
  const from = partner.block * BATCH;
  const n0 = block * MAX_MODES * BATCH;
  const n1 = n0 + BATCH;
  for (let t = 0; t < BATCH; t++) {
    const d0 = displacement[n0 + t];
    const d1 = displacement[n1 + t];
    omega[out + t] += first[from + t] * (p0 * d0 + p1 * d1) + second[from + t] * (q0 * d0 + q1 * d1);
  }
}
