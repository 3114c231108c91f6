import { assert, describe, expect, it } from 'vitest';
import { diagonal, identity } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { generator } from '#random';
import { predict, type FirstErrors, type Prediction } from '../../index.js';
import { skeletonOf } from './skeleton.js';
import { timeNodes } from './time-nodes.js';

/** Skewed data with a few strong directions of many, as of images: most directions are not learned. */
function images(
  size: number,
  count: number,
  changes: Partial<Model> = {},
): {
  readonly model: Model;
  readonly stimuli: readonly { readonly stimulus: Float64Array }[];
} {
  const random = generator(11, 0, 'start');
  const skewed = (): number => 1.8 * (2 * random.uniform() - 1) ** 3 + (random.uniform() < 0.2 ? 0.8 : -0.2);
  const stimuli = Array.from({ length: count }, () => {
    const own = Float64Array.from({ length: size }, (_, j) => (2.2 * skewed()) / (1 + j));
    return {
      probability: 1 / count,
      stimulus: own.map((value, j) => value + 0.3 * own[(j + 1) % size] + 0.2 * own[0] ** 2),
    };
  });
  return {
    model: {
      hiddenUnits: size,
      target: identity(size),
      input: inputDistribution(size, [], stimuli),
      learningRate: 0.001,
      weightDecay: 0.08,
      labelNoiseVariance: 0,
      batchSize: 2,
      ...changes,
    },
    stimuli,
  };
}

describe('directions that are not learned, by the few that stand for them', () => {
  const gains = Array.from({ length: 12 }, (_, j) => (j < 3 ? 1.2 : 0.6));
  const gaussian = (weight: number) =>
    gaussianPart(weight, diagonal(Array.from({ length: 12 }, (_, j) => 1.5 / (1 + j) ** 1.5)));
  const withGaussian = inputDistribution(
    12,
    [gaussian(0.5)],
    images(12, 40).stimuli.map(({ stimulus }) => ({ probability: 0.5 / 40, stimulus })),
  );
  it.each<[string, Partial<Model>]>([
    ['data', {}],
    ['data with label noise', { labelNoiseVariance: 0.2 }],
    ['data and a Gaussian', { input: withGaussian }],
    ['a task with gains', { target: diagonal(gains), input: inputDistribution(12, [gaussian(1)], []) }],
  ])('%s: F and v are those of the path moments to 1e-9, D within its error', (_, changes) => {
    const { model, stimuli } = images(12, 100, changes);
    const probes = stimuli.slice(0, 3).map(({ stimulus }) => stimulus);
    const exact = predict(model, probes, { path: 'moments' });
    const sampled = predict(model, probes, { path: 'sampled', samples: 4096 });
    expect(exact.singularValues.length).toBeGreaterThan(3);
    expect(exact.singularValues.length).toBeLessThan(11);
    exact.probes.forEach((expected, k) => {
      const found = sampled.probes[k];
      expect(Math.abs(found.fluctuation / expected.fluctuation - 1)).toBeLessThan(1e-9);
      expect(Math.abs(found.directedSpeed - expected.directedSpeed)).toBeLessThanOrEqual(1e-9 * expected.directedSpeed);
      expect(found.diffusionStandardError).toBeLessThan(0.05 * expected.diffusion);
      expect(Math.abs(found.diffusion - expected.diffusion)).toBeLessThan(3.5 * found.diffusionStandardError);
    });
    expect(Math.abs(sampled.loss.task / exact.loss.task - 1)).toBeLessThan(1e-9);
  });

  it('give a first answer from some of the stimuli within its errors, and the same last one', () => {
    const { model, stimuli } = images(12, 2100);
    const probes = stimuli.slice(0, 2).map(({ stimulus }) => stimulus);
    const heard: { first: Prediction; errors: FirstErrors | null }[] = [];
    const shares: number[] = [];
    const last = predict(model, probes, {
      path: 'sampled',
      samples: 1024,
      first: (first, errors) => heard.push({ first, errors }),
      progress: (share) => shares.push(share),
    });
    expect(last.probes).toEqual(predict(model, probes, { path: 'sampled', samples: 1024 }).probes);
    expect(heard).toHaveLength(1);
    const [{ first, errors }] = heard;
    assert(errors);
    expect(errors.fluctuation).toBeLessThan(0.15);
    expect(errors.diffusion).toBeLessThan(0.15);
    last.probes.forEach(({ fluctuation, diffusion }, k) => {
      expect(first.probes[k].fluctuation).not.toBe(fluctuation);
      expect(Math.abs(first.probes[k].fluctuation / fluctuation - 1)).toBeLessThan(6 * errors.fluctuation);
      expect(Math.abs(first.probes[k].diffusion / diffusion - 1)).toBeLessThan(4 * errors.diffusion);
    });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('are interpolated exactly where functions have few degrees of freedom', () => {
    const at = (c: number): number => 0.1 * c;
    const rows = Array.from({ length: 20 }, (_, i) =>
      Float64Array.from({ length: 30 }, (__, c) => 1 + (i - 7) * at(c) + i ** 2 * at(c) ** 2),
    );
    const { columns, weights } = skeletonOf(rows, 5, 30, 1e-12);
    expect(columns).toHaveLength(3);
    const other = (c: number): number => 2 - 0.7 * at(c) + 3 * at(c) ** 2;
    for (let c = 0; c < 30; c++) {
      const found = columns.reduce((sum, column, p) => sum + weights[p * 30 + c] * other(column - 5), 0);
      expect(found).toBeCloseTo(other(c), 10);
    }
  });
});

describe('the integral over the age of a displacement', () => {
  it('is 1 / rate to 2e-5 for all rates between the slowest and the fastest', () => {
    const { times, weights } = timeNodes(0.003, 20);
    expect(times.length).toBeLessThan(40);
    for (let rate = 0.003; rate <= 20; rate *= 1.3) {
      const sum = times.reduce((total, time, q) => total + weights[q] * Math.exp(-rate * time), 0);
      expect(Math.abs(rate * sum - 1)).toBeLessThan(2e-5);
    }
  });
});
