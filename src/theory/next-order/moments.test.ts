import { expect, it } from 'vitest';
import { diagonal, fromData } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { minimum } from '../minimum/minimum.js';
import { noiseCovariance, normalCovariance } from '../solvers/general/gradient-noise.js';
import { normalSpace } from '../solvers/general/hessian.js';
import { modeCoordinates } from '../solvers/general/mode-coordinates.js';
import { nextOrderMoments } from './moments.js';

it('for large batches the next order is that of discrete steps, S_ij = eta C_ij / (mu_i + mu_j - eta mu_i mu_j)', () => {
  const model: Model = {
    hiddenUnits: 8,
    target: fromData(2, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4)),
    input: inputDistribution(3, [gaussianPart(1, diagonal([1.4, 1, 0.7]))], []),
    learningRate: 0.01,
    weightDecay: 0.1,
    labelNoiseVariance: 0.2,
    batchSize: 1e7,
  };
  const modes = modeCoordinates(model, minimum(model));
  const normal = normalSpace(model, modes);
  const noise = noiseCovariance(model, modes, normal);
  const leading = normalCovariance(model.learningRate, normal, noise);
  const { secondMoment, noise: averaged } = nextOrderMoments(model, modes, normal, leading);
  const largest = Math.max(...leading.data);
  const loudest = Math.max(...noise.data);
  normal.forEach(({ curvature: a }, i) => {
    normal.forEach(({ curvature: b }, j) => {
      const at = i * normal.length + j;
      const expected = leading.data[at] * (1 + (model.learningRate * a * b) / (a + b));
      expect(Math.abs(secondMoment.data[at] - expected)).toBeLessThan(1e-6 * largest);
      expect(Math.abs(averaged.data[at] - noise.data[at])).toBeLessThan(1e-6 * loudest);
    });
  });
});
