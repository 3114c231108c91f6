import { zeros, type Matrix } from '#linalg';
import type { ModeBlocks } from '../solvers/commuting/hessian-blocks.js';
import type { CommutingModes } from '../solvers/commuting/modes.js';
import { blockLayout, gather, perEntry, spread, VARIABLES, type BlockLayout, type NormalBlock } from './blocks.js';
import type { SecondMomentMap } from './growth.js';
import { BETA, blockForms, diagonalForms, G, productOf, PRODUCTS, rowCovariances, ROWS, X } from './rows.js';
import type { SquareProducts } from './square-products.js';

/**
 * The map of second moments within the blocks of a commuting task. Where the input is symmetric under reflections of the axes these
 * are what grows, and the result is exact; otherwise it leaves out what different blocks have in common, and the growth that follows
 * is a lower bound, because the map is symmetric. O(r W) for each call beside the images of `squares`.
 */
export function blockSecondMoments(
  modes: CommutingModes,
  blocks: ModeBlocks,
  squares: SquareProducts,
): SecondMomentMap {
  const layout = blockLayout(modes, blocks);
  const forms = formsOf(modes, layout);
  const { weightDecay: gamma, batchSize } = modes;
  const ofDecay = perEntry(layout, (mu, nu) => gamma * (mu + nu) - gamma * gamma);
  const ofMean = perEntry(layout, (mu, nu) => mu * nu);
  return {
    rates: perEntry(layout, (mu, nu) => mu + nu),
    identity: perEntry(layout, (_, __, same) => (same ? 1 : 0)),
    square: (sigma) => {
      const result = new BlockStep(modes, layout, forms, squares, sigma).result();
      for (let i = 0; i < result.length; i++) {
        const single = result[i] + ofDecay[i] * sigma[i];
        result[i] = single / batchSize + (1 - 1 / batchSize) * ofMean[i] * sigma[i];
      }
      return result;
    },
  };
}

const BLOCK_ROWS = 2 * ROWS;

/** The rows of each block as forms in its variables. */
const formsOf = (modes: CommutingModes, { pairs }: BlockLayout): Float64Array[] =>
  pairs.map(({ a, c }) => blockForms(modes, a, c));

/** E[A' Sigma A'] within the blocks, A' the Hessian of one sample without the decay. */
class BlockStep {
  /** sum_c Cov(t_ac, u_ac) q_cy, r x W for each product of rows t <= u. */
  readonly #same: readonly Matrix[];
  /** The same of beta for the outputs beyond the learned modes, (W - r) x r: their rows have no more entries. */
  readonly #beyond: Matrix;
  /** sum_i Var Z_ai, and sum_c lambda_c Var X_ac. */
  readonly #readout: Float64Array;
  readonly #hidden: Float64Array;
  readonly #diagonalForms: readonly Float64Array[];
  readonly #covariance = new Float64Array(VARIABLES * VARIABLES);
  readonly #rows = new Float64Array(BLOCK_ROWS * BLOCK_ROWS);
  readonly #outer = new Float64Array(VARIABLES * VARIABLES);

  constructor(
    private readonly modes: CommutingModes,
    private readonly layout: BlockLayout,
    private readonly forms: readonly Float64Array[],
    private readonly squares: SquareProducts,
    private readonly sigma: Float64Array,
  ) {
    const { rank, columns } = modes;
    const same = PRODUCTS.map(() => zeros(rank, columns));
    const beyond = zeros(columns - rank, rank);
    this.#readout = new Float64Array(rank);
    this.#hidden = new Float64Array(rank);
    this.#diagonalForms = Array.from({ length: rank }, (_, a) => diagonalForms(modes, a));
    layout.pairs.forEach((block, k) => {
      this.#collect(same, beyond, block, k);
    });
    for (let a = 0; a < rank; a++) this.#collectDiagonal(same, a);
    this.#same = same.map(squares.images);
    this.#beyond = squares.images(beyond);
  }

  result(): Float64Array {
    const { rank } = this.modes;
    const result = new Float64Array(this.sigma.length);
    for (const [k, block] of this.layout.pairs.entries()) {
      this.#load(block, k);
      this.#pairOutput(block);
      gather(result, block, this.#outer);
      if (block.c < rank) this.#acrossOutput(result, block.a, block.c);
    }
    for (let a = 0; a < rank; a++) this.#diagonalOutput(result, a);
    return result;
  }

  /** Covariances of the variables and of the rows of block number k. */
  #load(block: NormalBlock, k: number): void {
    spread(this.#covariance, this.sigma, block);
    rowCovariances(this.#rows, this.forms[k], this.#covariance, block.c < this.modes.rank);
  }

  #collect(same: readonly Matrix[], beyond: Matrix, block: NormalBlock, k: number): void {
    const { rank, columns, variance } = this.modes;
    const { a, c } = block;
    this.#load(block, k);
    const rows = this.#rows;
    PRODUCTS.forEach(([t, u], product) => {
      const { data } = same[product];
      data[a * columns + c] = rows[t * BLOCK_ROWS + u];
      if (c < rank) data[c * columns + a] = rows[(ROWS + t) * BLOCK_ROWS + ROWS + u];
    });
    if (c >= rank) beyond.data[(c - rank) * rank + a] = rows[(ROWS + BETA) * BLOCK_ROWS + ROWS + BETA];
    const own = this.#covariance;
    this.#readout[a] += own[VARIABLES + 1];
    this.#hidden[a] += variance[c] * own[0];
    if (c >= rank) return;
    this.#readout[c] += own[3 * VARIABLES + 3];
    this.#hidden[c] += variance[a] * own[2 * VARIABLES + 2];
  }

  #collectDiagonal(same: readonly Matrix[], a: number): void {
    PRODUCTS.forEach(([t, u], product) => {
      same[product].data[a * (this.modes.columns + 1)] = this.#across(t, u, a, a);
    });
    const [pp, pm, mm] = [
      this.#diagonal(2 * a, 2 * a),
      this.#diagonal(2 * a, 2 * a + 1),
      this.#diagonal(2 * a + 1, 2 * a + 1),
    ];
    this.#readout[a] += (pp - 2 * pm + mm) / 2;
    this.#hidden[a] += (this.modes.variance[a] * (pp + 2 * pm + mm)) / 2;
  }

  /** E (t_a Q)_y (u_a Q)_y, t <= u; of rows beyond the learned modes only for beta and y < r. */
  #sameRow(t: number, u: number, a: number, y: number): number {
    const { rank, columns } = this.modes;
    if (a >= rank) return this.#beyond.data[(a - rank) * rank + y];
    return this.#same[productOf(t, u)].data[a * columns + y];
  }

  /** A second moment of the modes of the cells (a, a). */
  #diagonal(i: number, j: number): number {
    return this.sigma[this.layout.diagonal + i * 2 * this.modes.rank + j];
  }

  /** Cov(t_aa, u_bb). */
  #across(t: number, u: number, a: number, b: number): number {
    const [left, right] = [this.#diagonalForms[a], this.#diagonalForms[b]];
    let sum = 0;
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 2; j++) sum += left[2 * t + i] * right[2 * u + j] * this.#diagonal(2 * a + i, 2 * b + j);
    }
    return sum;
  }

  /** E (t_a Q)_a (u_c Q)_c = (Cov(t_aa, u_cc) + Cov(t_ac, u_ca)) q_ac, for the block that is loaded. */
  #crossed(t: number, u: number, a: number, c: number): number {
    const diagonal = c < this.modes.rank ? this.#across(t, u, a, c) : 0;
    return (diagonal + this.#rows[t * BLOCK_ROWS + ROWS + u]) * this.squares.at(a, c);
  }

  /** Fills the matrix over X_ac, Z_ac, X_ca, Z_ca. */
  #pairOutput({ a, c }: NormalBlock): void {
    const {
      rank,
      singularValues: s,
      variance,
      residual,
      hasOutput,
      labelNoiseVariance: sigma2,
      inputs: n,
    } = this.modes;
    const out = this.#outer;
    out.fill(0);
    const put = (i: number, j: number, value: number): void => {
      out[i * VARIABLES + j] = out[j * VARIABLES + i] = value;
    };
    const same = (t: number, u: number, row: number, y: number): number => this.#sameRow(t, u, row, y);
    const crossed = (t: number, u: number): number => this.#crossed(t, u, a, c);
    const ra = Math.sqrt(s[a]);
    const [rhoA, rhoC] = [residual[a], c < n ? residual[c] : 0];
    const own = this.#covariance;
    if (c < n) put(0, 0, same(G, G, a, c) + sigma2 * variance[c] * this.#readout[a]);
    if (hasOutput[c]) {
      const xz = ra * crossed(G, BETA) - rhoC * same(G, X, a, c) + sigma2 * variance[c] * own[1];
      if (c < n) put(0, 1, xz);
      const square = s[a] * same(BETA, BETA, c, a) - 2 * ra * rhoC * crossed(X, BETA) + rhoC ** 2 * same(X, X, a, c);
      put(1, 1, square + sigma2 * this.#hidden[a]);
    }
    if (c >= rank) return;
    const rc = Math.sqrt(s[c]);
    put(2, 2, same(G, G, c, a) + sigma2 * variance[a] * this.#readout[c]);
    put(2, 3, rc * crossed(BETA, G) - rhoA * same(G, X, c, a) + sigma2 * variance[a] * own[2 * VARIABLES + 3]);
    const square = s[c] * same(BETA, BETA, a, c) - 2 * rc * rhoA * crossed(BETA, X) + rhoA ** 2 * same(X, X, c, a);
    put(3, 3, square + sigma2 * this.#hidden[c]);
    put(0, 2, crossed(G, G));
    put(0, 3, rc * same(G, BETA, a, c) - rhoA * crossed(G, X) + sigma2 * variance[c] * this.#readoutHidden(a, c));
    put(1, 2, ra * same(G, BETA, c, a) - rhoC * crossed(X, G) + sigma2 * variance[a] * this.#readoutHidden(c, a));
    const through = ra * rc * crossed(BETA, BETA) + rhoA * rhoC * crossed(X, X);
    put(1, 3, through - ra * rhoA * same(BETA, X, c, a) - rc * rhoC * same(BETA, X, a, c));
  }

  /** Cov(Z_aa, X_bb). */
  #readoutHidden(a: number, b: number): number {
    const [p, m] = [2 * a, 2 * a + 1];
    const [q, l] = [2 * b, 2 * b + 1];
    return (this.#diagonal(p, q) + this.#diagonal(p, l) - this.#diagonal(m, q) - this.#diagonal(m, l)) / 2;
  }

  /** The moments of the cells (a, a) and (b, b), for the block that is loaded, (a, b). */
  #acrossOutput(result: Float64Array, a: number, b: number): void {
    const { singularValues: s, variance, residual, labelNoiseVariance: sigma2 } = this.modes;
    const crossed = (t: number, u: number): number => this.#crossed(t, u, a, b);
    const [ra, rb] = [Math.sqrt(s[a]), Math.sqrt(s[b])];
    const own = this.#covariance;
    const xx = crossed(G, G);
    // Z_ab with X_ba, and X_ab with Z_ba.
    const xz = rb * crossed(G, BETA) - residual[b] * crossed(G, X) + sigma2 * variance[a] * own[VARIABLES + 2];
    const zx = ra * crossed(BETA, G) - residual[a] * crossed(X, G) + sigma2 * variance[b] * own[3];
    const zz =
      ra * rb * crossed(BETA, BETA) -
      ra * residual[b] * crossed(BETA, X) -
      rb * residual[a] * crossed(X, BETA) +
      residual[a] * residual[b] * crossed(X, X);
    this.#putDiagonal(result, a, b, xx, xz, zx, zz);
    this.#putDiagonal(result, b, a, xx, zx, xz, zz);
  }

  #diagonalOutput(result: Float64Array, a: number): void {
    const { singularValues: s, variance, residual, labelNoiseVariance: sigma2 } = this.modes;
    const same = (t: number, u: number): number => this.#sameRow(t, u, a, a);
    const root = Math.sqrt(s[a]);
    const rho = residual[a];
    const xx = same(G, G) + sigma2 * variance[a] * this.#readout[a];
    const xz = root * same(G, BETA) - rho * same(G, X) + sigma2 * variance[a] * this.#readoutHidden(a, a);
    const zz =
      s[a] * same(BETA, BETA) - 2 * root * rho * same(BETA, X) + rho * rho * same(X, X) + sigma2 * this.#hidden[a];
    this.#putDiagonal(result, a, a, xx, xz, xz, zz);
  }

  /** Writes the moments of the modes (X + Z) / sqrt(2) and (X - Z) / sqrt(2) of two cells. */
  #putDiagonal(result: Float64Array, a: number, b: number, xx: number, xz: number, zx: number, zz: number): void {
    const width = 2 * this.modes.rank;
    const at = this.layout.diagonal + 2 * a * width + 2 * b;
    result[at] = (xx + xz + zx + zz) / 2;
    result[at + 1] = (xx - xz + zx - zz) / 2;
    result[at + width] = (xx + xz - zx - zz) / 2;
    result[at + width + 1] = (xx - xz - zx + zz) / 2;
  }
}
