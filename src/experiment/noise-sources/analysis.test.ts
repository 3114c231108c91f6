import { describe, expect, it } from 'vitest';
import { diagonal, identity } from '#linalg';
import { gaussianPart, inputDistribution, type DeepLinearModel, type OjaModel } from '#model';
import { predictionOf } from '../theory/prediction.js';
import { noiseSourcesOf, type ByNoise, type NoiseSourceRecord } from './analysis.js';

const gaussian = (variances: readonly number[]) =>
  inputDistribution(variances.length, [gaussianPart(1, diagonal(variances))], []);

/** Of probes along the leading axes. */
function analyse(model: OjaModel | DeepLinearModel, probes = 2): NoiseSourceRecord {
  const stimuli = Array.from({ length: probes }, (_, k) =>
    Float64Array.from({ length: model.input.size }, (__, j) => Number(j === k)),
  );
  const point = { model, probes: stimuli, simulation: { seed: 1 } };
  return noiseSourcesOf(point, predictionOf(point));
}

/** Exponents of a parameter, by the beginning of its name. */
function exponents({ scaling }: NoiseSourceRecord, name: string): ByNoise<number | null> {
  const found = scaling.find(({ parameter }) => parameter.startsWith(name));
  if (!found) throw new RangeError(`no ${name} among ${scaling.map(({ parameter }) => parameter).join(', ')}`);
  return found;
}

const noise = { variance: 1e-5, scaling: 'sqrt', layers: 'all', symmetric: true } as const;
const [eta, l, k, others] = [0.02, 0.2, 2, 2];
const oja: OjaModel = {
  rule: 'oja',
  outputs: k,
  input: gaussian([1, 1, l, l]),
  learningRate: eta,
  synapticNoise: noise,
};

describe('the sources of drift by Oja’s rule, leading variances 1, others l', () => {
  const sources = analyse(oja);

  it('are kappa (k - 1) by learning and eta sigma^2 (k - 1) / 2 by synaptic noise', () => {
    const kappa = (eta ** 3 * l * l * others) / (4 * (1 - l));
    expect(sources.diffusion.learning / (kappa * (k - 1))).toBeCloseTo(1, 9);
    expect(sources.diffusion.synaptic / ((eta * noise.variance * (k - 1)) / 2)).toBeCloseTo(1, 9);
    expect(sources.synapticShare).toBeCloseTo(sources.diffusion.synaptic / sources.diffusion.both, 12);
  });

  const planes = Math.log(k / (k - 1)) / Math.log((k + 1) / k);
  it.each<[string, number, number]>([
    ['learningRate', 3, 1],
    ['synapticNoise.variance', 0, 1],
    ['learned modes', planes, planes],
    ['variance of irrelevant input', 2 + l / (1 - l), 0],
    ['irrelevant dimensions', 1, 0],
  ])('scale with %s as these closed forms', (name, learning, synaptic) => {
    const found = exponents(sources, name);
    expect(found.learning).toBeCloseTo(learning, 4);
    expect(found.synaptic).toBeCloseTo(synaptic, 4);
    const { diffusion } = sources;
    const mixed = (learning * diffusion.learning + synaptic * diffusion.synaptic) / diffusion.both;
    if (!name.startsWith('irrelevant')) expect(found.both).toBeCloseTo(mixed, 3);
  });

  it('scale with the square of the learning rate where synaptic noise does', () => {
    const linear = analyse({ ...oja, input: gaussian([1, 1, l]), synapticNoise: { ...noise, scaling: 'linear' } });
    expect(exponents(linear, 'learningRate').synaptic).toBeCloseTo(2, 9);
  });

  it('are isotropic, and by learning are not where the leading variances differ', () => {
    expect(sources.anisotropy.learning).toBeCloseTo(1, 9);
    expect(sources.anisotropy.synaptic).toBeCloseTo(1, 9);
    const { anisotropy } = analyse({ ...oja, outputs: 3, input: gaussian([1.5, 1.2, 0.9, l]) });
    expect(anisotropy.learning).toBeGreaterThan(1.2);
    expect((anisotropy.synaptic ?? 0) - 1).toBeLessThan(0.3 * ((anisotropy.learning ?? 0) - 1));
  });

  it('are synaptic noise alone where there is no irrelevant input', () => {
    const none = analyse({ ...oja, input: gaussian([1.2, 0.8]) });
    expect(none.synapticShare).toBeCloseTo(1, 12);
    expect(exponents(none, 'learningRate').learning).toBeNull();
    expect(none.anisotropy.learning).toBeNull();
    expect(none.scaling.map(({ parameter }) => parameter).filter((name) => name.includes('irrelevant'))).toEqual([]);
  });
});

it('the scaling of D is refused where twenty predictions take too long', () => {
  const point = { model: oja, probes: [Float64Array.of(1, 0, 0, 0)], simulation: { seed: 1 } };
  const model: OjaModel = { ...oja, outputs: 10, input: gaussian(Array.from({ length: 30 }, (_, i) => 31 - i)) };
  expect(() => noiseSourcesOf({ ...point, model }, predictionOf(point))).toThrow(
    /the scaling of D takes some twenty predictions of .* multiplications each, expected at most 1e\+10/,
  );
});

describe('the sources of drift of an autoencoder', () => {
  const [r, p, gamma] = [2, 3, 0.1];
  const variances = [1.2, 0.8];
  const model: DeepLinearModel = {
    ...{ rule: 'deepLinear', hiddenLayers: [p], target: identity(r), input: gaussian(variances) },
    ...{ learningRate: 0.01, weightDecay: gamma, labelNoiseVariance: 0.1, batchSize: 1, synapticNoise: noise },
  };

  it('are linear in hidden size by synaptic noise, and do not depend on it by learning', () => {
    const found = exponents(analyse(model, 1), 'hiddenUnits');
    const s = variances.map((variance) => 1 - gamma / variance);
    const part = (units: number): number => 1 / (2 * (s[0] + s[1])) + (units - r) / (2 * s[0]);
    expect(found.learning).toBeCloseTo(0, 9);
    expect(found.synaptic).toBeCloseTo(Math.log(part(p + 1) / part(p)) / Math.log((p + 1) / p), 9);
  });
});
