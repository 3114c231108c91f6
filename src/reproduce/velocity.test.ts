import { describe, expect, it } from 'vitest';
import { identity, scale } from '#linalg';
import { generator, NormalSource } from '#random';
import type { PointEvidence } from './claim.js';
import { velocityCheck } from './velocity.js';

const normal = new NormalSource(generator(8, 0, 'normal'), generator(8, 0, 'retry'));
const REPLICAS = 64;
const PLANES = 6;
/** Over eta^2, and what the next order adds over eta^3. */
const leading = Float64Array.from({ length: PLANES }, (_, plane) => 1 + plane);
const correction = Float64Array.from({ length: PLANES }, (_, plane) => 20 - 7 * plane);

/** What a simulation measures that moves by `factor` times the theory, turned by an angle in the first and last plane. */
function point(learningRate: number, { factor = 1, degrees = 0, isNextKnown = true }): PointEvidence {
  const [cos, sin] = [Math.cos, Math.sin].map((of) => of((degrees * Math.PI) / 180));
  const drift = (order: number) => ({
    velocity: leading.map((value, k) => learningRate ** 2 * value + order * learningRate ** 3 * correction[k]),
    diffusion: { dense: () => scale(identity(PLANES), learningRate ** 3) },
  });
  const { velocity } = drift(1);
  const [first, last] = [velocity[0], velocity[PLANES - 1]];
  const turned = [cos * first - sin * last, ...velocity.slice(1, -1), sin * first + cos * last];
  // |v| is known to 2% at each rate.
  const duration = 25 / (REPLICAS * learningRate);
  const deviation = Math.sqrt(learningRate ** 3 / (duration * REPLICAS));
  return {
    prepared: { prediction: { drift: drift(0) }, next: null, best: isNextKnown ? { drift: drift(1) } : null },
    report: {
      parameters: { learningRate },
      replicas: REPLICAS,
      plan: { duration },
      directedVelocity: turned.map((value) => ({ simulation: { value: factor * value + deviation * normal.next() } })),
    },
  } as never;
}

const check = (rates: readonly number[], change: Parameters<typeof point>[1] = {}) =>
  velocityCheck(
    { parameters: {}, learningRates: [...rates], probes: [] },
    rates.map((rate) => point(rate, change)),
  );
const rates = [0.01, 0.005, 0.0025];

describe('the test of the vector v at eta -> 0', () => {
  it('is chi-square where simulation and theory agree, and fails for v x 1.1 and for v turned by 20 degrees', () => {
    const values = Array.from({ length: 400 }, () => check(rates).measured);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean - PLANES)).toBeLessThan(4 * Math.sqrt((2 * PLANES) / values.length));
    expect(check(rates)).toMatchObject({ passed: true, predicted: PLANES });
    expect(check(rates, { factor: 1.1 }).passed).toBe(false);
    expect(check(rates, { degrees: 20 }).passed).toBe(false);
  });

  it('takes a straight line in eta where the next order is not known', () => {
    const small = rates.map((rate) => rate / 10);
    expect(check(small, { isNextKnown: false }).passed).toBe(true);
  });
});
