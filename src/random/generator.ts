/**
 * xoshiro256+ (Blackman & Vigna 2021) on 32-bit halves, so that all backends draw the same bits.
 *
 * One draw is 64 bits: `next()` leaves them in `high` and `low` (signed 32-bit integers). The lowest three bits of the
 * algorithm are weak and are not used.
 */
export class Generator {
  high = 0;
  low = 0;
  readonly #s: Int32Array;

  /** `state`: four 64-bit words as [high0, low0, high1, low1, ...], not all zero. Copied. */
  constructor(state: Int32Array) {
    this.#s = Int32Array.from(state);
  }

  /** The four words, as the constructor takes them. */
  get state(): Int32Array {
    return this.#s.slice();
  }

  set state(state: Int32Array) {
    this.#s.set(state);
  }

  next(): void {
    const s = this.#s;
    const h0 = s[0];
    const l0 = s[1];
    let h1 = s[2];
    let l1 = s[3];
    let h2 = s[4];
    let l2 = s[5];
    let h3 = s[6];
    let l3 = s[7];
    const low = (l0 >>> 0) + (l3 >>> 0);
    this.low = low | 0;
    this.high = (h0 + h3 + (low > 0xffffffff ? 1 : 0)) | 0;
    const th = (h1 << 17) | (l1 >>> 15);
    const tl = l1 << 17;
    h2 ^= h0;
    l2 ^= l0;
    h3 ^= h1;
    l3 ^= l1;
    h1 ^= h2;
    l1 ^= l2;
    s[0] = h0 ^ h3;
    s[1] = l0 ^ l3;
    s[2] = h1;
    s[3] = l1;
    s[4] = h2 ^ th;
    s[5] = l2 ^ tl;
    // Rotation left by 45: by 32 (swap the halves), then by 13.
    s[6] = (l3 << 13) | (h3 >>> 19);
    s[7] = (h3 << 13) | (l3 >>> 19);
  }

  /** Uniform on [0, 1), 53 bits. */
  uniform(): number {
    this.next();
    return ((this.high >>> 0) * 0x200000 + (this.low >>> 11)) * 2 ** -53;
  }

  /** Uniform on (0, 1], for logarithms. */
  positive(): number {
    return this.uniform() + 2 ** -54;
  }
}
