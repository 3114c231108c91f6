import { exp, log } from './elementary.js';
import { Generator } from './generator.js';

/** Number of layers of the ziggurat; each has the same area AREA under exp(-x^2/2). */
const LAYERS = 512;
const TAIL = 3.852046150368391;
const AREA = 0.0024567663515413543;

/**
 * Tables of the ziggurat for the standard normal (Marsaglia & Tsang 2000, in the form of Doornik 2005).
 * `edge[i]` is the right edge of layer i (edge[0] the pseudo-edge of the base strip with the tail),
 * `accept[i]` = edge[i+1] / edge[i], `height[i]` = exp(-edge[i]^2 / 2). Shared with the kernel, which copies them.
 */
export const ziggurat = (() => {
  const edge = new Float64Array(LAYERS + 1);
  edge[0] = AREA / exp(-0.5 * TAIL * TAIL);
  edge[1] = TAIL;
  for (let i = 2; i < LAYERS; i++) {
    edge[i] = Math.sqrt(-2 * log(AREA / edge[i - 1] + exp(-0.5 * edge[i - 1] * edge[i - 1])));
  }
  edge[LAYERS] = 0;
  const accept = new Float64Array(LAYERS);
  const height = new Float64Array(LAYERS + 1);
  for (let i = 0; i < LAYERS; i++) accept[i] = edge[i + 1] / edge[i];
  for (let i = 0; i <= LAYERS; i++) height[i] = exp(-0.5 * edge[i] * edge[i]);
  return { edge, accept, height, tail: TAIL };
})();

/**
 * Standard normal draws from two generators: the k-th normal takes the k-th word of `main`, always one; the 0.8% of words
 * that miss the inside of their layer are retried with words of `retry`, in order. So the numbers do not depend on whether
 * they are drawn one by one or in blocks, and a block can be drawn in SIMD lanes and its misses retried afterwards.
 *
 * A word gives the layer by its bits 3-11 and the signed abscissa by its bits 12-63: no bit is used twice.
 */
export class NormalSource {
  constructor(
    private readonly main: Generator,
    private readonly retry: Generator,
  ) {}

  next(): number {
    const { main } = this;
    main.next();
    const layer = (main.low >>> 3) & 511;
    const u = abscissa(main);
    return Math.abs(u) < ziggurat.accept[layer] ? u * ziggurat.edge[layer] : this.miss(layer, u);
  }

  private miss(firstLayer: number, firstU: number): number {
    const { edge, accept, height } = ziggurat;
    const { retry } = this;
    let layer = firstLayer;
    let u = firstU;
    for (;;) {
      const x = u * edge[layer];
      if (Math.abs(u) < accept[layer]) return x;
      if (layer === 0) return this.tail(u < 0);
      const y = height[layer] + retry.uniform() * (height[layer + 1] - height[layer]);
      if (y < exp(-0.5 * x * x)) return x;
      retry.next();
      layer = (retry.low >>> 3) & 511;
      u = abscissa(retry);
    }
  }

  private tail(negative: boolean): number {
    for (;;) {
      const x = -log(this.retry.positive()) / TAIL;
      const y = -log(this.retry.positive());
      if (2 * y > x * x) return negative ? -(TAIL + x) : TAIL + x;
    }
  }
}

/** Bits 12-63 of the word as a signed number times 2^-51. */
const abscissa = ({ high, low }: Generator): number => (high * 0x100000 + (low >>> 12)) * 2 ** -51;
