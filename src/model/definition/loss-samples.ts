import { fromData, symmetricEigen, type Matrix } from '#linalg';
import { generator, NormalSource } from '#random';
import { InputSampler } from '../input/sampler.js';
import { secondMoment } from '../input/moments.js';
import type { RuleModel } from '../rule.js';
import type { RuleDefinition } from './rule-definition.js';
import { degreeOf, meanSamples, noiseSamples, type SampleColumns } from './samples.js';

/** Inputs over which a loss that is no polynomial of its sample is averaged, where it has more or Gaussian ones. */
const INPUTS = 256;

/**
 * Samples over which losses are averaged. Exact for polynomials of the sample and for up to 256 stimuli. Otherwise 128 fixed inputs
 * with their opposites for a Gaussian, scaled to its exact second moment, and 256 fixed inputs for other distributions; label noise of
 * +-1 standard deviation in every component, exact for squared errors.
 */
export function lossSamples<M extends RuleModel>(rule: RuleDefinition<M>, model: M): readonly SampleColumns[] {
  const { input } = model;
  const { size, variance } = rule.labelNoise?.(model) ?? { size: 0, variance: 0 };
  if (degreeOf(rule) !== null) return meanSamples(rule, model, noiseSamples(rule, model));
  const isFew = input.gaussians.length === 0 && input.stimuli.rows <= INPUTS;
  const inputs = isFew
    ? Array.from(input.probabilities, (weight, k) => ({
        weight,
        input: fromData(input.size, 1, input.stimuli.data.slice(k * input.size, (k + 1) * input.size)),
      }))
    : fixedInputs(model);
  const signs = size > 0 ? [1, -1] : [1];
  return inputs.flatMap((sample) =>
    signs.map((sign) => ({
      input: sample.input,
      weight: sample.weight / signs.length,
      noise: fromData(size, 1, new Float64Array(size).fill(sign * Math.sqrt(variance))),
    })),
  );
}

function fixedInputs({ input }: RuleModel): { readonly weight: number; readonly input: Matrix }[] {
  const { size: n } = input;
  const sampler = new InputSampler(input);
  const normal = new NormalSource(generator(0, 0, 'theory'), generator(0, 0, 'theoryRetry'));
  const select = generator(0, 0, 'theorySelect');
  const isGaussian = input.gaussians.length === 1 && input.stimuli.rows === 0;
  const drawn = Array.from({ length: isGaussian ? INPUTS / 2 : INPUTS }, () => {
    const x = new Float64Array(n);
    sampler.draw(normal, select, x, 0);
    return x;
  });
  const weight = 1 / INPUTS;
  if (!isGaussian) return drawn.map((x) => ({ weight, input: fromData(n, 1, x) }));
  const scaled = drawn.length > n ? withSecondMoment(drawn, secondMoment(input)) : drawn;
  return scaled.flatMap((x) =>
    [1, -1].map((sign) => ({
      weight,
      input: fromData(
        n,
        1,
        x.map((v) => sign * v),
      ),
    })),
  );
}

/** The inputs S^1/2 C^-1/2 x, C their own second moment: that of what results is S. Directions without variance stay as they are. */
function withSecondMoment(inputs: readonly Float64Array[], wanted: Matrix): Float64Array[] {
  const n = wanted.rows;
  const { vectors, values } = symmetricEigen(wanted);
  const axes = Array.from(values, (_, a) => Float64Array.from({ length: n }, (__, i) => vectors.data[i * n + a]));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  // Gram-Schmidt over the inputs, axis by axis: coordinates that are uncorrelated, of the wanted variances.
  const coordinates: Float64Array[] = [];
  axes.forEach((axis, a) => {
    const own = Float64Array.from(inputs, (x) => dot(x, axis));
    for (const other of coordinates) {
      const square = dot(other, other);
      if (!(square > 0)) continue;
      const share = dot(own, other) / square;
      for (let s = 0; s < own.length; s++) own[s] -= share * other[s];
    }
    const square = dot(own, own) / own.length;
    const factor = values[a] > 0 && square > 0 ? Math.sqrt(values[a] / square) : 0;
    coordinates.push(own.map((value) => factor * value));
  });
  return inputs.map((_, s) =>
    Float64Array.from({ length: n }, (__, i) => axes.reduce((sum, axis, a) => sum + coordinates[a][s] * axis[i], 0)),
  );
}
