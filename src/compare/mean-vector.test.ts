import { describe, expect, it } from 'vitest';
import { fromData } from '#linalg';
import { generator, NormalSource } from '#random';
import { testMeanVector, vectorDeviation } from './index.js';
import { exceedsF } from './f-distribution.js';

const source = new NormalSource(generator(9, 0, 'start'), generator(9, 0, 'startRetry'));

/** Replicas of a vector of correlated components with mean `shift`. */
function test(size: number, replicas: number, shift: number) {
  const vectors = Array.from({ length: replicas }, () => {
    const common = source.next();
    return Float64Array.from({ length: size }, (_, i) => shift + common + (i + 1) * source.next());
  });
  const column = (i: number): Float64Array => Float64Array.from(vectors, (vector) => vector[i]);
  const mean = Float64Array.from(
    { length: size },
    (_, i) => column(i).reduce((sum, value) => sum + value, 0) / replicas,
  );
  const data = Float64Array.from({ length: size ** 2 }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    const sum = vectors.reduce((total, vector) => total + (vector[i] - mean[i]) * (vector[j] - mean[j]), 0);
    return sum / (replicas * (replicas - 1));
  });
  return testMeanVector(mean, fromData(size, size, data), new Float64Array(size), replicas);
}

describe('the test of a mean vector', () => {
  it.each([
    [1, 8],
    [3, 8],
    [6, 16],
    [6, 64],
  ])('of %i components by %i replicas rejects the truth as often as it says', (size, replicas) => {
    const probabilities = Array.from({ length: 3000 }, () => test(size, replicas, 0)?.probability ?? NaN);
    for (const level of [0.05, 0.5]) {
      const share = probabilities.filter((value) => value < level).length / probabilities.length;
      expect(Math.abs(share - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / probabilities.length));
    }
  });

  it('rejects a mean that is several standard errors off', () => {
    expect(test(3, 32, 2)?.probability).toBeLessThan(1e-3);
  });

  it('has no result for as many components as replicas', () => {
    expect(test(8, 8, 0)).toBeNull();
  });

  it('has no result for a component without any scatter', () => {
    const covariance = fromData(2, 2, Float64Array.of(1, 0, 0, 0));
    expect(testMeanVector(Float64Array.of(1, 0), covariance, [0, 0], 16)).toBeNull();
  });

  it('in units of a known covariance exceeds its bounds as often as a normal deviate', () => {
    const variances = [1, 4, 9, 16];
    const covariance = fromData(
      4,
      4,
      Float64Array.from({ length: 16 }, (_, at) => (at % 5 ? 0 : variances[at / 5])),
    );
    const drawn = Array.from({ length: 3000 }, () => Float64Array.from(variances, (v) => Math.sqrt(v) * source.next()));
    const deviations = drawn.map((vector) => vectorDeviation(vector, covariance, new Float64Array(4)));
    for (const [z, share] of [
      [1, 0.1587],
      [2, 0.0228],
    ]) {
      expect(Math.abs(deviations.filter((own) => own.z > z).length / 3000 - share)).toBeLessThan(0.02);
    }
    expect(vectorDeviation(Float64Array.of(8, 0, 0, 0), covariance, new Float64Array(4)).z).toBeGreaterThan(4);
    expect(vectorDeviation(Float64Array.of(1), fromData(1, 1, Float64Array.of(0)), [0]).z).toBeNaN();
  });

  it('has the known points of the F distribution', () => {
    expect(exceedsF(4.0662, 3, 8)).toBeCloseTo(0.05, 4);
    expect(exceedsF(161.4476, 1, 1)).toBeCloseTo(0.05, 5);
    expect(exceedsF(0, 2, 5)).toBe(1);
  });
});
