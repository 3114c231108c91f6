import { fromData, type Matrix } from '#linalg';
import { Samples, type InputDistribution } from '#model';
import { exp, log } from '#random';
import { CELL } from '../commuting/gradient-noise.js';
import type { CommutingModes } from '../commuting/modes.js';
import { isFirst, MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import { blockCount, blockNumber } from '../moments/fourth-moments.js';

/** Fewest and most samples of a prediction. */
export const MIN_SAMPLES = 256;
const MAX_SAMPLES = 8192;
/** Samples times planes times columns that a prediction spends: some 20 seconds. */
const EFFORT = 5e8;
/** Samples made together. */
const BATCH = 64;
/** Independent draws in each noise and each displacement: their sum over sqrt(DRAWS) has the same second moment, and shorter tails. */
const DRAWS = 4;

/**
 * T independent rotations (T x P, rad per step) with E omega omega^T the rotation tensor, without bias. Each is
 *   omega_ab = -(eta / G_ab) sum_ij N_i M^ab_ij xi_j
 * with xi and N from different inputs: xi a gradient noise, N = sqrt(eta / p(t)) exp(-mu t) xi' at a random time t of
 * density p, so that E N N^T = eta int exp(-(mu_i + mu_j) t) C_ij dt = Sigma_N. p follows sum mu_i C_ii exp(-2 mu_i t): the
 * energy of N, with less weight on slow modes, of which fast partners leave little in omega. T = 5 10^8 / (P W), at least
 * 256 and at most 8192.
 * O(T P W) time, T P numbers of memory.
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
  const source = new PairSource(modes, blocks, noise, new Samples(input, seed));
  const omega = new Float64Array(planes * BATCH);
  for (let from = 0; from < count; from += BATCH) {
    for (let t = 0; t < BATCH; t++) source.fill(t);
    rotate(modes, blocks, source, omega);
    for (let t = 0; t < BATCH; t++) {
      for (let p = 0; p < planes; p++) rotations[(from + t) * planes + p] = omega[p * BATCH + t];
    }
  }
  return fromData(count, planes, rotations);
}

/** A batch of pairs of noise and displacement, block by block, sample by sample. */
class PairSource {
  /** P and Q of each block, seen from its first cell. */
  readonly p: Float64Array;
  readonly q: Float64Array;
  /** mu_k N_k of mode k of each block. */
  readonly displacement: Float64Array;
  readonly #x: Float64Array;
  readonly #labels: Float64Array;
  readonly #decay: Float64Array;
  /** Cells that stand for their blocks, with their rows and columns. */
  readonly #cells: { a: number; c: number; cell: number; block: number }[] = [];
  readonly #cumulative: Float64Array;
  readonly #curvature: Float64Array;
  /** mu C_ii over the integral of the sum. */
  readonly #energy: Float64Array;

  constructor(
    private readonly modes: CommutingModes,
    private readonly blocks: ModeBlocks,
    noise: Float64Array,
    private readonly samples: Samples,
  ) {
    const { rank, columns, inputs } = modes;
    const count = blockCount(rank, columns);
    this.p = new Float64Array(count * BATCH);
    this.q = new Float64Array(count * BATCH);
    this.displacement = new Float64Array(count * MAX_MODES * BATCH);
    this.#x = new Float64Array(Math.max(columns, inputs));
    this.#labels = new Float64Array(columns);
    this.#decay = new Float64Array(count * MAX_MODES);
    this.#curvature = new Float64Array(count * MAX_MODES);
    this.#energy = new Float64Array(count * MAX_MODES);
    this.#cumulative = new Float64Array(count * MAX_MODES);
    for (let a = 0; a < rank; a++) {
      for (let c = a; c < columns; c++) {
        const cell = a * columns + c;
        const block = blockNumber(a, c, columns);
        this.#cells.push({ a, c, cell, block });
        for (let k = 0; k < blocks.counts[cell]; k++) {
          const mu = blocks.curvature[cell * MAX_MODES + k];
          this.#curvature[block * MAX_MODES + k] = mu;
          this.#energy[block * MAX_MODES + k] = mu * noise[cell * CELL + k * MAX_MODES + k];
        }
      }
    }
    let total = 0;
    this.#energy.forEach((energy, mode) => {
      if (energy > 0) total += energy / (2 * this.#curvature[mode]);
      this.#cumulative[mode] = total;
    });
    for (let mode = 0; mode < this.#energy.length; mode++) this.#energy[mode] /= total;
  }

  /** Makes sample t of the batch. */
  fill(t: number): void {
    const { p, q, displacement } = this;
    const { counts, fromP, fromQ } = this.blocks;
    for (let at = t; at < p.length; at += BATCH) p[at] = q[at] = 0;
    for (let at = t; at < displacement.length; at += BATCH) displacement[at] = 0;
    const share = 1 / Math.sqrt(DRAWS * this.modes.batchSize);
    for (let draw = 0; draw < DRAWS; draw++) {
      this.#draw();
      for (const { a, c, block } of this.#cells) {
        p[block * BATCH + t] += share * this.#first(a, c);
        q[block * BATCH + t] += share * this.#second(a, c);
      }
    }
    for (let draw = 0; draw < DRAWS; draw++) {
      const weight = share * this.#age();
      this.#draw();
      for (const { a, c, cell, block } of this.#cells) {
        const [first, second] = [this.#first(a, c), this.#second(a, c)];
        for (let k = 0; k < counts[cell]; k++) {
          const mode = block * MAX_MODES + k;
          const xi = fromP[cell * MAX_MODES + k] * first + fromQ[cell * MAX_MODES + k] * second;
          displacement[mode * BATCH + t] += weight * this.#curvature[mode] * this.#decay[mode] * xi;
        }
      }
    }
  }

  /** A fresh input and fresh label noise. */
  #draw(): void {
    const { inputs, columns, hasOutput, labelNoiseVariance } = this.modes;
    this.samples.draw(this.#x.subarray(0, inputs));
    if (labelNoiseVariance === 0) return;
    const deviation = Math.sqrt(labelNoiseVariance);
    for (let c = 0; c < columns; c++) this.#labels[c] = hasOutput[c] ? deviation * this.samples.normal() : 0;
  }

  /** e_a x_c without its mean; columns beyond the inputs have x = 0. */
  #first(a: number, c: number): number {
    const { residual, variance } = this.modes;
    const error = residual[a] * this.#x[a] + this.#labels[a];
    return error * this.#x[c] - (a === c ? residual[a] * variance[a] : 0);
  }

  #second(a: number, c: number): number {
    return (this.modes.residual[c] * this.#x[c] + this.#labels[c]) * this.#x[a];
  }

  /** Draws a time t, leaves exp(-mu t) in `decay`, and returns 1 / sqrt(p(t)). */
  #age(): number {
    const cumulative = this.#cumulative;
    const target = this.samples.positive() * cumulative[cumulative.length - 1];
    let [low, high] = [0, cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] >= target) high = middle;
      else low = middle + 1;
    }
    const time = -log(this.samples.positive()) / (2 * this.#curvature[low]);
    let density = 0;
    for (let mode = 0; mode < this.#decay.length; mode++) {
      const decay = exp(-this.#curvature[mode] * time);
      this.#decay[mode] = decay;
      density += this.#energy[mode] * decay * decay;
    }
    // Without any noise there is no time to draw, and nothing to weigh.
    return density > 0 ? 1 / Math.sqrt(density) : 0;
  }
}

/** omega of every plane and sample of the batch (P x BATCH). */
function rotate(modes: CommutingModes, blocks: ModeBlocks, source: PairSource, omega: Float64Array): void {
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

/** omega += sum_k displacement_k (withP_k P + withQ_k Q), the P and Q of the partner as its cell sees them. */
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
