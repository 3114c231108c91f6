import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generator, NormalSource, replicaStreams, streamState, type Generator, type Purpose } from './index.js';

const purposes: Purpose[] = ['normal', 'retry', 'select', 'start', 'startRetry', 'startAccept', 'frame', 'frameRetry'];
const uniforms = (source: Generator, count: number): Float64Array =>
  Float64Array.from({ length: count }, () => source.uniform());

/** The sample correlation of two uniform streams times sqrt(N): a standard score if they are independent. */
function correlationScore(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < u.length; k++) sum += (u[k] - 0.5) * (v[k] - 0.5);
  return (12 * sum) / Math.sqrt(u.length);
}

/** Mean square of the scores of all pairs, as a standard score itself: chi-square has variance 2 per pair. */
function pairScore(streams: readonly Float64Array[]): number {
  const scores = streams.flatMap((u, i) => streams.slice(i + 1).map((v) => correlationScore(u, v)));
  return (scores.reduce((sum, score) => sum + score * score, 0) - scores.length) / Math.sqrt(2 * scores.length);
}

const keys = fc.tuple(
  fc.oneof(fc.integer({ min: 0, max: 20 }), fc.maxSafeNat()),
  fc.oneof(fc.integer({ min: 0, max: 20 }), fc.nat()),
  fc.constantFrom(...purposes),
);

describe('streams', () => {
  it('are all different', () => {
    const seen = new Set<string>();
    const seeds = [...Array(40).keys(), 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    for (const seed of seeds) {
      for (let replica = 0; replica < 40; replica++) {
        for (const purpose of purposes) {
          const state = streamState(seed, replica, purpose);
          // Every word is new, not only every state: overlapping words would make shifted copies.
          for (let i = 0; i < 8; i += 2) seen.add(`${state[i]} ${state[i + 1]}`);
        }
      }
    }
    expect(seen.size).toBe(seeds.length * 40 * purposes.length * 4);
  });

  it('depend on their key alone', () => {
    fc.assert(
      fc.property(keys, fc.array(keys, { maxLength: 5 }), (key, others) => {
        const before = uniforms(generator(...key), 20);
        const interleaved = others.map((other) => generator(...other));
        const again = generator(...key);
        const after = before.map(() => {
          interleaved.forEach((other) => {
            other.next();
          });
          return again.uniform();
        });
        expect(after).toEqual(before);
      }),
      { seed: 1 },
    );
  });

  it('change in half of their bits with the seed, the replica and the purpose', () => {
    let changed = 0;
    const count = (a: Int32Array, b: Int32Array): void => {
      a.forEach((half, i) => {
        for (let x = (half ^ b[i]) >>> 0; x !== 0; x = (x & (x - 1)) >>> 0) changed++;
      });
    };
    for (let k = 0; k < 500; k++) {
      const [purpose, next] = [purposes[k % 7], purposes[(k % 7) + 1]];
      count(streamState(k, 3, purpose), streamState(k + 1, 3, purpose));
      count(streamState(3, k, purpose), streamState(3, k + 1, purpose));
      count(streamState(k, 3, purpose), streamState(k, 3, next));
    }
    const total = 3 * 500 * 256;
    expect(Math.abs(changed - total / 2)).toBeLessThan(4 * Math.sqrt(total / 4));
  });

  // Recorded runs can be repeated only as long as these words stay.
  it('are those of every earlier version', () => {
    expect(purposes.map((purpose) => streamState(1, 2, purpose)[0])).toEqual([
      1292502845, -837979734, 1724300155, 1352924563, -333512634, -613485737, -143145856, 1484434129,
    ]);
    expect(Array.from(streamState(-1, 2 ** 40, 'select'))).toEqual([
      1783370222, -131185903, -1317944108, -76496901, -1276107411, 1687989576, -1118255852, 1577150282,
    ]);
  });
});

describe('the uniform numbers', () => {
  const draws = 1 << 16;

  it.each([
    ['replicas', (k: number) => generator(7, k, 'normal')],
    ['seeds', (k: number) => generator(k, 7, 'normal')],
    ['purposes', (k: number) => generator(7, 7, purposes[k % purposes.length])],
  ])('of different %s are uncorrelated', (name, make) => {
    const count = name === 'purposes' ? purposes.length : 32;
    const streams = Array.from({ length: count }, (_, k) => uniforms(make(k), draws));
    expect(Math.abs(pairScore(streams))).toBeLessThan(4);
    const shifted = streams.map((u, k) => (k % 2 ? u.subarray(0, draws - 1) : u.subarray(1)));
    expect(Math.abs(pairScore(shifted))).toBeLessThan(4);
  });

  it('fill [0, 1) evenly, alone and in successive pairs', () => {
    const source = generator(5, 0, 'select');
    const bins = 64;
    const single = new Float64Array(bins);
    const pairs = new Float64Array(bins * bins);
    const count = 1 << 21;
    let previous = Math.floor(source.uniform() * bins);
    for (let k = 0; k < count; k++) {
      const u = source.uniform();
      const bin = Math.floor(u * bins);
      single[bin]++;
      pairs[previous * bins + bin]++;
      previous = bin;
    }
    for (const observed of [single, pairs]) {
      const expected = count / observed.length;
      const chiSquare = observed.reduce((sum, value) => sum + (value - expected) ** 2 / expected, 0);
      const freedom = observed.length - 1;
      expect(Math.abs(chiSquare - freedom) / Math.sqrt(2 * freedom)).toBeLessThan(4);
    }
  });

  it('of a replica are what its sources consume', () => {
    const { normal, select } = replicaStreams(3, 4);
    expect(uniforms(select, 5)).toEqual(uniforms(generator(3, 4, 'select'), 5));
    const twin = new NormalSource(generator(3, 4, 'normal'), generator(3, 4, 'retry'));
    for (let k = 0; k < 10_000; k++) expect(normal.next()).toBe(twin.next());
  });
});
