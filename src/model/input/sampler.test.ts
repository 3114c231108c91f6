import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identity, scale } from '#linalg';
import { generator, NormalSource, replicaStreams } from '#random';
import { aliasTable, entryProbabilities, gaussianPart, inputDistribution } from '../index.js';
import { InputSampler } from './sampler.js';

/** Probability vectors: zeros, equal entries and very unequal ones are common. */
const probabilities = fc
  .array(fc.oneof(fc.nat(5), fc.nat(1_000_000)), { minLength: 1, maxLength: 60 })
  .filter((weights) => weights.some((weight) => weight > 0))
  .map((weights) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });

describe('the alias table', () => {
  it('gives every entry exactly its probability', () => {
    fc.assert(
      fc.property(probabilities, (expected) => {
        const { threshold, alias } = aliasTable(expected);
        const given = new Float64Array(expected.length);
        threshold.forEach((share, column) => {
          expect(share >= 0 && share <= 1).toBe(true);
          given[column] += share / expected.length;
          given[alias[column]] += (1 - share) / expected.length;
        });
        given.forEach((probability, k) => {
          expect(Math.abs(probability - expected[k])).toBeLessThan(1e-14);
          if (expected[k] === 0) expect(probability).toBe(0);
        });
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});

describe('the sampler', () => {
  const n = 2;
  const points = [0.05, 0.3, 0, 0.15, 0.1].map((probability, k) => ({ probability, stimulus: [k + 1, -10] }));
  const mixture = inputDistribution(
    n,
    [gaussianPart(0.25, scale(identity(n), 1e-6)), gaussianPart(0.15, scale(identity(n), 1e6))],
    points,
  );

  it('presents every entry as often as its probability says', () => {
    const sampler = new InputSampler(mixture);
    const { normal, select } = replicaStreams(31, 0);
    const x = new Float64Array(n);
    const expected = entryProbabilities(mixture);
    expect(Array.from(expected)).toEqual([0.25, 0.15, 0.05, 0.3, 0.15, 0.1]);
    const seen = new Float64Array(expected.length);
    const entryOf = new Map([1, 2, 4, 5].map((value, k) => [value, 2 + k]));
    const draws = 1_000_000;
    for (let k = 0; k < draws; k++) {
      sampler.draw(normal, select, x, 0);
      // The two Gaussian parts differ a million times in scale, and no Gaussian number is an integer.
      const entry = x[1] === -10 ? entryOf.get(x[0]) : Math.hypot(x[0], x[1]) < 0.01 ? 0 : 1;
      if (entry === undefined) throw new Error(`${x.join()} is not a stimulus`);
      seen[entry]++;
    }
    seen.forEach((count, entry) => {
      const p = expected[entry];
      expect(Math.abs(count - draws * p)).toBeLessThan(4 * Math.sqrt(draws * p * (1 - p)));
    });
  });

  it('writes nothing but its input', () => {
    const x = new Float64Array(6).fill(7);
    const { normal, select } = replicaStreams(31, 1);
    new InputSampler(mixture).draw(normal, select, x, 2);
    expect([x[0], x[1], x[4], x[5]]).toEqual([7, 7, 7, 7]);
    expect(x[2] === 7 || x[3] === 7).toBe(false);
  });

  const gaussian = gaussianPart(1, identity(n));
  const point = (probability: number) => ({ probability, stimulus: [1, 2] });
  it.each([
    ['a mixture', inputDistribution(n, [gaussianPart(0.5, identity(n))], [point(0.5)]), 1, n],
    ['one Gaussian part', inputDistribution(n, [gaussian], []), 0, n],
    ['one stimulus', inputDistribution(n, [], [point(1)]), 0, 0],
    ['a dictionary', inputDistribution(n, [], [point(0.5), point(0.5)]), 1, 0],
  ])('of %s consumes the same numbers for every sample', (_, input, selections, normals) => {
    const streams = replicaStreams(32, 0);
    const sampler = new InputSampler(input);
    const x = new Float64Array(n);
    const words = { normal: generator(32, 0, 'normal'), retry: generator(32, 0, 'retry') };
    const twin = { normal: new NormalSource(words.normal, words.retry), select: generator(32, 0, 'select') };
    for (let k = 0; k < 1000; k++) {
      sampler.draw(streams.normal, streams.select, x, 0);
      for (let i = 0; i < selections; i++) twin.select.next();
      for (let i = 0; i < normals; i++) twin.normal.next();
    }
    expect(streams.normal.next()).toBe(twin.normal.next());
    expect(streams.select.uniform()).toBe(twin.select.uniform());
  });

  it('draws a Gaussian part as factor times normal numbers', () => {
    const part = gaussianPart(1, { rows: 2, cols: 2, data: Float64Array.of(4, 2, 2, 10) });
    const { normal, select } = replicaStreams(33, 0);
    const x = new Float64Array(2);
    new InputSampler(inputDistribution(2, [part], [])).draw(normal, select, x, 0);
    const { normal: twin } = replicaStreams(33, 0);
    const [a, b] = [twin.next(), twin.next()];
    expect(x[0]).toBeCloseTo(2 * a, 14);
    expect(x[1]).toBeCloseTo(a + 3 * b, 14);
  });
});
