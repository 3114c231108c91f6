import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Generator } from './index.js';

const MASK = (1n << 64n) - 1n;
const rotateLeft = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & MASK;

/** xoshiro256+ as Blackman and Vigna print it, on 64-bit words. */
function* xoshiro256plus(state: readonly bigint[]): Generator64 {
  const s = [...state];
  for (;;) {
    yield (s[0] + s[3]) & MASK;
    const t = (s[1] << 17n) & MASK;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotateLeft(s[3], 45n);
  }
}
type Generator64 = globalThis.Generator<bigint, never>;

const halves = (words: readonly bigint[]): Int32Array =>
  Int32Array.from(words.flatMap((word) => [Number(BigInt.asIntN(32, word >> 32n)), Number(BigInt.asIntN(32, word))]));

const word = fc.oneof(fc.bigInt({ min: 0n, max: MASK }), fc.constantFrom(0n, 1n, MASK, 1n << 63n, 0xffffffffn));
const states = fc.tuple(word, word, word, word).filter((words) => words.some((value) => value !== 0n));

describe('xoshiro256+', () => {
  it('has the bits of the published algorithm', () => {
    fc.assert(
      fc.property(states, (words) => {
        const expected = xoshiro256plus(words);
        const generator = new Generator(halves(words));
        for (let k = 0; k < 200; k++) {
          generator.next();
          const drawn = (BigInt(generator.high >>> 0) << 32n) | BigInt(generator.low >>> 0);
          expect(drawn).toBe(expected.next().value);
        }
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('gives the published first five numbers of the state 1, 2, 3, 4', () => {
    const generator = xoshiro256plus([1n, 2n, 3n, 4n]);
    const published = [5n, 211106232532999n, 211106635186183n, 9223759065350669058n, 9250833439874351877n];
    expect(published.map(() => generator.next().value)).toEqual(published);
  });

  it('takes uniforms from the upper 53 bits', () => {
    fc.assert(
      fc.property(states, (words) => {
        const expected = xoshiro256plus(words);
        const generator = new Generator(halves(words));
        for (let k = 0; k < 50; k++) {
          expect(generator.uniform()).toBe(Number(expected.next().value >> 11n) * 2 ** -53);
        }
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('stays in [0, 1) and in (0, 1] at the ends', () => {
    const all = [MASK, MASK, MASK, 0n];
    expect(new Generator(halves(all)).uniform()).toBe(1 - 2 ** -53);
    expect(new Generator(halves(all)).positive()).toBe(1);
    const none = [1n, 1n, 1n, MASK];
    expect(new Generator(halves(none)).uniform()).toBe(0);
    expect(new Generator(halves(none)).positive()).toBe(2 ** -54);
  });

  it('leaves the array with its initial state unchanged', () => {
    const state = halves([1n, 2n, 3n, 4n]);
    new Generator(state).next();
    expect(state).toEqual(halves([1n, 2n, 3n, 4n]));
  });
});
