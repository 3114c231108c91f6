import { expect, it } from 'vitest';
import { diagonal, identity } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { predict } from '#theory';
import { lossErrorOf } from './loss-error.js';

it('the error of the loss is that of F times what the loss has above its minimum', () => {
  const [n, gamma, sigma2] = [3, 0.4, 0.2];
  const model: Model = {
    hiddenUnits: n,
    target: identity(n),
    input: inputDistribution(n, [gaussianPart(1, diagonal([1, 1, 1]))], []),
    learningRate: 0.03,
    weightDecay: gamma,
    labelNoiseVariance: sigma2,
    batchSize: 1,
  };
  const prediction = predict(model, [Float64Array.of(1, 0, 0), Float64Array.of(0, 2, 1)]);
  // M = (1 - gamma) I leaves gamma of each of three unit inputs, and the labels their noise.
  const minimum = (n * gamma ** 2) / 2 + (n * sigma2) / 2;
  const [first, second] = prediction.probes.map(({ learningRateError }) => learningRateError.fluctuation);
  expect(prediction.loss.task).toBeGreaterThan(minimum);
  expect(lossErrorOf(model, prediction)).toBeCloseTo(Math.max(first, second) * (prediction.loss.task - minimum), 12);
});
