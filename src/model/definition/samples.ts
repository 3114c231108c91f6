import { InvalidInputError } from '#core';
import { fromData, symmetricEigen, zeros, type Matrix } from '#linalg';
import { cubature } from '../input/cubature.js';
import type { InputDistribution } from '../input/distribution.js';
import { secondMoment } from '../input/moments.js';
import type { RuleModel } from '../rule.js';
import type { RuleDefinition } from './rule-definition.js';

/** One weighted sample of input and label noise, as columns. */
export interface SampleColumns {
  readonly weight: number;
  readonly input: Matrix;
  readonly noise: Matrix;
}

/** Largest degree of an update rule for which Gaussian inputs can be replaced by samples. */
const MAX_DEGREE = 4;

export const degreeOf = ({ degree = 2 }: RuleDefinition): number | null => degree;

const labelNoise = <M extends RuleModel>(rule: RuleDefinition<M>, model: M): { size: number; variance: number } =>
  rule.labelNoise?.(model) ?? { size: 0, variance: 0 };

/**
 * Samples over which weighted sums of g_i g_j are exact, g of the degree of the rule. Throws InvalidInputError for Gaussian inputs of a
 * rule that is no polynomial of its sample, or of too high a degree.
 */
export function noiseSamples<M extends RuleModel>(rule: RuleDefinition<M>, model: M): SampleColumns[] {
  const degree = degreeOf(rule);
  const { size, variance } = labelNoise(rule, model);
  const isGaussian = model.input.gaussians.length > 0 || size > 0;
  if (isGaussian && !(degree !== null && degree <= MAX_DEGREE)) {
    throw new InvalidInputError(
      `the learning rule ${rule.name} is ${degree === null ? 'no polynomial' : `a polynomial of degree ${degree}`} of its sample, ` +
        `so that Gaussian inputs and label noise have no exact moments (at most degree ${MAX_DEGREE}); give stimuli as input`,
      ['model', 'input'],
    );
  }
  const level = Math.max(2, degree ?? 0);
  return cubature(model.input, variance, size, { gaussian: level, noise: level }).map(({ weight, x, eps }) => ({
    weight,
    input: fromData(x.length, 1, x),
    noise: fromData(eps.length, 1, eps),
  }));
}

/** Fewer samples over which weighted sums of g are exact: those above, or for degree 2 as many as two for each variable. */
export function meanSamples<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  all: readonly SampleColumns[],
): readonly SampleColumns[] {
  const degree = degreeOf(rule);
  if (degree === null || degree > 2) return all;
  const { size, variance } = labelNoise(rule, model);
  const sigmaPoints = pointsOfMoments(model.input, variance, size);
  return sigmaPoints.length < all.length ? sigmaPoints : all;
}

/** Equally weighted points mean +- sqrt(d) sd_i v_i: the first two moments of (x, eps) along their d principal axes. */
function pointsOfMoments(input: InputDistribution, noiseVariance: number, outputs: number): SampleColumns[] {
  const n = input.size;
  const mean = new Float64Array(n);
  input.probabilities.forEach((probability, k) => {
    for (let j = 0; j < n; j++) mean[j] += probability * input.stimuli.data[k * n + j];
  });
  const moment = secondMoment(input);
  const covariance = {
    ...moment,
    data: moment.data.map((value, at) => value - mean[Math.floor(at / n)] * mean[at % n]),
  };
  const { values, vectors } = symmetricEigen(covariance);
  const floor = 1e-14 * Math.max(values[n - 1], 0);
  const axes = [
    ...Array.from(values, (value, i) => ({ value, i })).filter(({ value }) => value > floor),
    ...Array.from({ length: noiseVariance > 0 ? outputs : 0 }, (_, i) => ({ value: noiseVariance, i: n + i })),
  ];
  const weight = 1 / (2 * Math.max(axes.length, 1));
  if (axes.length === 0) return [{ weight: 1, input: fromData(n, 1, mean), noise: zeros(outputs, 1) }];
  return axes.flatMap(({ value, i }) =>
    [1, -1].map((sign) => {
      const x = mean.slice();
      const eps = new Float64Array(outputs);
      const step = sign * Math.sqrt(axes.length * value);
      if (i >= n) eps[i - n] = step;
      else for (let j = 0; j < n; j++) x[j] += step * vectors.data[j * n + i];
      return { weight, input: fromData(n, 1, x), noise: fromData(outputs, 1, eps) };
    }),
  );
}
