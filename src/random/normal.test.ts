import { describe, expect, it } from 'vitest';
import { Generator, generator, NormalSource, replicaStreams, ziggurat } from './index.js';

/** Standard normal density and distribution: 1/2 + density(x) sum_k x^(2k+1) / (2k+1)!!, all terms of one sign. */
const density = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
function distribution(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= (x * x) / k;
  return 0.5 + density(x) * sum;
}
/** P(X > x) for x > 2 by its continued fraction, which keeps relative accuracy far out. */
function upperTail(x: number): number {
  let fraction = x;
  for (let k = 100; k > 0; k--) fraction = x + k / fraction;
  return density(x) / fraction;
}

/** sqrt(N) times the Kolmogorov-Smirnov distance lies in [0.42, 1.95] for 99.7% of samples that follow the law. */
function expectLaw(sample: Float64Array, law: (x: number) => number): void {
  const sorted = sample.slice().sort();
  let largest = 0;
  sorted.forEach((x, k) => {
    const expected = law(x) * sorted.length;
    largest = Math.max(largest, expected - k, k + 1 - expected);
  });
  const score = largest / Math.sqrt(sorted.length);
  expect(score).toBeGreaterThan(0.42);
  expect(score).toBeLessThan(1.95);
}

/** A main stream that always draws the abscissa `u` (in units of 2^-31) of one layer. */
class Stuck extends Generator {
  constructor(
    private readonly layer: number,
    private readonly u: number,
  ) {
    super(new Int32Array(8));
  }
  override next(): void {
    this.high = this.u;
    this.low = this.layer << 3;
  }
}

const replicas = 16;
const perReplica = 1 << 18;
const draws = Array.from({ length: replicas }, (_, replica) => {
  const { normal } = replicaStreams(11, replica);
  return Float64Array.from({ length: perReplica }, () => normal.next());
});
const total = replicas * perReplica;
const oddFactorial = (k: number): number => (k <= 1 ? 1 : k * oddFactorial(k - 2));
/** E x^k. */
const moment = (k: number): number => (k % 2 ? 0 : oddFactorial(k - 1));

describe('four million normal numbers', () => {
  it('have the first eight moments of the standard normal', () => {
    const sums = new Float64Array(9);
    for (const sample of draws) {
      for (const x of sample) for (let order = 1, power = x; order <= 8; order++, power *= x) sums[order] += power;
    }
    for (let order = 1; order <= 8; order++) {
      const error = Math.sqrt((moment(2 * order) - moment(order) ** 2) / total);
      expect(Math.abs(sums[order] / total - moment(order))).toBeLessThan(4 * error);
    }
  });

  it('follow the normal distribution', () => {
    const sample = new Float64Array(total);
    draws.forEach((part, replica) => {
      sample.set(part, replica * perReplica);
    });
    expectLaw(sample, distribution);
  });

  it.each([2, 3, 3.5, 4, 4.5])('lie beyond %f on either side as often as they should', (x) => {
    const expected = total * upperTail(x);
    for (const side of [1, -1]) {
      let count = 0;
      for (const sample of draws) for (const value of sample) if (side * value > x) count++;
      expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  const powers: [string, (x: number) => number][] = [
    ['values', (x) => x],
    ['squares', (x) => (x * x - 1) / Math.SQRT2],
  ];
  it.each(powers)('have uncorrelated %s at lags 1 to 8', (_, f) => {
    for (let lag = 1; lag <= 8; lag++) {
      let sum = 0;
      for (const sample of draws) for (let k = lag; k < perReplica; k++) sum += f(sample[k]) * f(sample[k - lag]);
      expect(Math.abs(sum) / Math.sqrt(total)).toBeLessThan(4);
    }
  });

  it.each(powers)('have uncorrelated %s in different replicas', (_, f) => {
    let scores = 0;
    for (let i = 0; i < replicas; i++) {
      for (let j = 0; j < i; j++) {
        let sum = 0;
        for (let k = 0; k < perReplica; k++) sum += f(draws[i][k]) * f(draws[j][k]);
        scores += sum ** 2 / perReplica;
      }
    }
    const pairs = (replicas * (replicas - 1)) / 2;
    expect(Math.abs(scores - pairs)).toBeLessThan(4 * Math.sqrt(2 * pairs));
  });
});

describe('the ziggurat', () => {
  const { edge, height, accept, tail } = ziggurat;
  const area = Math.sqrt(2 * Math.PI) * upperTail(tail) + tail * Math.exp(-0.5 * tail * tail);

  it('has layers of equal area that close at the top', () => {
    for (let i = 1; i < 512; i++) expect((edge[i] * (height[i + 1] - height[i])) / area).toBeCloseTo(1, 8);
    expect((edge[0] * height[1]) / area).toBeCloseTo(1, 9);
    expect(height[512]).toBe(1);
    for (let i = 0; i < 512; i++) expect(accept[i] * edge[i]).toBeCloseTo(edge[i + 1], 14);
  });

  it.each([1, 2, 20, 256, 510, 511])('accepts in the wedge of layer %i what lies under the density', (layer) => {
    for (const depth of [0.2, 0.5, 0.8]) {
      const u = Math.round((accept[layer] + depth * (1 - accept[layer])) * 2 ** 31) * (depth === 0.5 ? -1 : 1);
      const x = u * 2 ** -31 * edge[layer];
      const source = new NormalSource(new Stuck(layer, u), generator(12, layer, 'retry'));
      const count = 40_000;
      let accepted = 0;
      // A number drawn after a rejection is never exactly this one.
      for (let k = 0; k < count; k++) if (source.next() === x) accepted++;
      const p = (Math.exp(-0.5 * x * x) - height[layer]) / (height[layer + 1] - height[layer]);
      expect(Math.abs(accepted - count * p)).toBeLessThan(4 * Math.sqrt(count * p * (1 - p)));
    }
  });

  it('draws from the normal law again after a rejection', () => {
    // At the outer edge of a wedge the density is at its floor, so nothing is accepted.
    const source = new NormalSource(new Stuck(7, -0x80000000), generator(13, 0, 'retry'));
    const sample = Float64Array.from({ length: 1 << 20 }, () => source.next());
    expectLaw(sample, distribution);
    for (const x of [2, 3, tail]) {
      const expected = 2 * sample.length * upperTail(x);
      const count = sample.reduce((sum, value) => sum + (Math.abs(value) > x ? 1 : 0), 0);
      expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  // A main word in layer 0 with u near 1 or -1 always ends in the tail.
  it.each([
    ['right', 0x7fffffff, 1],
    ['left', -0x80000000, -1],
  ])('draws its %s tail from the normal law beyond the last edge', (_, high, sign) => {
    const source = new NormalSource(new Stuck(0, high), generator(14, sign + 1, 'retry'));
    const sample = Float64Array.from({ length: 1 << 18 }, () => sign * source.next());
    expect(sample.every((x) => x > tail)).toBe(true);
    expectLaw(sample, (x) => 1 - upperTail(x) / upperTail(tail));
  });

  it('takes one word of the main stream for every number, and needs no other inside a layer', () => {
    const words = generator(15, 0, 'normal');
    const source = new NormalSource(generator(15, 0, 'normal'), generator(15, 0, 'retry'));
    const count = 400_000;
    let missed = 0;
    for (let k = 0; k < count; k++) {
      const x = source.next();
      words.next();
      const layer = (words.low >>> 3) & 511;
      const u = (words.high * 2 ** 20 + (words.low >>> 12)) * 2 ** -51;
      if (Math.abs(u) >= accept[layer]) missed++;
      else if (x !== u * edge[layer]) throw new Error(`number ${k} is ${x} where its word says ${u * edge[layer]}`);
    }
    const expected = count * (1 - accept.reduce((sum, value) => sum + value, 0) / 512);
    expect(Math.abs(missed - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});
