import type { Samples } from '#model';
import { exp, log } from '#random';
import { blockCount, blockNumber } from '../commuting/block-index.js';
import { CELL } from '../commuting/gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from '../commuting/hessian-blocks.js';
import type { CommutingModes } from '../commuting/modes.js';

/** Samples per batch. */
export const BATCH = 64;
/** Independent draws in each noise and each displacement: their sum / sqrt(DRAWS) has the same second moment and lighter tails. */
const DRAWS = 4;

/** A batch of pairs of noise and displacement, block by block, sample by sample. */
export class NoisePairs {
  /** P and Q of each block, in the names of its first cell. */
  readonly p: Float64Array;
  readonly q: Float64Array;
  /** mu_k N_k of mode k of each block. */
  readonly displacement: Float64Array;
  readonly #x: Float64Array;
  readonly #labels: Float64Array;
  readonly #decay: Float64Array;
  /** The first cell of each block. */
  readonly #cells: { a: number; c: number; cell: number; block: number }[] = [];
  readonly #cumulative: Float64Array;
  readonly #curvature: Float64Array;
  /** mu_i C_ii, divided by the integral of their sum over time. */
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

  /** Draws sample t of the batch. */
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

  /** P = e_a x_c without its mean; columns beyond the inputs have x = 0. */
  #first(a: number, c: number): number {
    const { residual, variance } = this.modes;
    const error = residual[a] * this.#x[a] + this.#labels[a];
    return error * this.#x[c] - (a === c ? residual[a] * variance[a] : 0);
  }

  /** Q = e_c x_a, c != a. */
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
    // 0 without any noise, where there is no density.
    return density > 0 ? 1 / Math.sqrt(density) : 0;
  }
}
