import { describe, expect, it } from 'vitest';
import { fromData } from '#linalg';
import { gaussianPart, inputDistribution } from '#model';
import { SampleGradient } from './sample-gradient.js';

// Two modes of a task from 3 inputs to 2 outputs; R and the sample are arbitrary: the identity is algebra.
const [n, m, gamma] = [3, 2, 0.13];
const s = Float64Array.of(0.9, 0.6);
const residual = fromData(2, 3, Float64Array.of(0.2, -0.1, 0.3, 0.05, 0.4, -0.2));
const covariance = fromData(3, 3, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1));
const modes = {
  singularValues: s,
  input: inputDistribution(3, [gaussianPart(1, covariance)], []),
  sigma: covariance,
  residual,
  inputs: n,
  outputs: m,
  weightDecay: gamma,
};
const sample = { x: Float64Array.of(0.7, -1.2, 0.4), eps: Float64Array.of(0.3, -0.5) };

/** Gradient of 1/2 |y - W2 W1 x|^2 + gamma/2 |Theta|^2 as the network computes it, y = (R + M) x + eps. */
function gradient(theta: Float64Array): Float64Array {
  const { x, eps } = sample;
  const h = [0, 1].map((a) => x.reduce((sum, value, j) => sum + theta[a * 5 + j] * value, 0));
  const e = [0, 1].map((i) => {
    const target = s[i] * x[i] + x.reduce((sum, value, j) => sum + residual.data[i * n + j] * value, 0) + eps[i];
    return target - h.reduce((sum, value, a) => sum + theta[a * 5 + n + i] * value, 0);
  });
  return theta.map((value, at) => {
    const [a, c] = [Math.floor(at / 5), at % 5];
    const back = e.reduce((sum, error, i) => sum + theta[a * 5 + n + i] * error, 0);
    return gamma * value - (c < n ? back * x[c] : h[a] * e[c - n]);
  });
}

describe('the gradient of one sample', () => {
  it('is the sum of its orders', () => {
    const theta = new Float64Array(10);
    s.forEach((value, a) => {
      theta[a * 5 + a] = theta[a * 5 + n + a] = Math.sqrt(value);
    });
    const displacement = Float64Array.from({ length: 10 }, (_, i) => Math.sin(3 * i * i + 1));
    const parts = new SampleGradient(modes, sample);
    for (const size of [0, 0.5, 1, 2]) {
      const found = [
        parts.order0(),
        ...[1, 2, 3].map((order) => {
          const image = [parts.order1(displacement), parts.order2(displacement), parts.order3(displacement)][order - 1];
          return image.map((value) => value * size ** order);
        }),
      ].reduce((sum, part) => sum.map((value, i) => value + part[i]));
      const expected = gradient(theta.map((value, i) => value + size * displacement[i]));
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 12);
      });
    }
  });
});
