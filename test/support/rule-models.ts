// Random two-layer networks as deep ones with one hidden layer, and how far the engine for any rule is from their special paths.
import { TheoryDomainError } from '#core';
import { diagonal, fromRows, identity } from '#linalg';
import { gaussianPart, inputDistribution, type DeepLinearModel, type InputDistribution } from '#model';
import { generator, NormalSource } from '#random';
import { predict, type Prediction } from '#theory';
import { requireTheory } from '../../src/experiment/theory/theory-of.js';

const gaussian = (variances: readonly number[]): InputDistribution =>
  inputDistribution(variances.length, [gaussianPart(1, diagonal(variances))], []);

/** Models of every kind of input, with and without label noise, bottleneck, silent units and a task with axes of its own. */
export function* randomDeepModels(count: number): Generator<DeepLinearModel> {
  const normal = new NormalSource(generator(16, 0, 'normal'), generator(16, 0, 'retry'));
  const uniform = (low: number, high: number): number =>
    low + (high - low) * (0.5 + Math.atan(normal.next()) / Math.PI);
  for (let k = 0; k < count; k++) {
    const n = 2 + (k % 3);
    const variances = Array.from({ length: n }, () => uniform(0.5, 1.5));
    const share = k % 4 === 2 ? 0.5 : 1;
    const stimuli = Array.from({ length: n + 3 }, () => ({
      probability: share / (n + 3),
      stimulus: Array.from({ length: n }, () => 1.3 * normal.next()),
    }));
    const part = gaussianPart(share, diagonal(variances));
    const input =
      k % 4 === 1
        ? inputDistribution(n, [], stimuli)
        : k % 4 === 2
          ? inputDistribution(n, [part], stimuli)
          : gaussian(variances);
    const task = Array.from({ length: 2 }, () => Array.from({ length: n }, () => normal.next()));
    const target = k % 3 === 1 ? fromRows(task) : identity(n);
    yield {
      rule: 'deepLinear',
      hiddenLayers: [k % 5 === 4 ? Math.max(1, target.rows - 1) : target.rows + (k % 2)],
      target,
      input,
      learningRate: 0.01,
      weightDecay: uniform(0.02, 0.12),
      labelNoiseVariance: k % 2 === 0 ? 0.2 : 0,
      batchSize: 1 + (k % 3),
    };
  }
}

/** Relative to the expected number or to a scale, whichever is larger; 0 where both numbers are. */
const apart = (found: number, expected: number, scale = 0): number =>
  found === expected ? 0 : Math.abs(found - expected) / Math.max(Math.abs(expected), scale);

/** Relative differences of all numbers; null for a model that the theory of two-layer networks refuses. */
export function comparedWithSpecialPaths(model: DeepLinearModel): Record<string, number> | null {
  const { hiddenLayers, target, input, learningRate, weightDecay, labelNoiseVariance, batchSize } = model;
  const shared = { target, input, learningRate, weightDecay, labelNoiseVariance, batchSize };
  const probes = [0, 1].map((k) => Float64Array.from({ length: model.input.size }, (_, j) => Math.cos(1 + j + 2 * k)));
  let special: Prediction;
  try {
    special = predict({ ...shared, hiddenUnits: hiddenLayers[0] }, probes);
  } catch (error) {
    if (error instanceof TheoryDomainError) return null;
    throw error;
  }
  const general = requireTheory(model).predict(model, probes, 1);
  const worst = (difference: (k: number) => number): number => Math.max(...probes.map((_, k) => difference(k)));
  const relative = (name: 'squaredNorm' | 'fluctuation' | 'diffusion', order = 0): number =>
    worst((k) => {
      // Where nothing turns, rounding is compared with what rotations usually are.
      const scale = order === 0 ? 0 : learningRate ** order * special.probes[k].squaredNorm;
      return apart(general.probes[k][name], special.probes[k][name], scale);
    });
  return {
    squaredNorm: relative('squaredNorm'),
    fluctuation: relative('fluctuation'),
    diffusion: relative('diffusion', 3),
    // Where v is 0 by symmetry, relative to what a step of diffusion moves.
    directedSpeed: worst((k) => {
      const [found, expected] = [general.probes[k], special.probes[k]];
      const scale = learningRate ** 2 * Math.sqrt(expected.squaredNorm);
      return apart(found.directedSpeed, expected.directedSpeed, Math.max(scale, Math.sqrt(expected.diffusion)));
    }),
    loss: apart(general.loss.task, special.loss.task),
    regularizedLoss: apart(general.loss.regularized, special.loss.regularized),
    minimum: apart(general.regularizedLossWithoutLabelNoise, special.regularizedLossWithoutLabelNoise),
  };
}
